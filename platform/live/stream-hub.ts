// Owns one followed stream on this server: who watches it, which audiences they belong to, and the frames and slices they get.
// Everything a viewer sees is as of `shown`; it moves forward only in `flush`, so that nothing is lost or doubled in between.
import type { Logger } from 'pino';
import type { Clock } from '#platform/clock/clock.ts';
import type { Actor, Audience, Decider, Log, LoggedEvent, Slices, Snapshot } from '#platform/log/contract.ts';
import { audienceKind } from '#platform/log/contract.ts';
import { byAudience, encode, encodeFrame } from './messages.ts';
import type { Pacer } from './pacer.ts';
import { RecentEvents, tailReach } from './recent-events.ts';

export type PersonActor = Actor & { kind: 'person' };

export interface HubOptions {
  log: Log;
  logger: Pick<Logger, 'warn' | 'error'>;
  clock: Clock;
  pacer: Pacer;
  decider: Pick<Decider, 'initialSlice'>;
  viewerAudiences: (state: Slices, viewer: Actor) => Audience[];
  /** What `viewerAudiences` reads; while all of it is identical, nobody's audiences are looked at again. */
  audiencesDependOn: (state: Slices) => readonly unknown[];
  /** The least time between two frames: under load, more events share one. */
  frameGapMs: number;
}

/** Object: the viewer waits for its slice or tail, and this is the ticket. A newer ticket, or none, makes it void. */
type Standing = 'live' | { waiting: true };

/** `owed`: what a hello asked for, as large as it is. Everything else may close a reader that is too slow for it. */
type Send = (bytes: Buffer, owed?: boolean) => void;

export class Viewer {
  readonly actor: PersonActor;
  readonly send: Send;
  readonly standings = new Map<Audience, Standing>();

  constructor(actor: PersonActor, send: Send) {
    this.actor = actor;
    this.send = send;
  }
}

export interface Known {
  audience: string;
  seq: number;
}

export class StreamHub {
  private readonly streamId: string;
  private readonly options: HubOptions;
  private readonly viewers = new Set<Viewer>();
  /** Who gets frames, by audience. */
  private readonly live = new Map<Audience, Set<Viewer>>();
  private readonly recent = new Map<Audience, RecentEvents>();
  private readonly slices = new Map<Audience, { seq: number; bytes: Buffer }>();
  private shown: Snapshot;
  private latest: Snapshot;
  private pending: LoggedEvent[] = [];
  private flushedAtMs = Number.NEGATIVE_INFINITY;
  private cancelFlush: (() => void) | null = null;
  private unfollow: () => void = () => undefined;

  private constructor(streamId: string, options: HubOptions) {
    this.streamId = streamId;
    this.options = options;
    this.shown = { streamId, head: 0, heads: new Map(), state: {}, lastAt: null };
    this.latest = this.shown;
  }

  static async open(streamId: string, options: HubOptions): Promise<StreamHub> {
    const hub = new StreamHub(streamId, options);
    hub.unfollow = await options.log.follow(streamId, (batch, after) => hub.onBatch(batch, after));
    const now = options.log.peek(streamId);
    if (now && now.head > hub.latest.head) hub.latest = now;
    // Nobody watches yet: what came meanwhile is in the first snapshot.
    hub.pending = [];
    hub.shown = hub.latest;
    return hub;
  }

  close(): void {
    this.unfollow();
    this.cancelFlush?.();
    this.viewers.clear();
    this.live.clear();
  }

  /** `known` says what the viewer holds already. Nothing else may have been attached for the same `viewer`. */
  async attach(viewer: Viewer, known: readonly Known[], stillWanted: () => boolean): Promise<void> {
    if (known.some(({ audience, seq }) => seq > this.seqOf(audience as Audience))) {
      // They come from a server that heard of these events before us.
      await this.options.log.read(this.streamId);
      this.flush();
    }
    if (!stillWanted()) return;
    this.viewers.add(viewer);
    const audiences = this.options.viewerAudiences(this.shown.state, viewer.actor);
    for (const { audience } of known) {
      if (!audiences.includes(audience as Audience)) viewer.send(encode({ t: 'gone', audience: audience as Audience }));
    }
    for (const audience of audiences) this.admit(viewer, audience, known.find((one) => one.audience === audience)?.seq);
  }

  detach(viewer: Viewer): void {
    this.viewers.delete(viewer);
    for (const audience of [...viewer.standings.keys()]) this.dismiss(viewer, audience);
  }

  private seqOf(audience: Audience): number {
    return this.shown.heads.get(audience) ?? 0;
  }

  private admit(viewer: Viewer, audience: Audience, knownSeq: number | undefined): void {
    const missing = knownSeq === undefined ? Number.POSITIVE_INFINITY : this.seqOf(audience) - knownSeq;
    if (missing === 0) this.makeLive(viewer, audience);
    else if (missing > 0 && missing <= tailReach) void this.sendTail(viewer, audience, knownSeq as number);
    else this.sendSlice(viewer, audience, true);
  }

