// Owns that the embedded database is saved from time to time beside itself, and how many backups are kept. What one holds is back-up.ts's.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '#platform/clock/clock.ts';
import type { Db } from '#platform/db/contract.ts';
import type { FileStore } from '#platform/files/contract.ts';
import { isDiskFull } from '#platform/files/contract.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { backUp } from './back-up.ts';
import { filesPath, unfinished } from './layout.ts';

export interface BackupKeeperOptions {
  db: Db;
  store: FileStore;
  clock: Pick<Clock, 'now' | 'elapsedMs'>;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Of the backups alone. */
  folder: string;
  everyMs: number;
  /** The newest so many. */
  keep: number;
  /** How often to look whether one is due. */
  lookMs?: number;
}

export interface BackupKeeper {
  close(): Promise<void>;
}

/** A failed one is not tried again at each look: the disk may be full for hours. */
const retryShare = 1 / 6;
const nameShape = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)Z$/;

const nameOf = (at: Date) => `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
const timeOf = (name: string) => Date.parse(name.replace(nameShape, '$1:$2:$3Z'));

/** Newest first. */
async function listBackups(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => []))
    .filter((name) => nameShape.test(name))
    .sort()
    .reverse();
}

export function createBackupKeeper(options: BackupKeeperOptions): BackupKeeper {
  const { db, clock, logger, folder, everyMs, lookMs = 60_000 } = options;
  const ending = new AbortController();
  let lastTriedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout;

  /** The database's own age counts where there is no backup yet, so that one comes however often the server is started anew. */
  const bornAt = async () => {
    const [row] = await db.query<{ at: string }>('select min(applied_at) as at from migrations');
    return Date.parse(row?.at ?? '');
  };
  const isDue = async () => {
    const now = clock.now();
    if (now - lastTriedAt < everyMs * retryShare) return false;
    const [newest] = await listBackups(folder);
    const lastAt = newest ? timeOf(newest) : await bornAt();
    // A clock that was set back must not stop the backups for as long.
    return now - lastAt >= everyMs || lastAt > now + everyMs;
  };

  const turn = async () => {
    if (!(await isDue())) return;
    lastTriedAt = clock.now();
    await makeOne(options, ending.signal);
  };
  const look = () =>
    turn()
      .catch((error) => {
        if (ending.signal.aborted) return;
        const why = isDiskFull(error) ? ': the disk is full' : '';
        logger.warn({ error }, `no backup was written${why}; it is tried again later`);
      })
      .then(schedule);
  let looking: Promise<void> = Promise.resolve();
  const schedule = () => {
    if (ending.signal.aborted) return;
    timer = setTimeout(() => {
      looking = look();
    }, lookMs);
    timer.unref();
  };
  schedule();

  return {
    async close() {
      ending.abort();
      clearTimeout(timer);
      await looking;
    },
  };
}

async function makeOne({ db, store, clock, logger, folder, keep }: BackupKeeperOptions, ending: AbortSignal): Promise<void> {
  await mkdir(folder, { recursive: true });
  // What a killed server left half-done.
  for (const name of await readdir(folder)) if (name.endsWith(unfinished)) await rm(join(folder, name), { recursive: true });
  // The database itself needs the room more than its copy does.
  const [size] = await db.query<{ bytes: number }>('select pg_database_size(current_database()) as bytes');
  if ((await store.roomLeft()) < (size?.bytes ?? 0))
    throw Object.assign(new Error('Too little room is left beside the database'), { code: 'ENOSPC' });
  const madeAt = new Date(clock.now());
  const before = await listBackups(folder);
  const shared = [store, ...(before[0] ? [await openFileStore(filesPath(join(folder, before[0])))] : [])];
  let lookedAt = clock.elapsedMs();
  /** As long as the look took: half of the database's time is left to everybody else. */
  const pause = async () => {
    ending.throwIfAborted();
    await sleep(clock.elapsedMs() - lookedAt);
    lookedAt = clock.elapsedMs();
  };
  const { tables, files } = await backUp(db, store, join(folder, nameOf(madeAt)), { shared, pause, madeAt });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  logger.info({ rows, files }, 'a backup was written');
  for (const name of (await listBackups(folder)).slice(keep)) await rm(join(folder, name), { recursive: true });
}
