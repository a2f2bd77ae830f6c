// Owns one stream on this server: the queue of its commands, its cached snapshot, and who follows it.
// Everything that changes the snapshot runs in one chain, so that followers see each event once and in order.
import type { Db, Sql } from '#platform/db/contract.ts';
import { DatabaseAway, isFull } from '#platform/db/contract.ts';
import type { Actor, Command, Decider, DraftEvent, LoggedEvent, Outcome, Snapshot } from './contract.ts';
import { emptySnapshot, fold, number } from './fold.ts';
import type { Growth } from './rows.ts';
import { actorKey, commandKey, lockStreamAndReadKnown, readEvents, readHead, readKnownCommands, writeGrowth } from './rows.ts';

/** Commands that share one transaction. */
const groupSize = 200;
/** While one commit follows the other, the next begins so much later at the earliest: what comes meanwhile shares it. Less than the time between two frames. */
const gatherMs = 20;
/** So many need not wait for more. */
const enoughGathered = 20;

export type Follower = (batch: LoggedEvent[], after: Snapshot) => void;

interface Waiting {
  actor: Actor;
  command: Command;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

interface Committed {
  outcomes: Outcome[];
  events: LoggedEvent[];
  after: Snapshot;
}

export interface StreamOptions {
  db: Db;
  deciders: ReadonlyMap<string, Decider>;
  onCommitted: (streamId: string, head: number) => void;
  onFollowerError: (error: unknown) => void;
}

export class Stream {
  readonly id: string;
  readonly followers = new Set<Follower>();
  snapshot: Snapshot;
  lastUsedAt = Date.now();
  private readonly options: StreamOptions;
  private waiting: Waiting[] = [];
  private draining = false;
  private gathering: NodeJS.Timeout | null = null;
  /** When the last two commits were, and who had a part in the last one. */
  private commits = { lastAtMs: Number.NEGATIVE_INFINITY, beforeAtMs: Number.NEGATIVE_INFINITY, actors: new Set<string>() };
  private chain: Promise<unknown> = Promise.resolve();
  /** Pieces of work in the chain: while there are any, the stream must not be forgotten. */
  private underWay = 0;
  /** Known once the stream was read. */
  decider: Decider | null = null;

  constructor(id: string, options: StreamOptions) {
    this.id = id;
    this.options = options;
    this.snapshot = emptySnapshot(id);
  }

  get idle(): boolean {
    return this.followers.size === 0 && this.underWay === 0 && this.waiting.length === 0;
  }

