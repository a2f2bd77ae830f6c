// Owns writing a backup: everything as it was at one moment, from a database that goes on working, aside until it is whole.
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Db, Sql } from '#platform/db/contract.ts';
import type { FileStore } from '#platform/files/contract.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { syncFolder, syncFolders } from '#platform/files/sync-folder.ts';
import type { About } from './layout.ts';
import { aboutPath, asideOf, BackupError, filesPath, format, rowsPath } from './layout.ts';
import { LogCopy, type logTables } from './log-copy.ts';
import type { Lines } from './row-file.ts';
import { RowFile } from './row-file.ts';
import { lineOf, quoted, readMigrations, readTables, type Table } from './tables.ts';

export interface BackUpOptions {
  /** Stores on the same disk as `folder` whose files need not be copied: a second name does. */
  shared?: readonly FileStore[];
  /** Awaited between two looks into the database. It may throw to end it all. */
  pause?: () => Promise<void>;
  madeAt?: Date;
}

/** `folder` must be new or empty. */
export async function backUp(db: Db, store: FileStore, folder: string, options: BackUpOptions = {}): Promise<About> {
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0) throw new BackupError(`${folder} is not empty. Give a new folder: a backup never changes another one.`);
  // A wrong DATA_DIR would be saved for months, and missed on the day that it is needed.
  if ((await readMigrations(db)).length === 0)
    throw new BackupError('There is nothing to save: this database was never used. Check DATA_DIR and DATABASE_URL.');
  const aside = asideOf(folder);
  await rm(aside, { recursive: true, force: true });
  try {
    const about = await fill(db, store, aside, options);
    await writeFile(aboutPath(aside), `${JSON.stringify(about, null, 2)}\n`, { flush: true });
    await syncFolders(aside);
    await rm(folder, { recursive: true, force: true });
    await rename(aside, folder);
    await syncFolder(dirname(folder));
    return about;
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

async function fill(db: Db, store: FileStore, aside: string, options: BackUpOptions): Promise<About> {
  const { shared = [], pause = async () => undefined, madeAt = new Date() } = options;
  await mkdir(join(aside, 'tables'), { recursive: true });
  const kept = await openFileStore(filesPath(aside));
  // Before and after the rows: so neither what is deleted meanwhile is missing, nor what is uploaded.
  const early = await keepFiles(store, kept, shared);
  const { migrations, tables } = await writeTables(db, aside, pause);
  const files = early + (await keepFiles(store, kept, shared));
  return { format, madeAt: madeAt.toISOString(), migrations, tables, files };
}

/** The log, which may be long, in many short looks; all else is short, and read in one. */
async function writeTables(db: Db, aside: string, pause: () => Promise<void>): Promise<Pick<About, 'migrations' | 'tables'>> {
  const files = new Map<string, RowFile>();
  const fileOf = (name: string) => {
    const file = files.get(name) ?? new RowFile(rowsPath(aside, name));
    files.set(name, file);
    return file;
  };
  try {
    const known = await readTables(db);
    const ofLog = (name: (typeof logTables)[number]) => ({
      table: known.find((table) => table.name === name) as Table,
      file: fileOf(name),
    });
    const log = new LogCopy({ sql: db, events: ofLog('stream_events'), commands: ofLog('stream_commands'), pause });
    await log.copyMost();
    const { migrations, tables, rest } = await db.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      const { events, commands } = await log.readRest(tx);
      const read = new Map<string, Lines[]>([
        ['stream_events', events],
        ['stream_commands', commands],
      ]);
      const tables = await readTables(tx);
      for (const table of tables) if (!read.has(table.name)) read.set(table.name, await readRows(tx, table));
      return { migrations: await readMigrations(tx), tables, rest: read };
    });
    const counted: About['tables'] = [];
    for (const table of tables) {
      const file = fileOf(table.name);
      for (const lines of rest.get(table.name) ?? []) await file.write(lines);
      await file.end();
      counted.push({ ...table, rows: file.rows });
    }
    return { migrations, tables: counted };
  } catch (error) {
    for (const file of files.values()) await file.abandon();
    throw error;
  }
}

const blocksAtOnce = 100;

/** Block by block, each in one piece of text: a row on its own costs more on its way than in the database. */
async function readRows(tx: Sql, table: Table): Promise<Lines[]> {
  const [size] = await tx.query<{ blocks: number }>(
    "select pg_relation_size($1::regclass) / current_setting('block_size')::bigint as blocks",
    [quoted(table.name)],
  );
  const read: Lines[] = [];
  for (let block = 0; block < (size?.blocks ?? 0); block += blocksAtOnce) {
    const [lines] = await tx.query<Lines>(
      `select string_agg(${lineOf(table)}, E'\\n') as text, count(*) as rows from ${quoted(table.name)}
       where ctid >= $1::tid and ctid < $2::tid`,
      [`(${block},0)`, `(${block + blocksAtOnce},0)`],
    );
    if (lines) read.push(lines);
  }
  return read;
}

/** Those that are not there yet: files never change. */
async function keepFiles(from: FileStore, to: FileStore, shared: readonly FileStore[]): Promise<number> {
  let files = 0;
  for await (const hash of from.list()) {
    const found = await from.find(hash);
    if (!found || (await to.find(hash))) continue;
    if (!(await shareFile(hash, shared, to))) await copyFile(found.path, hash, to);
    files++;
  }
  return files;
}

async function shareFile(hash: string, shared: readonly FileStore[], to: FileStore): Promise<boolean> {
  for (const store of shared) {
    const found = await store.find(hash);
    if (found && (await to.share(hash, found.path))) return true;
  }
  return false;
}

export async function copyFile(path: string, hash: string, to: FileStore): Promise<void> {
  const received = await to.receive(createReadStream(path), Number.MAX_SAFE_INTEGER);
  if (received.hash === hash) return to.keep(received);
  await to.drop(received);
  throw new BackupError(`The file ${path} is not what its name says: it is damaged.`);
}
