// Owns the log of all streams on this server: routing to streams, hints between servers, polling, and when timers are looked for. Firing them is due-timers.ts's.
import type { Logger } from 'pino';
import type { Db, Sql } from '#platform/db/contract.ts';
import type { Actor, Decider, DraftEvent, Log } from './contract.ts';
import { DueTimers } from './due-timers.ts';
import { fold } from './fold.ts';
import { createStream, lockStream, readDueStreams, readHead, readHeads, readTail, writeGrowth } from './rows.ts';
import type { Follower, StreamOptions } from './stream.ts';
import { factsToEvents, Stream } from './stream.ts';

const channel = 'stream_grown';
const system: Actor = { kind: 'system' };
/** Snapshots kept of streams that nobody follows. */
const idleStreams = 200;
/** Timers that are due this soon are awaited exactly; polling would be up to a second late, and is there for the rest. */
const awaitedMs = 10_000;
/** Streams whose timers are fired in one turn of polling. */
const dueAtOnce = 100;

export interface LogOptions {
  db: Db;
  deciders: Decider[];
  logger: Pick<Logger, 'warn' | 'error'>;
  /** How often to look for what a lost hint would have told, and for due timers. */
  pollMs?: number;
}

export async function createLog(options: LogOptions): Promise<Log> {
  const log = new DatabaseLog(options);
  await log.start();
  return log;
}

class DatabaseLog implements Log {
  private readonly db: Db;
  private readonly logger: LogOptions['logger'];
  private readonly pollMs: number;
  private readonly options: StreamOptions;
  private readonly streams = new Map<string, Stream>();
  private unlisten: () => Promise<void> = async () => undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly awaited = new Map<string, NodeJS.Timeout>();
  private readonly due: DueTimers;
  private polling: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor({ db, deciders, logger, pollMs = 1000 }: LogOptions) {
    this.db = db;
    this.logger = logger;
    this.pollMs = pollMs;
    this.options = {
      db,
      deciders: new Map(deciders.map((decider) => [decider.kind, decider])),
      onCommitted: (streamId, head) => {
        this.hint(streamId, head);
        this.awaitTimers(streamId);
      },
      onFollowerError: (error) => logger.error({ error }, 'a follower of a stream failed'),
    };
    this.due = new DueTimers({
      logger,
      read: async (streamId) => {
        const snapshot = await this.read(streamId);
        const { decider } = this.streamOf(streamId);
        return snapshot && decider && { snapshot, timers: decider.timers(snapshot.state) };
      },
      fire: (streamId, { id, command }) => this.submit(streamId, system, { id, ...command }),
    });
  }

  async start(): Promise<void> {
    this.unlisten = await this.db.listen(channel, (payload) => {
      const [streamId, head] = payload.split(' ');
      const stream = this.streams.get(streamId ?? '');
      if (stream && stream.followers.size > 0 && stream.snapshot.head < Number(head)) void this.catchUp(stream);
    });
    this.schedulePoll();
  }

  submit: Log['submit'] = (streamId, actor, command) => this.streamOf(streamId).submit(actor, command);

  async appendFacts(tx: Sql, streamId: string, facts: DraftEvent[], create?: { kind: string }): Promise<void> {
    if (create) await createStream(tx, streamId, create.kind);
    const row = await lockStream(tx, streamId);
    if (!row) throw new Error(`No stream ${streamId}`);
    // What this server knows already need not be read again while the transaction holds the row.
    const stream = this.streams.get(streamId) ?? new Stream(streamId, this.options);
    const decider = stream.deciderFor(row.kind);
    const before = await stream.snapshotWithin(tx, row.kind, row.head);
    const events = factsToEvents(decider, before, facts, row.now);
    await writeGrowth(tx, streamId, stream.growth(fold(decider, before, events), { events, keys: new Map(), eventless: [] }));
  }

  async announce(streamId: string): Promise<void> {
    const row = await readHead(this.db, streamId);
    const stream = this.streams.get(streamId);
    if (stream) await this.catchUp(stream);
    if (row) this.hint(streamId, row.head);
  }

  read: Log['read'] = (streamId) => this.streamOf(streamId).catchUp();

  peek: Log['peek'] = (streamId) => {
    const stream = this.streams.get(streamId);
    return stream && stream.snapshot.head > 0 ? stream.snapshot : null;
  };

  tail: Log['tail'] = async (streamId, audience, afterSeq, limit) => {
    const row = await readHead(this.db, streamId);
    if (!row) return [];
    return readTail(this.db, this.streamOf(streamId).deciderFor(row.kind), streamId, audience, afterSeq, limit);
  };

  async follow(streamId: string, onBatch: Follower): Promise<() => void> {
    const stream = this.streamOf(streamId);
    await stream.follow(onBatch);
    return () => stream.followers.delete(onBatch);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const timer of this.awaited.values()) clearTimeout(timer);
    await this.unlisten();
    await this.polling;
  }

  private streamOf(streamId: string): Stream {
    const known = this.streams.get(streamId);
    if (known) return known;
    const stream = new Stream(streamId, this.options);
    this.streams.set(streamId, stream);
    return stream;
  }

  private hint(streamId: string, head: number): void {
    this.db.notify(channel, `${streamId} ${head}`).catch((error) => this.logger.warn({ error }, 'hint not sent'));
  }

  private catchUp(stream: Stream): Promise<unknown> {
    return stream.catchUp().catch((error) => this.logger.warn({ error, streamId: stream.id }, 'could not read the log'));
  }

  private schedulePoll(): void {
    this.timer = setTimeout(() => {
      this.polling = this.poll();
    }, this.pollMs);
  }

  private async poll(): Promise<void> {
    try {
      await this.catchUpFollowed();
      const due = this.due.worthALook(await readDueStreams(this.db));
      for (const { id, now } of due.slice(0, dueAtOnce)) await this.due.fire(id, now);
      this.forgetIdle();
    } catch (error) {
      this.logger.warn({ error }, 'polling the log failed');
    }
    if (!this.stopped) this.schedulePoll();
  }

  private async catchUpFollowed(): Promise<void> {
    const followed = [...this.streams.values()].filter((stream) => stream.followers.size > 0);
    if (followed.length === 0) return;
    const ids = followed.map((stream) => stream.id);
    for (const { id, head } of await readHeads(this.db, ids)) {
      const stream = this.streams.get(id);
      if (stream && stream.snapshot.head < head) await this.catchUp(stream);
    }
  }

  /** Counted from the commit's own time, so that this machine's clock does not matter. */
  private awaitTimers(streamId: string): void {
    const { snapshot, decider } = this.streamOf(streamId);
    if (!decider || !snapshot.lastAt) return;
    for (const { id, dueAt } of decider.timers(snapshot.state)) {
      const dueInMs = Date.parse(dueAt) - Date.parse(snapshot.lastAt);
      const key = `${streamId} ${id}`;
      if (dueInMs > awaitedMs || this.awaited.has(key) || this.stopped || this.due.stepsBack(streamId, id)) continue;
      const fire = () => {
        this.awaited.delete(key);
        this.due.fire(streamId, dueAt).catch((error) => this.logger.warn({ error, streamId }, 'a timer waits for the next poll'));
      };
      this.awaited.set(key, setTimeout(fire, Math.max(0, dueInMs)));
    }
  }

  private forgetIdle(): void {
    const idle = [...this.streams.values()].filter((stream) => stream.idle).sort((a, b) => a.lastUsedAt - b.lastUsedAt);
    for (const stream of idle.slice(0, Math.max(0, idle.length - idleStreams))) this.streams.delete(stream.id);
  }
}
