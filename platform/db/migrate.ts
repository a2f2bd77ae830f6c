// Owns bringing a database to this version's tables: SQL files named by timestamp, each applied once, in order, in a transaction.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#platform/errors/app-error.ts';
import type { Db } from './contract.ts';

export const migrationsFolder = join(import.meta.dirname, 'migrations');
/** Any number, the same in every server: the name of the lock under which servers that start together take turns. */
const lockNumber = 7_363_601;

export async function migrate(db: Db, folder: string = migrationsFolder): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [lockNumber]);
    await tx.query(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default clock_timestamp())',
    );
  });
  const applied = await db.query<{ name: string }>('select name from migrations order by name');
  const unknown = applied.find((one) => !names.includes(one.name));
  // An older version would write what the newer tables do not expect.
  if (unknown) throw new AppError(503, 'database-too-new', { migration: unknown.name });
  const added: string[] = [];
  for (const name of names) {
    if (applied.some((one) => one.name === name)) continue;
    if (await apply(db, name, await readFile(join(folder, name), 'utf8'))) added.push(name);
  }
  return added;
}

async function apply(db: Db, name: string, text: string): Promise<boolean> {
  try {
    return await db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [lockNumber]);
      const [known] = await tx.query('select 1 from migrations where name = $1', [name]);
      if (known) return false;
      await tx.query(text);
      await tx.query('insert into migrations (name) values ($1)', [name]);
      return true;
    });
  } catch (error) {
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
