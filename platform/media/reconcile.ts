// Owns when each stream is compared with LiveKit: after changes, on hints, and in sweeps; faster while LiveKit is away. The comparing is settle.ts's.
import type { MediaLogger, MediaOptions, MediaRules } from './contract.ts';
import type { FreshRead } from './fresh-reads.ts';
import { placedIn } from './grants.ts';
import type { KnownRooms } from './known-rooms.ts';
import type { Found, Participant } from './plan.ts';
import { participantStep, planSteps, withParticipant } from './plan.ts';
import { streamOf } from './room-names.ts';
import type { Settle } from './settle.ts';
import { wantedOf } from './settle.ts';
import type { ListedRoom, Sfu } from './sfu.ts';
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

const lease = 'media';
/** When its holder dies, rights stay as they are for so long, and until the next sweep. Each sweep renews it. */
const leaseMs = 5000;
const awayProbeMs = 1000;
/** While somebody waits at the gate for LiveKit to come back. */
const awaitedProbeMs = 250;
const retryMs = 1000;
/** Many sockets break at once when LiveKit goes. */
const suspicionMs = 200;
/** A sweep looks at so many streams at a time; what is asked for by a change or a webhook waits for none of them. */
const streamsAtOnce = 16;
/** What a sweep has listed serves it for so long. */
const listServesMs = 1000;
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

