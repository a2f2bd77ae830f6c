// Owns the log's SQL. Every statement names its stream; what the rows mean is log.ts's business.
import { hash } from 'node:crypto';
import type { Sql } from '#platform/db/contract.ts';
import type { Actor, Audience, AudienceEvent, Decider, LoggedEvent } from './contract.ts';

export interface StreamRow {
  kind: string;
  head: number;
  lastAt: string | null;
  /** The database's clock, ISO 8601. */
  now: string;
}

interface EventRow {
  rev: number;
  audience: Audience;
  seq: number;
  type: string;
  v: number;
  at: string;
  body: Record<string, unknown>;
}

const pageSize = 1000;

export const actorKey = (actor: Actor): string => (actor.kind === 'person' ? `person:${actor.personId}` : 'system');

/** Holds the stream's row until the transaction ends: one writer per stream, on all servers. */
export async function lockStream(tx: Sql, streamId: string): Promise<StreamRow | null> {
  const rows = await tx.query<StreamRow>(
    'select kind, head, last_at as "lastAt", clock_timestamp() as now from streams where id = $1 for update',
    [streamId],
  );
  return rows[0] ?? null;
}

export async function createStream(tx: Sql, streamId: string, kind: string): Promise<void> {
  await tx.query('insert into streams (id, kind) values ($1, $2)', [streamId, kind]);
}

export async function readHead(sql: Sql, streamId: string): Promise<{ kind: string; head: number } | null> {
  const rows = await sql.query<{ kind: string; head: number }>('select kind, head from streams where id = $1', [streamId]);
  return rows[0] ?? null;
}

export async function readHeads(sql: Sql, streamIds: string[]): Promise<{ id: string; head: number }[]> {
  return sql.query('select id, head from streams where id = any($1::uuid[])', [streamIds]);
}

/** All events after `rev`, in pages, so that one long log never holds the database for long. */
export async function readEvents(sql: Sql, decider: Decider, streamId: string, afterRev: number): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for (let after = afterRev; ; ) {
    const page = await sql.query<EventRow>(
      'select rev, audience, seq, type, v, at, body from stream_events where stream_id = $1 and rev > $2 order by rev limit $3',
      [streamId, after, pageSize],
    );
    for (const row of page) events.push({ ...row, ...decider.upcast(row) });
    const last = page.at(-1);
    if (!last || page.length < pageSize) return events;
    after = last.rev;
  }
}

export async function readTail(
  sql: Sql,
  decider: Decider,
  streamId: string,
  audience: Audience,
  afterSeq: number,
  limit: number,
): Promise<AudienceEvent[]> {
  const rows = await sql.query<AudienceEvent>(
    'select seq, type, v, at, body from stream_events where stream_id = $1 and audience = $2 and seq > $3 order by seq limit $4',
    [streamId, audience, afterSeq, limit],
  );
  return rows.map((row) => decider.upcast(row));
}

const startOfUuid = /^([\da-f]{8})-([\da-f]{4})-/i;

/**
 * 16 bytes for stream, actor and id, as they stand in the database (docs/adr/0010-command-keys.md).
 * The id's first 48 bits stay in front: where they are a time (uuid version 7), neighbours in time are neighbours in the index.
 */
export function commandKey(streamId: string, actor: Actor, id: string): string {
  const digest = hash('sha256', `${streamId} ${actorKey(actor)} ${id}`, 'hex');
  const [, high = '', low = ''] = startOfUuid.exec(id) ?? [];
  const hex = `${high}${low}`.toLowerCase() + digest;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** One look into the indexes for each: joined, the planner may read all commands that there ever were. */
const knownCommands = (keys: string) => `from unnest(${keys}::uuid[]) as asked (key)
  cross join lateral (
    (select rev as head from stream_events where command = asked.key limit 1)
    union all (select head from stream_commands where key = asked.key limit 1)
  ) as accepted`;

/** Which of these commands were accepted before, and the head after each. */
export async function readKnownCommands(tx: Sql, keys: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ key: string; head: number }>(`select asked.key, accepted.head ${knownCommands('$1')}`, [keys]);
  return new Map(rows.map((row) => [row.key, row.head]));
}

/**
 * Both in one statement. `known` is as of the moment before the lock was had:
 * where the stream has grown since this server last looked, it may be too old, and must be read again.
 */
export async function lockStreamAndReadKnown(
  tx: Sql,
  streamId: string,
  keys: readonly string[],
): Promise<(StreamRow & { known: Map<string, number> }) | null> {
  const [row] = await tx.query<StreamRow & { known: [string, number][] | null }>(
    `select kind, head, last_at as "lastAt", clock_timestamp() as now,
       (select jsonb_agg(jsonb_build_array(asked.key, accepted.head)) ${knownCommands('$2')}) as known
     from streams where id = $1 for update`,
    [streamId, keys],
  );
  return row ? { ...row, known: new Map(row.known) } : null;
}

export interface Growth {
  /** Of one instant, `lastAt`. */
  events: LoggedEvent[];
  /** By the `rev` of its last event, the key of each accepted command. */
  keys: ReadonlyMap<number, string>;
  /** Accepted commands that changed nothing. */
  eventless: { key: string; head: number }[];
  head: number;
  lastAt: string | null;
  summary: Record<string, unknown>;
  nextDueAt: string | null;
}

/** Stores events, the keys of commands and the new head in one statement: one round trip, however many they are. */
export async function writeGrowth(tx: Sql, streamId: string, growth: Growth): Promise<void> {
  const { events, keys, eventless, head, lastAt, summary, nextDueAt } = growth;
  await tx.query(
    `with new_events as (
       insert into stream_events (stream_id, rev, audience, seq, type, v, at, body, command)
       select $1, e.rev, e.audience, e.seq, e.type, coalesce(e.v, 1), $5::timestamptz, e.body, e.command
       from jsonb_to_recordset($2::jsonb) as e (rev bigint, audience text, seq bigint, type text, v integer, body jsonb, command uuid)
     ), new_commands as (
       insert into stream_commands (key, stream_id, head)
       select c.key, $1, c.head from jsonb_to_recordset($3::jsonb) as c (key uuid, head bigint)
     )
     update streams set head = $4, last_at = $5::timestamptz, summary = $6::jsonb, next_due_at = $7::timestamptz where id = $1`,
    [
      streamId,
      JSON.stringify(
        events.map(({ at: _, v, ...event }) => ({ ...event, v: v === 1 ? undefined : v, command: keys.get(event.rev) })),
      ),
      JSON.stringify(eventless),
      head,
      lastAt,
      JSON.stringify(summary),
      nextDueAt,
    ],
  );
}

export interface DueStream {
  id: string;
  head: number;
  /** The database's clock, ISO 8601. */
  now: string;
}

/** All of them, the oldest first: some may be due for ever, and must not stand before the others. */
export async function readDueStreams(sql: Sql): Promise<DueStream[]> {
  return sql.query(
    'select id, head, clock_timestamp() as now from streams where next_due_at <= clock_timestamp() order by next_due_at',
  );
}
