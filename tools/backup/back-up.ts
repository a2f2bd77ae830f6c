// Owns writing a backup: everything as it was at one moment, in a stream, aside until it is whole.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Db, Sql } from '#platform/db/contract.ts';
import type { FileStore } from '#platform/files/contract.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import type { About } from './layout.ts';
import { aboutPath, BackupError, filesPath, format, rowsPath } from './layout.ts';
import { quoted, readMigrations, readTables, type Table } from './tables.ts';

const rowsAtOnce = 500;

/** `folder` must be new or empty. */
export async function backUp(db: Db, store: FileStore, folder: string): Promise<About> {
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0) throw new BackupError(`${folder} is not empty. Give a new folder: a backup never changes another one.`);
  // A wrong DATA_DIR would be saved for months, and missed on the day that it is needed.
  if ((await readMigrations(db)).length === 0)
    throw new BackupError('There is nothing to save: this database was never used. Check DATA_DIR and DATABASE_URL.');
  const aside = `${folder.replace(/[/\\]+$/, '')}.partial`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(join(aside, 'tables'), { recursive: true });
  const kept = await openFileStore(filesPath(aside));
  // Before and after the rows: so neither what is deleted meanwhile is missing, nor what is uploaded.
  const early = await copyFiles(store, kept);
  const { migrations, tables } = await db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const counted: About['tables'] = [];
    for (const table of await readTables(tx)) counted.push({ ...table, rows: await writeRows(tx, table, aside) });
    return { migrations: await readMigrations(tx), tables: counted };
  });
  const files = early + (await copyFiles(store, kept));
  const about: About = { format, madeAt: new Date().toISOString(), migrations, tables, files };
  await writeFile(aboutPath(aside), `${JSON.stringify(about, null, 2)}\n`, { flush: true });
  await rm(folder, { recursive: true, force: true });
  await rename(aside, folder);
  return about;
}

async function writeRows(tx: Sql, { name, columns }: Table, folder: string): Promise<number> {
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    const values = columns.map((column) => `${quoted(column.name)}::text`).join(', ');
    await tx.query(`declare kept no scroll cursor for select json_build_array(${values})::text as line from ${quoted(name)}`);
    for (;;) {
      const some = await tx.query<{ line: string }>(`fetch ${rowsAtOnce} from kept`);
      if (some.length === 0) break;
      rows += some.length;
      yield some.map(({ line }) => `${line}\n`).join('');
    }
    await tx.query('close kept');
  }
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(rowsPath(folder, name), { flush: true }));
  return rows;
}

/** Those that are not there yet: files never change. */
async function copyFiles(from: FileStore, to: FileStore): Promise<number> {
  let files = 0;
  for await (const hash of from.list()) {
    const found = await from.find(hash);
    if (!found || (await to.find(hash))) continue;
    await copyFile(found.path, hash, to);
    files++;
  }
  return files;
}

export async function copyFile(path: string, hash: string, to: FileStore): Promise<void> {
  const received = await to.receive(createReadStream(path), Number.MAX_SAFE_INTEGER);
  if (received.hash === hash) return to.keep(received);
  await to.drop(received);
  throw new BackupError(`The file ${path} is not what its name says: it is damaged.`);
}
