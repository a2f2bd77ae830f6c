// Owns what tests of backups look at: every row that lasts, as PostgreSQL writes it.
import type { Sql } from '#platform/db/contract.ts';

export async function everyRow(db: Sql): Promise<Record<string, string[]>> {
  const tables = await db.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p'",
  );
  const rows: Record<string, string[]> = {};
  for (const { name } of tables) {
    // When a migration was applied is the new database's own.
    const row = name === 'migrations' ? 'name' : 't::text';
    rows[name] = (await db.query<{ row: string }>(`select ${row} as row from "${name}" t order by 1`)).map((one) => one.row);
  }
  return rows;
}
