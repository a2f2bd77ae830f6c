// Owns this server's rows in the table of connections: written in groups, kept alive, removed. What they mean is presence-keeper.ts's.
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Db } from '#platform/db/contract.ts';
import { forgetOldOpenings } from './openings.ts';

export type PresentAs = 'speaker' | 'participant';
export interface Presence {
  streamId: string;
  personId: string;
  as: PresentAs;
  /** Of a person's several, the newest says as what they are here. */
  opening?: string;
}

export interface PresenceRows {
  /** Takes effect soon; several changes share one statement. */
  put(connectionId: string, presence: Presence): void;
  remove(connectionId: string): void;
  /** Removes all rows of this server. */
  close(): Promise<void>;
}

export interface PresenceRowsOptions {
  db: Db;
  logger: Pick<Logger, 'warn'>;
  /** How long a connection counts after its server died. */
  expiryMs?: number;
  refreshMs?: number;
}

const statement = `
  with gone as (delete from presence where connection_id = any($1::uuid[])),
  one as (
    select * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $8::uuid[]) with ordinality as one (c, s, p, j, o, n)
  ),
  noted as (
    insert into openings (stream_id, person_id, opening) select s, p, o from one where o is not null order by n
    on conflict do nothing returning stream_id, person_id
  ),
  forgotten as (${forgetOldOpenings})
  insert into presence (connection_id, stream_id, person_id, joined_as, opening, server_id, expires_at)
  select c, s, p, j, o, $6, clock_timestamp() + $7 * interval '1 millisecond' from one
  on conflict (connection_id) do update
  set stream_id = excluded.stream_id, person_id = excluded.person_id, joined_as = excluded.joined_as,
      opening = excluded.opening, expires_at = excluded.expires_at`;

export function createPresenceRows({ db, logger, expiryMs = 15_000, refreshMs = 5_000 }: PresenceRowsOptions): PresenceRows {
  const serverId = randomUUID();
  const wanted = new Map<string, Presence>();
  const changed = new Set<string>();
  let writing: Promise<void> | null = null;
  let closed = false;

  const write = async () => {
    const group = [...changed];
    changed.clear();
    const put = group.flatMap((id) => {
      const presence = wanted.get(id);
      return presence ? [{ id, ...presence }] : [];
    });
    try {
      await db.query(statement, [
        group.filter((id) => !wanted.has(id)),
        put.map((one) => one.id),
        put.map((one) => one.streamId),
        put.map((one) => one.personId),
        put.map((one) => one.as),
        serverId,
        expiryMs,
        put.map((one) => one.opening ?? null),
      ]);
    } catch (error) {
      for (const id of group) changed.add(id);
      throw error;
    }
  };
  const schedule = () => {
    if (closed || writing || changed.size === 0) return;
    writing = write().then(
      () => {
        writing = null;
        schedule();
      },
      (error) => {
        writing = null;
        logger.warn({ error }, 'presence not written; tried again with the next refresh');
      },
    );
  };

  const refresh = async () => {
    const [row] = await db.query<{ count: number }>(
      `with refreshed as (
         update presence set expires_at = clock_timestamp() + $2 * interval '1 millisecond' where server_id = $1 returning 1
       ) select count(*) from refreshed`,
      [serverId, expiryMs],
    );
    // After a crash of the database, or a stall longer than the expiry, rows are missing.
    if (row?.count !== wanted.size) for (const id of wanted.keys()) changed.add(id);
    schedule();
  };
  let refreshing: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    refreshing = refreshing.then(refresh).catch((error) => logger.warn({ error }, 'presence not refreshed'));
  }, refreshMs);

  return {
    put(connectionId, presence) {
      wanted.set(connectionId, presence);
      changed.add(connectionId);
      schedule();
    },
    remove(connectionId) {
      if (!wanted.delete(connectionId)) return;
      changed.add(connectionId);
      schedule();
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await refreshing;
      await writing;
      await db.query('delete from presence where server_id = $1', [serverId]);
    },
  };
}