  submit(actor: Actor, command: Command): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ actor, command, resolve, reject });
      if (this.gathering && this.waiting.length >= enoughGathered) this.drainNow();
      if (this.draining) return;
      this.draining = true;
      this.drainSoon();
    });
  }

  /** Reads what other servers appended. Resolves with the committed state, or null when there is no such stream. */
  catchUp(): Promise<Snapshot | null> {
    return this.serially(async () => {
      const row = await readHead(this.options.db, this.id);
      if (!row) return null;
      if (row.head > this.snapshot.head) {
        const events = await readEvents(this.options.db, this.deciderFor(row.kind), this.id, this.snapshot.head);
        this.advance(events, fold(this.deciderFor(row.kind), this.snapshot, events));
      }
      return this.snapshot;
    });
  }

  /** Adds a follower at a moment when nothing is in between: it gets every event after the returned snapshot. */
  async follow(follower: Follower): Promise<void> {
    const caughtUp = this.catchUp();
    const added = this.serially(async () => this.followers.add(follower));
    try {
      await caughtUp;
    } catch (error) {
      await added;
      this.followers.delete(follower);
      throw error;
    }
    await added;
  }

  deciderFor(kind: string): Decider {
    const decider = this.decider ?? this.options.deciders.get(kind);
    if (!decider) throw new Error(`No decider for streams of kind ${kind}`);
    this.decider = decider;
    return decider;
  }

  /** The state as the transaction sees it, without touching the cache. */
  async snapshotWithin(tx: Sql, kind: string, head: number): Promise<Snapshot> {
    const base = this.snapshot.head <= head ? this.snapshot : emptySnapshot(this.id);
    if (base.head === head) return base;
    const decider = this.deciderFor(kind);
    return fold(decider, base, await readEvents(tx, decider, this.id, base.head));
  }

  growth(after: Snapshot, { events, ...accepted }: Pick<Growth, 'events' | 'keys' | 'eventless'>): Growth {
    const decider = this.decider as Decider;
    const dueAts = decider.timers(after.state).map((timer) => timer.dueAt);
    return {
      events,
      ...accepted,
      head: after.head,
      lastAt: after.lastAt,
      summary: decider.summary(after.state),
      nextDueAt: dueAts.length > 0 ? dueAts.reduce((a, b) => (a < b ? a : b)) : null,
    };
  }

  private serially<T>(work: () => Promise<T>): Promise<T> {
    this.underWay++;
    const done = this.chain.then(work).finally(() => this.underWay--);
    this.chain = done.catch(() => undefined);
    this.lastUsedAt = Date.now();
    return done;
  }

  private drainSoon(): void {
    const waitMs = this.gatherForMs();
    if (waitMs > 0) this.gathering = setTimeout(() => this.drainNow(), waitMs);
    else this.drainNow();
  }

  private drainNow(): void {
    if (this.gathering) clearTimeout(this.gathering);
    this.gathering = null;
    void this.serially(() => this.drain());
  }

  /** Nobody waits who had to wait for the last commit: one person's commands, each sent after the last one's answer, follow each other at once. */
  private gatherForMs(): number {
    const { lastAtMs, beforeAtMs, actors } = this.commits;
    if (this.waiting.length >= enoughGathered || lastAtMs - beforeAtMs > 2 * gatherMs) return 0;
    if (this.waiting.some(({ actor }) => actors.has(actorKey(actor)))) return 0;
    return lastAtMs + gatherMs - performance.now();
  }

  /** One group for each turn of the chain: under load without end, who reads or begins to follow would wait without end. */
  private async drain(): Promise<void> {
    const group = this.waiting.splice(0, groupSize);
    try {
      await this.settle(group);
    } catch (error) {
      if (isFull(error)) for (const one of group) one.resolve({ ok: false, refusal: { code: 'storage-full' } });
      // Each of them would wait for it again, and all that came after them too.
      else if (group.length === 1 || error instanceof DatabaseAway) for (const one of group) one.reject(error);
      // One bad command must not take the others with it. Those that were stored after all are known by their ids.
      else for (const one of group) await this.settle([one]).catch(one.reject);
    }
    this.draining = this.waiting.length > 0;
    if (this.draining) this.drainSoon();
  }

  private async settle(group: Waiting[]): Promise<void> {
    const { outcomes, events, after } = await this.options.db.transaction((tx) => this.commit(tx, group));
    const actors = new Set(group.map(({ actor }) => actorKey(actor)));
    this.commits = { lastAtMs: performance.now(), beforeAtMs: this.commits.lastAtMs, actors };
    this.advance(events, after);
    for (const [index, one] of group.entries()) one.resolve(outcomes[index] as Outcome);
    if (events.length > 0) this.options.onCommitted(this.id, after.head);
  }

  private async commit(tx: Sql, group: Waiting[]): Promise<Committed> {
    const keys = group.map(({ actor, command }) => commandKey(this.id, actor, command.id));
    const row = await lockStreamAndReadKnown(tx, this.id, keys);
    if (!row) {
      return { outcomes: group.map(() => ({ ok: false, refusal: { code: 'not-found' } })), events: [], after: this.snapshot };
    }
    const decider = this.deciderFor(row.kind);
    const base = await this.snapshotWithin(tx, row.kind, row.head);
    const known = row.head === this.snapshot.head ? row.known : await readKnownCommands(tx, keys);
    const accepted = { events: [] as LoggedEvent[], keys: new Map<number, string>(), eventless: [] as Growth['eventless'] };
    const appended = accepted.events;
    let after = base;
    const outcomes = group.map(({ actor, command }, index): Outcome => {
      const key = keys[index] as string;
      const knownHead = known.get(key);
      if (knownHead !== undefined) return { ok: true, head: knownHead };
      const now = after.lastAt && after.lastAt > row.now ? after.lastAt : row.now;
      const decision = decider.decide(after.state, command, actor, now);
      if ('refusal' in decision) return { ok: false, refusal: decision.refusal };
      const events = number(decider, after, decision.events, now);
      after = fold(decider, after, events);
      appended.push(...events);
      if (events.length > 0) accepted.keys.set(after.head, key);
      else accepted.eventless.push({ key, head: after.head });
      known.set(key, after.head);
      return { ok: true, head: after.head };
    });
    if (accepted.keys.size + accepted.eventless.length > 0) await writeGrowth(tx, this.id, this.growth(after, accepted));
    const unseen = base.head > this.snapshot.head ? await readEvents(tx, decider, this.id, this.snapshot.head) : appended;
    return { outcomes, events: unseen, after };
  }

  private advance(events: LoggedEvent[], after: Snapshot): void {
    this.snapshot = after;
    if (events.length === 0) return;
    for (const follower of this.followers) {
      try {
        follower(events, after);
      } catch (error) {
        this.options.onFollowerError(error);
      }
    }
  }
}

/** For `appendFacts`: the facts and what follows from them, as they will stand in the log. */
export function factsToEvents(decider: Decider, before: Snapshot, facts: DraftEvent[], now: string): LoggedEvent[] {
  const at = before.lastAt && before.lastAt > now ? before.lastAt : now;
  return number(decider, before, decider.consequences(before.state, facts, at), at);
}
