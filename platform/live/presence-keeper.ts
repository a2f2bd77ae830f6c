// Owns turning connections into facts: for each stream whose lease this server holds, tells what differs from the committed state.
import type { Logger } from 'pino';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/clock.ts';
import type { Db } from '#platform/db/contract.ts';
import type { Log, Slices } from '#platform/log/contract.ts';
import type { Leases } from './leases.ts';
import type { Connected, Differences, KnownPresence } from './presence-difference.ts';
import { newest, presenceDifferences } from './presence-difference.ts';
import type { PresentAs } from './presence-rows.ts';

export interface PresenceKeeperOptions {
  db: Db;
  log: Pick<Log, 'read'>;
  leases: Leases;
  logger: Pick<Logger, 'warn'>;
  /** Connections to streams of other kinds are left alone. Absent: all kinds. */
  kind?: string;
  /** Who counts as present in the committed state. Include everybody whose going must be told, e.g. all on stage. */
  knownPresence: (state: Slices) => KnownPresence;
  /** Connections of others are as if they were not there (removed people). */
  mayBePresent?: (state: Slices, personId: string) => boolean;
  /** Submits the difference as a command of the system. */
  noteDifferences: (streamId: string, differences: Differences) => Promise<void>;
  /** How often to compare, and so the least time between two events of a stream. */
  everyMs?: number;
  /** How long a person without a connection still counts. */
  graceMs?: number;
  clock?: Clock;
}

const leaseName = 'presence';

/** What this server remembers of a stream between two comparisons. */
interface Kept {
  fingerprint: string;
  connected: Map<string, PresentAs>;
  weakenedAtMs: Map<string, number>;
}

export function createPresenceKeeper(options: PresenceKeeperOptions): { close(): Promise<void> } {
  const { db, leases, logger, everyMs = 1000, graceMs = 6000, clock = systemClock } = options;
  const kept = new Map<string, Kept>();

  const compare = async (streamId: string, fingerprint: string) => {
    const snapshot = await options.log.read(streamId);
    const one = kept.get(streamId) ?? { fingerprint: '', connected: new Map(), weakenedAtMs: new Map() };
    kept.set(streamId, one);
    if (one.fingerprint !== fingerprint) {
      one.connected = newest(await readConnected(db, streamId));
      one.fingerprint = fingerprint;
    }
    const known = snapshot ? options.knownPresence(snapshot.state) : {};
    const state = snapshot?.state ?? {};
    const mayBe = options.mayBePresent ?? (() => snapshot !== null);
    const connected = new Map([...one.connected].filter(([personId]) => mayBe(state, personId)));
    const differences = presenceDifferences(connected, known, one.weakenedAtMs, clock.elapsedMs(), graceMs);
    if (differences.arrived.length + differences.left.length > 0) await options.noteDifferences(streamId, differences);
    else if (one.connected.size === 0 && Object.keys(known).length === 0) {
      kept.delete(streamId);
      await leases.release(streamId, leaseName);
    }
  };

  const turn = async () => {
    const fingerprints = await readFingerprints(db, options.kind ?? null);
    const held = await leases.tryHoldAll([...fingerprints.keys()], leaseName);
    for (const streamId of kept.keys()) if (!held.has(streamId)) kept.delete(streamId);
    for (const streamId of held) {
      // One stream's trouble is not the others'.
      await compare(streamId, fingerprints.get(streamId) ?? '').catch((error) =>
        logger.warn({ error, streamId }, 'presence not compared'),
      );
    }
    await db.query("delete from presence where expires_at < clock_timestamp() - interval '1 minute'");
  };

  let closed = false;
  let turning: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const schedule = () => {
    timer = setTimeout(() => {
      turning = turn()
        .catch((error) => logger.warn({ error }, 'presence not compared'))
        .then(() => {
          if (!closed) schedule();
        });
    }, everyMs);
  };
  schedule();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await turning;
    },
  };
}

/** Streams that need comparing. A lease stays until nobody is left, so that those known as present are not forgotten when all servers died. */
async function readFingerprints(db: Db, kind: string | null): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; fingerprint: string }>(
    `select id, max(fingerprint) as fingerprint from (
       select stream_id as id, count(*) || ' ' || sum(hashtextextended(connection_id::text || joined_as || coalesce(opening::text, ''), 0)) as fingerprint
       from presence
       where expires_at > clock_timestamp() and ($2::text is null or stream_id in (select id from streams where kind = $2))
       group by stream_id
       union all
       select stream_id, '' from leases where name = $1
     ) as either group by id`,
    [leaseName, kind],
  );
  return new Map(rows.map((row) => [row.id, row.fingerprint]));
}

async function readConnected(db: Db, streamId: string): Promise<Connected[]> {
  return db.query(
    `select person_id as "personId", joined_as as "as", coalesce(turn, 0) as turn
     from presence left join openings using (stream_id, person_id, opening) where stream_id = $1 and expires_at > clock_timestamp()`,
    [streamId],
  );
}
