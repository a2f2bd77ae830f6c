// Owns the log's SQL. Every statement names its stream; what the rows mean is log.ts's business.
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

export interface CommandKey {
  actor: string;
  id: string;
}

/** One look into the index for each: joined, the planner may read all commands that the stream ever had. */
const knownCommands = `from unnest($2::text[], $3::text[]) as asked (actor, id)
  cross join lateral (
    select head from stream_commands c where c.stream_id = $1 and c.actor = asked.actor and c.command_id = asked.id limit 1
  ) as accepted`;

/** Which of these commands were accepted before, as `actor command-id`. */
export async function readKnownCommands(tx: Sql, streamId: string, asked: readonly CommandKey[]): Promise<Map<string, number>> {
  const rows = await tx.query<CommandKey & { head: number }>(`select asked.actor, asked.id, accepted.head ${knownCommands}`, [
    streamId,
    asked.map((one) => one.actor),
    asked.map((one) => one.id),
  ]);
  return new Map(rows.map((row) => [`${row.actor} ${row.id}`, row.head]));
}

/**
 * Both in one statement. `known` is as of the moment before the lock was had:
 * where the stream has grown since this server last looked, it may be too old, and must be read again.
 */
export async function lockStreamAndReadKnown(
  tx: Sql,
  streamId: string,
  asked: readonly CommandKey[],
): Promise<(StreamRow & { known: Map<string, number> }) | null> {
  const [row] = await tx.query<StreamRow & { known: [string, string, number][] | null }>(
    `select kind, head, last_at as "lastAt", clock_timestamp() as now,
       (select jsonb_agg(jsonb_build_array(asked.actor, asked.id, accepted.head)) ${knownCommands}) as known
     from streams where id = $1 for update`,
    [streamId, asked.map((one) => one.actor), asked.map((one) => one.id)],
  );
  return row ? { ...row, known: new Map(row.known?.map(([actor, id, head]) => [`${actor} ${id}`, head])) } : null;
}

export interface Growth {
  events: LoggedEvent[];
  commands: { actor: string; id: string; head: number }[];
  head: number;
  lastAt: string | null;
  summary: Record<string, unknown>;
  nextDueAt: string | null;
}

/** Stores events, command ids and the new head in one statement: one round trip, however many they are. */
export async function writeGrowth(tx: Sql, streamId: string, growth: Growth): Promise<void> {
  await tx.query(
    `with new_events as (
       insert into stream_events (stream_id, rev, audience, seq, type, v, at, body)
       select $1, e.rev, e.audience, e.seq, e.type, e.v, e.at, e.body
       from jsonb_to_recordset($2::jsonb) as e (rev bigint, audience text, seq bigint, type text, v integer, at timestamptz, body jsonb)
     ), new_commands as (
       insert into stream_commands (stream_id, actor, command_id, head)
       select $1, c.actor, c.id, c.head from jsonb_to_recordset($3::jsonb) as c (actor text, id text, head bigint)
     )
     update streams set head = $4, last_at = $5::timestamptz, summary = $6::jsonb, next_due_at = $7::timestamptz where id = $1`,
    [
      streamId,
      JSON.stringify(growth.events),
      JSON.stringify(growth.commands),
      growth.head,
      growth.lastAt,
      JSON.stringify(growth.summary),
      growth.nextDueAt,
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
