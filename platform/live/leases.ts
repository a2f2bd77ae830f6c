// Owns leases: which one server does a stream's work that only one may do. Only the database's clock counts.
import { randomUUID } from 'node:crypto';
import type { Db } from '#platform/db/contract.ts';

export interface Leases {
  /** True while this server holds the lease `name` of the stream; also renews it. Ask again before each piece of work. `forMs` instead of the usual time. */
  tryHold(streamId: string, name: string, forMs?: number): Promise<boolean>;
  /** The same for many streams in one statement: those that this server holds now. */
  tryHoldAll(streamIds: readonly string[], name: string, forMs?: number): Promise<Set<string>>;
  /** Gives it up at once, so that another server need not wait for its end. */
  release(streamId: string, name: string): Promise<void>;
  /** Gives up all that this server holds. */
  releaseAll(): Promise<void>;
}

export interface LeaseOptions {
  db: Db;
  /** Unlike any other process, also an earlier one on the same machine. */
  holder?: string;
  /** After a holder dies, nobody does its work for this long. */
  ttlMs?: number;
}

export function createLeases({ db, holder = randomUUID(), ttlMs = 10_000 }: LeaseOptions): Leases {
  const tryHoldAll: Leases['tryHoldAll'] = async (streamIds, name, forMs = ttlMs) => {
    if (streamIds.length === 0) return new Set();
    // In order, so that two servers that take the same leases never wait for each other.
    const rows = await db.query<{ id: string }>(
      `insert into leases (stream_id, name, holder, expires_at)
       select id, $2, $3, clock_timestamp() + $4 * interval '1 millisecond' from unnest($1::uuid[]) as id order by id
       on conflict (stream_id, name) do update set holder = excluded.holder, expires_at = excluded.expires_at
       where leases.holder = excluded.holder or leases.expires_at <= clock_timestamp()
       returning stream_id as id`,
      [[...new Set(streamIds)], name, holder, forMs],
    );
    return new Set(rows.map((row) => row.id));
  };
  return {
    tryHoldAll,
    tryHold: async (streamId, name, forMs) => (await tryHoldAll([streamId], name, forMs)).has(streamId),
    async release(streamId, name) {
      await db.query('delete from leases where stream_id = $1 and name = $2 and holder = $3', [streamId, name, holder]);
    },
    async releaseAll() {
      await db.query('update leases set expires_at = clock_timestamp() where holder = $1', [holder]);
    },
  };
}
