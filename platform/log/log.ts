// Owns the log of all streams on this server: routing to streams, hints between servers, polling, and due timers.
import type { Logger } from 'pino';
import type { Db, Sql } from '#platform/db/contract.ts';
import type { Actor, Decider, DraftEvent, Log } from './contract.ts';
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
    const stream = new Stream(streamId, this.options);
    const decider = stream.deciderFor(row.kind);
    const before = await stream.snapshotWithin(tx, row.kind, row.head);
    const events = factsToEvents(decider, before, facts, row.now);
    await writeGrowth(tx, streamId, stream.growth(fold(decider, before, events), events, []));
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
      for (const { id, now } of await readDueStreams(this.db)) await this.fireTimers(id, now);
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
      if (dueInMs > awaitedMs || this.awaited.has(id) || this.stopped) continue;
      const fire = () => {
        this.awaited.delete(id);
        this.fireTimers(streamId, dueAt).catch((error) =>
          this.logger.warn({ error, streamId }, 'a timer waits for the next poll'),
        );
      };
      this.awaited.set(id, setTimeout(fire, Math.max(0, dueInMs)));
    }
  }

  /** Every server may try: the timer's id is the command's id, so it counts once. */
  private async fireTimers(streamId: string, now: string): Promise<void> {
    const row = await readHead(this.db, streamId);
    const snapshot = await this.read(streamId);
    const decider = row && this.options.deciders.get(row.kind);
    if (!decider || !snapshot) return;
    for (const { id, dueAt, command } of decider.timers(snapshot.state)) {
      if (dueAt > now) continue;
      const outcome = await this.submit(streamId, system, { id, ...command });
      if (!outcome.ok) this.logger.warn({ streamId, timer: id, refusal: outcome.refusal.code }, 'a due timer was refused');
    }
  }

  private forgetIdle(): void {
    const idle = [...this.streams.values()].filter((stream) => stream.idle).sort((a, b) => a.lastUsedAt - b.lastUsedAt);
    for (const stream of idle.slice(0, Math.max(0, idle.length - idleStreams))) this.streams.delete(stream.id);
  }
}