export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #jobs = new Map<string, Job>();
  /** What LiveKit has of each stream, as far as known. Only the holder of the stream's lease knows. */
  readonly #lastFound = new Map<string, Found>();
  readonly #followed = new Map<string, () => void>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Streams that the sweep has not come to yet. */
  readonly #waiting = new Set<string>();
  #looking = 0;
  #listed: { atMs: number; rooms: ReadonlyMap<string, ListedRoom[]> } = { atMs: Number.NEGATIVE_INFINITY, rooms: new Map() };
  readonly #sweeping: Promise<void>;
  #away: Date | null = null;
  #stopped = false;
  #hurry = false;
  #wake: () => void = () => undefined;
  #awaited: PromiseWithResolvers<void> | null = null;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#sweeping = this.#sweepOnAndOn();
  }

  /** Looks at what LiveKit has of the stream, and mends it. */
  nudge(streamId: string): void {
    this.#start(streamId, true);
  }

  /** Looks at LiveKit as a whole. */
  suspect(): void {
    this.#once('', suspicionMs, () => {
      this.#hurry = true;
      this.#wake();
    });
  }

  /** `changed`: people at this server's gate whose rights are others now. */
  onChange(streamId: string, changed: readonly string[]): void {
    if (changed.length > 0) this.#start(streamId, !changed.every((identity) => this.#knows(streamId, identity)));
    else this.#once(`go over ${streamId}`, goOverMs, () => this.#goOver(streamId));
  }

  /** LiveKit says that somebody is there. */
  async onSeen(room: string, participant: Participant): Promise<void> {
    const streamId = streamOf(room);
    if (!streamId) return;
    const { watches, read, sight, rules } = this.#options;
    const snapshot = watches.latest(streamId) ?? (await read(streamId));
    const maySee = await sight.maySee(streamId, participant.identity);
    const wanted = snapshot && wantedOf(rules, streamId, snapshot.state, () => maySee);
    const found = this.#lastFound.get(streamId);
    if (!found || !wanted || participantStep(room, participant, wanted)) this.nudge(streamId);
    else this.#lastFound.set(streamId, withParticipant(found, room, participant));
  }

  /** LiveKit says that somebody publishes. */
  async onPublished(room: string, identity: string): Promise<void> {
    const streamId = streamOf(room);
    if (!streamId) return;
    const snapshot = await this.#options.read(streamId);
    const placed = snapshot && placedIn(this.#options.rules.placementOf(snapshot.state, streamId, identity), room);
    if (!placed || placed.publish.length === 0) this.nudge(streamId);
  }

  /** Resolves when LiveKit has answered once more. */
  whenAnswering(): Promise<void> {
    this.#awaited ??= Promise.withResolvers<void>();
    return this.#awaited.promise;
  }

  /** Null while LiveKit answers. */
  awaySince(): Date | null {
    return this.#away;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    this.#wake();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await this.#sweeping;
    await Promise.all([...this.#jobs.values()].map((job) => job.done));
    for (const release of this.#followed.values()) release();
  }

  #start(streamId: string, look: boolean, leased = false): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    const known = this.#jobs.get(streamId);
    if (known) {
      known.again = true;
      known.look ||= look;
      known.leased ||= leased;
      return known.done;
    }
    const job: Job = { again: false, look, leased, done: Promise.resolve() };
    this.#jobs.set(streamId, job);
    job.done = this.#run(streamId, job);
    return job.done;
  }

  #goOnSweeping(): void {
    for (const streamId of this.#waiting) {
      if (this.#looking >= streamsAtOnce) return;
      this.#waiting.delete(streamId);
      this.#looking += 1;
      void this.#start(streamId, true, true).finally(() => {
        this.#looking -= 1;
        this.#goOnSweeping();
      });
    }
  }

  async #run(streamId: string, job: Job): Promise<void> {
    do {
      const { leased, look } = job;
      Object.assign(job, { again: false, look: false, leased: false });
      try {
        if (leased || (await this.#options.leases.tryHold(streamId, lease, leaseMs))) await this.#settle(streamId, look, leased);
        else this.#lastFound.delete(streamId);
      } catch (error) {
        this.#options.logger.warn({ error, streamId }, 'LiveKit could not be compared with the state');
        this.#retryLater(streamId);
      }
    } while (job.again && !this.#stopped);
    this.#jobs.delete(streamId);
  }

  async #settle(streamId: string, look: boolean, isOfSweep: boolean): Promise<void> {
    // The sweep that finds LiveKit back again looks at every stream.
    if (this.#away) return;
    const { atMs, rooms } = this.#listed;
    const listed = isOfSweep && performance.now() - atMs < listServesMs ? (rooms.get(streamId) ?? []) : undefined;
    const known = look ? null : (this.#lastFound.get(streamId) ?? null);
    const { found, finished } = await this.#options.settle(streamId, known, listed);
    if (this.#followed.has(streamId)) this.#lastFound.set(streamId, found);
    if (!finished) this.#retryLater(streamId);
  }

  #retryLater(streamId: string): void {
    this.#once(streamId, retryMs, () => this.nudge(streamId));
  }

  /** Calls made meanwhile under the same key are the same call. */
  #once(key: string, afterMs: number, act: () => void): void {
    if (this.#stopped || this.#timers.has(key)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      act();
    }, afterMs);
    this.#timers.set(key, timer);
  }

  #knows(streamId: string, identity: string): boolean {
    const rooms = [...(this.#lastFound.get(streamId)?.values() ?? [])];
    return rooms.some((people) => people.some((one) => one.identity === identity));
  }

  /** Compares what is believed of LiveKit with the newest state. */
  #goOver(streamId: string): void {
    const found = this.#lastFound.get(streamId);
    const latest = this.#options.watches.latest(streamId);
    if (!found || !latest) return;
    const wanted = wantedOf(this.#options.rules, streamId, latest.state, () => true);
    if (planSteps(found, wanted).length > 0) this.#start(streamId, false);
  }

  async #sweepOnAndOn(): Promise<void> {
    const { logger, sweepMs } = this.#options;
    while (!this.#stopped) {
      this.#hurry = false;
      await this.#sweep().catch((error) => logger.warn({ error }, 'a sweep over LiveKit failed'));
      if (!this.#stopped && !this.#hurry)
        await this.#pause(this.#away ? (this.#awaited ? awaitedProbeMs : awayProbeMs) : sweepMs);
    }
  }

  #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#wake = resolve;
    return promise.finally(() => clearTimeout(timer));
  }

  async #sweep(): Promise<void> {
    const { leases, rooms, listStreams, gateStreams } = this.#options;
    const there = await this.#listRooms();
    if (!there) return;
    rooms.replace(there.map(({ name }) => name));
    const byStream = Map.groupBy(there, ({ name }) => streamOf(name) ?? '');
    byStream.delete('');
    this.#listed = { atMs: performance.now(), rooms: byStream };
    this.#awaited?.resolve();
    this.#awaited = null;
    const streams = new Set([...byStream.keys(), ...gateStreams(), ...(await listStreams())]);
    const held = await leases.tryHoldAll([...streams], lease, leaseMs);
    for (const streamId of this.#waiting) if (!held.has(streamId)) this.#waiting.delete(streamId);
    for (const streamId of held) this.#waiting.add(streamId);
    this.#goOnSweeping();
    // What another server mends is no longer what this one knew.
    for (const streamId of this.#lastFound.keys()) if (!held.has(streamId)) this.#lastFound.delete(streamId);
    await this.#follow(streams);
  }

  /** Null while LiveKit is away. */
  async #listRooms(): Promise<ListedRoom[] | null> {
    const { sfu, logger } = this.#options;
    try {
      const rooms = await sfu.listRooms();
      if (this.#away) logger.info({ awaySince: this.#away.toISOString() }, 'LiveKit answers again');
      this.#away = null;
      return rooms;
    } catch (error) {
      if (!this.#away) logger.warn({ error }, 'LiveKit does not answer');
      this.#away ??= new Date();
      return null;
    }
  }

  /** Follows the streams that matter now, and lets go of the others. */
  async #follow(streams: ReadonlySet<string>): Promise<void> {
    for (const [streamId, release] of this.#followed) {
      if (streams.has(streamId)) continue;
      this.#followed.delete(streamId);
      this.#lastFound.delete(streamId);
      release();
    }
    await Promise.all(
      [...streams].map(async (streamId) => {
        if (!this.#followed.has(streamId)) this.#followed.set(streamId, await this.#options.watches.hold(streamId));
      }),
    );
  }
}
