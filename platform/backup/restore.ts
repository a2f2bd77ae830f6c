// Owns writing a backup into an empty database, whole or not at all, and its files into the store.
import { createReadStream } from 'node:fs';
import { copyFile as copyMigration, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Db, Sql } from '#platform/db/contract.ts';
import { migrate, migrationsFolder } from '#platform/db/migrate.ts';
import type { FileStore } from '#platform/files/contract.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { copyFile } from './back-up.ts';
import type { About } from './layout.ts';
import { aboutPath, BackupError, filesPath, format, rowsPath } from './layout.ts';
import { quoted, readMigrations, readNumbered, readTables } from './tables.ts';

const rowsAtOnce = 500;
const charactersAtOnce = 1_000_000;

export async function restore(db: Db, store: FileStore, folder: string): Promise<About> {
  const about = await readAbout(folder);
  await refuseFilled(db, about);
  // Files first: should something fail, they are unused, and swept.
  const files = await openFileStore(filesPath(folder));
  for await (const hash of files.list()) {
    const found = await files.find(hash);
    if (found) await copyFile(found.path, hash, store);
  }
  await migrateTo(db, about.migrations);
  await db.transaction(async (tx) => {
    for (const table of about.tables) await writeTable(tx, folder, table);
    await goOnNumbering(tx);
  });
  // What this version adds to the tables comes after, as it would have on the old database.
  await migrate(db);
  return about;
}

async function readAbout(folder: string): Promise<About> {
  const text = await readFile(aboutPath(folder), 'utf8').catch(() => null);
  if (text === null) throw new BackupError(`${folder} holds no backup.`);
  const about = JSON.parse(text) as About;
  if (about.format !== format) throw new BackupError(`This backup has the format ${about.format}; this version reads ${format}.`);
  return about;
}

async function refuseFilled(db: Db, about: About): Promise<void> {
  const applied = await readMigrations(db);
  if (applied.some((name) => !about.migrations.includes(name)))
    throw new BackupError('The database has newer tables than the backup. Give an empty one.');
  for (const { name } of await readTables(db)) {
    const [row] = await db.query(`select 1 from ${quoted(name)} limit 1`);
    if (row)
      throw new BackupError(
        `The database is not empty: there are rows in ${name}. Restoring never mixes two: give an empty one.`,
      );
  }
}

/** As old as the backup: so its rows fit. */
async function migrateTo(db: Db, migrations: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stagedoor-migrations-'));
  try {
    for (const name of migrations) {
      await copyMigration(join(migrationsFolder, name), join(folder, name)).catch(() => {
        throw new BackupError(`This backup is of a newer version: ${name} is unknown here.`);
      });
    }
    await migrate(db, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** After the highest number that was restored: the next one must not come before. */
async function goOnNumbering(tx: Sql): Promise<void> {
  for (const { table, column } of await readNumbered(tx)) {
    const last = `(select max(${quoted(column)}) from ${quoted(table)})`;
    await tx.query(`select setval(pg_get_serial_sequence($1, $2), coalesce(${last}, 1), ${last} is not null)`, [
      quoted(table),
      column,
    ]);
  }
}

async function writeTable(tx: Sql, folder: string, { name, columns, rows }: About['tables'][number]): Promise<void> {
  const names = columns.map((column) => quoted(column.name)).join(', ');
  const values = columns.map((column, index) => `(r->>${index})::${column.type}`).join(', ');
  const insert = (lines: readonly string[]) =>
    tx.query(
      `insert into ${quoted(name)} (${names}) overriding system value select ${values} from json_array_elements($1::json) as r`,
      [`[${lines.join()}]`],
    );
  let written = 0;
  let waiting: string[] = [];
  let characters = 0;
  for await (const line of createInterface({ input: createReadStream(rowsPath(folder, name)).pipe(createGunzip()) })) {
    waiting.push(line);
    written++;
    characters += line.length;
    if (waiting.length < rowsAtOnce && characters < charactersAtOnce) continue;
    await insert(waiting);
    waiting = [];
    characters = 0;
  }
  if (waiting.length > 0) await insert(waiting);
  if (written !== rows) throw new BackupError(`The backup is damaged: ${name} has ${written} rows instead of ${rows}.`);
}