  private makeLive(viewer: Viewer, audience: Audience): void {
    // A send may have closed the socket, and so detached the viewer in the middle of a loop.
    if (!this.viewers.has(viewer)) return;
    viewer.standings.set(audience, 'live');
    const receivers = this.live.get(audience);
    if (receivers) receivers.add(viewer);
    else this.live.set(audience, new Set([viewer]));
  }

  private dismiss(viewer: Viewer, audience: Audience): void {
    viewer.standings.delete(audience);
    const receivers = this.live.get(audience);
    receivers?.delete(viewer);
    if (receivers?.size !== 0) return;
    this.live.delete(audience);
    this.recent.delete(audience);
    this.slices.delete(audience);
  }

  private sendSlice(viewer: Viewer, audience: Audience, owed: boolean): void {
    const ticket: Standing = { waiting: true };
    viewer.standings.set(audience, ticket);
    this.options.pacer.run(() => {
      if (viewer.standings.get(audience) !== ticket) return 0;
      const bytes = this.encodedSlice(audience);
      this.makeLive(viewer, audience);
      viewer.send(bytes, owed);
      return bytes.length;
    });
  }

  private encodedSlice(audience: Audience): Buffer {
    const seq = this.seqOf(audience);
    const cached = this.slices.get(audience);
    if (cached?.seq === seq) return cached.bytes;
    const state = this.shown.state[audience] ?? this.options.decider.initialSlice(audience);
    const bytes = encode({ t: 'slice', audience, seq, state });
    if (audienceKind(audience) !== 'person') this.slices.set(audience, { seq, bytes });
    return bytes;
  }

  private async sendTail(viewer: Viewer, audience: Audience, knownSeq: number): Promise<void> {
    const ticket: Standing = { waiting: true };
    viewer.standings.set(audience, ticket);
    let tail: Buffer | null = null;
    try {
      const recent = this.recentOf(audience);
      await recent.loaded;
      // Forgotten meanwhile, when its last receiver left: it no longer grows with what is shown.
      if (this.recent.get(audience) === recent) tail = recent.tailAfter(knownSeq);
    } catch (error) {
      this.recent.delete(audience);
      this.options.logger.warn({ error, streamId: this.streamId }, 'could not read a tail');
    }
    if (viewer.standings.get(audience) !== ticket) return;
    if (!tail) return this.sendSlice(viewer, audience, true);
    this.makeLive(viewer, audience);
    viewer.send(tail, true);
  }

  private recentOf(audience: Audience): RecentEvents {
    const known = this.recent.get(audience);
    if (known) return known;
    const load = (afterSeq: number) => this.options.log.tail(this.streamId, audience, afterSeq, 2 * tailReach);
    const recent = new RecentEvents(audience, this.seqOf(audience), load);
    this.recent.set(audience, recent);
    return recent;
  }

  private onBatch(batch: readonly LoggedEvent[], after: Snapshot): void {
    for (const event of batch) this.pending.push(event);
    this.latest = after;
    if (this.cancelFlush) return;
    const waitMs = this.flushedAtMs + this.options.frameGapMs - this.options.clock.elapsedMs();
    if (waitMs > 0) {
      const timer = setTimeout(() => this.flush(), waitMs);
      this.cancelFlush = () => clearTimeout(timer);
    } else {
      // Not within the log's own turn: its next group need not wait for thousands of sends.
      const immediate = setImmediate(() => this.flush());
      this.cancelFlush = () => clearImmediate(immediate);
    }
  }

  private flush(): void {
    this.cancelFlush?.();
    this.cancelFlush = null;
    if (this.pending.length === 0) return;
    const events = byAudience(this.pending);
    const before = this.shown;
    this.pending = [];
    this.shown = this.latest;
    this.flushedAtMs = this.options.clock.elapsedMs();
    // Those who lose an audience get nothing more of it; those who gain one get its slice, which holds these events.
    const gained = this.moveViewers(before.state);
    for (const [audience, added] of events) this.show(audience, added);
    for (const [viewer, audience] of gained) this.sendSlice(viewer, audience, false);
  }

  private show(audience: Audience, events: readonly LoggedEvent[]): void {
    this.recent.get(audience)?.add(events);
    const receivers = this.live.get(audience);
    if (!receivers) return;
    const bytes = events.length > tailReach ? this.encodedSlice(audience) : encodeFrame(audience, events);
    for (const viewer of receivers) viewer.send(bytes);
  }

  private moveViewers(before: Slices): [Viewer, Audience][] {
    const { audiencesDependOn, viewerAudiences } = this.options;
    const old = audiencesDependOn(before);
    const now = audiencesDependOn(this.shown.state);
    if (old.length === now.length && old.every((part, index) => part === now[index])) return [];
    const gained: [Viewer, Audience][] = [];
    for (const viewer of this.viewers) {
      const audiences = viewerAudiences(this.shown.state, viewer.actor);
      for (const audience of [...viewer.standings.keys()]) {
        if (audiences.includes(audience)) continue;
        this.dismiss(viewer, audience);
        viewer.send(encode({ t: 'gone', audience }));
      }
      for (const audience of audiences) if (!viewer.standings.has(audience)) gained.push([viewer, audience]);
    }
    return gained;
  }
}
