// Owns the log of all streams on this server: routing to streams, hints between servers, polling, and due timers.
import type { Logger } from 'pino';
import type { Db, Sql } from '#platform/db/contract.ts';
import type { Actor, Decider, Log, Snapshot } from './contract.ts';
import { fold } from './fold.ts';
import { createStream, lockStream, readDueStreams, readHead, readHeads, readTail, writeGrowth } from './rows.ts';
import type { StreamOptions } from './stream.ts';
import { factsToEvents, Stream } from './stream.ts';

const channel = 'stream_grown';
const system: Actor = { kind: 'system' };
/** Snapshots kept of streams that nobody follows. */
const idleStreams = 200;

export interface LogOptions {
  db: Db;
  deciders: Decider[];
  logger: Pick<Logger, 'warn' | 'error'>;
  /** How often to look for what a lost hint would have told, and for due timers. */
  pollMs?: number;
}

export async function createLog({ db, deciders, logger, pollMs = 1000 }: LogOptions): Promise<Log> {
  const streams = new Map<string, Stream>();
  const options: StreamOptions = {
    db,
    deciders: new Map(deciders.map((decider) => [decider.kind, decider])),
    onCommitted: (streamId, head) => hint(streamId, head),
    onFollowerError: (error) => logger.error({ error }, 'a follower of a stream failed'),
  };

  const hint = (streamId: string, head: number) => {
    db.notify(channel, `${streamId} ${head}`).catch((error) => logger.warn({ error }, 'hint not sent'));
  };

  const streamOf = (streamId: string): Stream => {
    const known = streams.get(streamId);
    if (known) return known;
    const stream = new Stream(streamId, options);
    streams.set(streamId, stream);
    return stream;
  };

  const catchUp = (stream: Stream) =>
    stream.catchUp().catch((error) => logger.warn({ error, streamId: stream.id }, 'could not read the log'));

  const forgetIdle = () => {
    const idle = [...streams.values()].filter((stream) => stream.idle).sort((a, b) => a.lastUsedAt - b.lastUsedAt);
    for (const stream of idle.slice(0, Math.max(0, idle.length - idleStreams))) streams.delete(stream.id);
  };

  const catchUpFollowed = async () => {
    const followed = [...streams.values()].filter((stream) => stream.followers.size > 0);
    if (followed.length === 0) return;
    const heads = await readHeads(
      db,
      followed.map((stream) => stream.id),
    );
    for (const { id, head } of heads) {
      const stream = streams.get(id);
      if (stream && stream.snapshot.head < head) await catchUp(stream);
    }
  };

  const log: Log = {
    submit: (streamId, actor, command) => streamOf(streamId).submit(actor, command),

    async appendFacts(tx, streamId, facts, create) {
      if (create) await createStream(tx, streamId, create.kind);
      const row = await lockStream(tx, streamId);
      if (!row) throw new Error(`No stream ${streamId}`);
      const stream = new Stream(streamId, options);
      const decider = stream.deciderFor(row.kind);
      const before = await stream.snapshotWithin(tx, row.kind, row.head);
      const events = factsToEvents(decider, before, facts, row.now);
      await writeGrowth(tx, streamId, stream.growth(fold(decider, before, events), events, []));
    },

    async announce(streamId) {
      const row = await readHead(db, streamId);
      const stream = streams.get(streamId);
      if (stream) await catchUp(stream);
      if (row) hint(streamId, row.head);
    },

    read: (streamId) => streamOf(streamId).catchUp(),
    peek: (streamId) => {
      const stream = streams.get(streamId);
      return stream && stream.snapshot.head > 0 ? stream.snapshot : null;
    },

    async tail(streamId, audience, afterSeq, limit) {
      const row = await readHead(db, streamId);
      if (!row) return [];
      return readTail(db, streamOf(streamId).deciderFor(row.kind), streamId, audience, afterSeq, limit);
    },

    async follow(streamId, onBatch) {
      const stream = streamOf(streamId);
      await stream.follow(onBatch);
      return () => stream.followers.delete(onBatch);
    },

    async stop() {
      stopped = true;
      clearTimeout(timer);
      await unlisten();
      await polling;
    },
  };

  const fireDue = async () => {
    for (const { id, now } of await readDueStreams(db)) await fireTimers(log, options.deciders, db, id, now, logger);
  };

  let stopped = false;
  let timer: NodeJS.Timeout;
  let polling: Promise<void> = Promise.resolve();
  const poll = async () => {
    try {
      await catchUpFollowed();
      await fireDue();
      forgetIdle();
    } catch (error) {
      logger.warn({ error }, 'polling the log failed');
    }
    if (!stopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      polling = poll();
    }, pollMs);
  };
  const unlisten = await db.listen(channel, (payload) => {
    const [streamId, head] = payload.split(' ');
    const stream = streams.get(streamId ?? '');
    if (stream && stream.followers.size > 0 && stream.snapshot.head < Number(head)) void catchUp(stream);
  });
  schedule();
  return log;
}

/** Fires what is due in one stream. Every server may try: the timer's id is the command's id, so it counts once. */
async function fireTimers(
  log: Log,
  deciders: ReadonlyMap<string, Decider>,
  db: Sql,
  streamId: string,
  now: string,
  logger: LogOptions['logger'],
): Promise<void> {
  const [row, snapshot]: [{ kind: string } | null, Snapshot | null] = [await readHead(db, streamId), await log.read(streamId)];
  const decider = row && deciders.get(row.kind);
  if (!decider || !snapshot) return;
  for (const { id, dueAt, command } of decider.timers(snapshot.state)) {
    if (dueAt > now) continue;
    const outcome = await log.submit(streamId, system, { id, ...command });
    if (!outcome.ok) logger.warn({ streamId, timer: id, refusal: outcome.refusal.code }, 'a due timer was refused');
  }
}
