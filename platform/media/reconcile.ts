// Owns when each stream is compared with LiveKit: after changes, on hints, and in sweeps; faster while LiveKit is away. The comparing is settle.ts's.
import type { MediaLogger, MediaOptions, MediaRules } from './contract.ts';
import type { FreshRead } from './fresh-reads.ts';
import type { KnownRooms } from './known-rooms.ts';
import type { Found, Participant } from './plan.ts';
import { participantStep, planSteps, withParticipant } from './plan.ts';
import { streamOf } from './room-names.ts';
import type { Settle } from './settle.ts';
import { wantedOf } from './settle.ts';
import type { Sfu } from './sfu.ts';
import type { Sight } from './sight.ts';
import type { Watches } from './watches.ts';

export interface ReconcilerOptions {
  sfu: Pick<Sfu, 'listRooms'>;
  settle: Settle;
  read: FreshRead;
  sight: Sight;
  rules: MediaRules;
  rooms: KnownRooms;
  watches: Watches;
  leases: MediaOptions['leases'];
  logger: MediaLogger;
  listStreams(): Promise<string[]>;
  gateStreams(): string[];
  sweepMs: number;
}

export interface Reconciler {
  /** Looks at what LiveKit has of the stream, and mends it. */
  nudge(streamId: string): void;
  /** Looks at LiveKit as a whole. */
  suspect(): void;
  /** `changed`: people at this server's gate whose rights are others now. */
  onChange(streamId: string, changed: readonly string[]): void;
  /** LiveKit says that somebody is there. */
  onSeen(room: string, participant: Participant): Promise<void>;
  /** Null while LiveKit answers. */
  awaySince(): Date | null;
  stop(): Promise<void>;
}

const lease = 'media';
const awayProbeMs = 1000;
const retryMs = 1000;
/** Many sockets break at once when LiveKit goes. */
const suspicionMs = 200;
/** Everybody in a stream is gone over at most this often, however fast it changes. */
const goOverMs = 100;

interface Job {
  again: boolean;
  /** Not only what is believed of LiveKit, but a new look at it. */
  look: boolean;
  /** The lease was taken just now, together with others. */
  leased: boolean;
  done: Promise<void>;
}

export function createReconciler(options: ReconcilerOptions): Reconciler {
  const { sfu, settle, rules, rooms, watches, leases, logger, sweepMs, read, sight } = options;
  const jobs = new Map<string, Job>();
  const lastFound = new Map<string, Found>();
  const held = new Map<string, () => void>();
  const timers = new Map<string, NodeJS.Timeout>();
  let away: Date | null = null;
  let stopped = false;

  async function run(streamId: string, job: Job): Promise<void> {
    do {
      const { leased } = job;
      const known = job.look ? null : (lastFound.get(streamId) ?? null);
      Object.assign(job, { again: false, look: false, leased: false });
      try {
        // The sweep that finds LiveKit back again nudges every stream.
        if (away || !(leased || (await leases.tryHold(streamId, lease)))) continue;
        const { found, finished } = await settle(streamId, known);
        if (held.has(streamId)) lastFound.set(streamId, found);
        if (!finished) retryLater(streamId);
      } catch (error) {
        logger.warn({ error, streamId }, 'LiveKit could not be compared with the state');
        retryLater(streamId);
      }
    } while (job.again && !stopped);
    jobs.delete(streamId);
  }

  /** Calls made meanwhile under the same key are the same call. */
  function once(key: string, afterMs: number, act: () => void): void {
    if (stopped || timers.has(key)) return;
    const timer = setTimeout(() => {
      timers.delete(key);
      act();
    }, afterMs);
    timers.set(key, timer);
  }
  const retryLater = (streamId: string) => once(streamId, retryMs, () => nudge(streamId));

  function start(streamId: string, look: boolean, leased = false): void {
    if (stopped) return;
    const known = jobs.get(streamId);
    if (known) {
      known.again = true;
      known.look ||= look;
      known.leased ||= leased;
      return;
    }
    const job: Job = { again: false, look, leased, done: Promise.resolve() };
    jobs.set(streamId, job);
    job.done = run(streamId, job);
  }
  const nudge = (streamId: string) => start(streamId, true);

  const isKnown = (streamId: string, identity: string) =>
    [...(lastFound.get(streamId)?.values() ?? [])].some((people) => people.some((one) => one.identity === identity));

  /** Compares what is believed of LiveKit with the newest state. */
  function goOver(streamId: string): void {
    const found = lastFound.get(streamId);
    const latest = watches.latest(streamId);
    if (!found || !latest) return;
    const wanted = wantedOf(rules, streamId, latest.state, () => true);
    if (planSteps(found, wanted).length > 0) start(streamId, false);
  }

  /** Follows the streams that matter now, and lets go of the others. */
  async function follow(streams: ReadonlySet<string>): Promise<void> {
    for (const [streamId, release] of held) {
      if (streams.has(streamId)) continue;
      held.delete(streamId);
      lastFound.delete(streamId);
      release();
    }
    await Promise.all(
      [...streams].map(async (streamId) => {
        if (!held.has(streamId)) held.set(streamId, await watches.hold(streamId));
      }),
    );
  }

  async function sweep(): Promise<void> {
    let there: string[];
    try {
      there = await sfu.listRooms();
    } catch (error) {
      if (!away) logger.warn({ error }, 'LiveKit does not answer');
      away ??= new Date();
      return;
    }
    if (away) logger.info({ awaySince: away.toISOString() }, 'LiveKit answers again');
    away = null;
    rooms.replace(there);
    const withRooms = there.map(streamOf).filter((streamId) => streamId !== null);
    const streams = new Set([...withRooms, ...options.gateStreams(), ...(await options.listStreams())]);
    for (const streamId of await leases.tryHoldAll([...streams], lease)) start(streamId, true, true);
    await follow(streams);
  }

  let hurry = false;
  let wake: () => void = () => undefined;
  const pause = (ms: number) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    wake = resolve;
    return promise.finally(() => clearTimeout(timer));
  };

  async function sweepOnAndOn(): Promise<void> {
    while (!stopped) {
      hurry = false;
      await sweep().catch((error) => logger.warn({ error }, 'a sweep over LiveKit failed'));
      if (!stopped && !hurry) await pause(away ? awayProbeMs : sweepMs);
    }
  }
  const sweeping = sweepOnAndOn();

  return {
    nudge,
    suspect() {
      once('', suspicionMs, () => {
        hurry = true;
        wake();
      });
    },
    onChange(streamId, changed) {
      if (changed.length > 0) start(streamId, !changed.every((identity) => isKnown(streamId, identity)));
      else once(`go over ${streamId}`, goOverMs, () => goOver(streamId));
    },
    async onSeen(room, participant) {
      const streamId = streamOf(room);
      if (!streamId) return;
      const found = lastFound.get(streamId);
      const snapshot = watches.latest(streamId) ?? (await read(streamId));
      const maySee = await sight.maySee(streamId, participant.identity);
      const wanted = snapshot && wantedOf(rules, streamId, snapshot.state, () => maySee);
      if (!found || !wanted || participantStep(room, participant, wanted)) nudge(streamId);
      else lastFound.set(streamId, withParticipant(lastFound.get(streamId) ?? found, room, participant));
    },
    awaySince: () => away,
    async stop() {
      stopped = true;
      wake();
      for (const timer of timers.values()) clearTimeout(timer);
      await sweeping;
      await Promise.all([...jobs.values()].map((job) => job.done));
      for (const release of held.values()) release();
    },
  };
}
