// Owns the shape of the database as a backup needs it: its tables and columns, parents before children. Which database it is does not matter.
import type { Sql } from '#platform/db/contract.ts';

export interface Table {
  name: string;
  columns: { name: string; type: string }[];
}

/** A row as one line: a JSON array of PostgreSQL's text of each column, or null. */
export const lineOf = ({ columns }: Table): string =>
  `json_build_array(${columns.map((column) => `${quoted(column.name)}::text`).join(', ')})::text`;

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** Written by migrations themselves. */
const ownBookkeeping = 'migrations';

/** Tables whose rows last (not the unlogged ones), each after all that it refers to. */
export async function readTables(sql: Sql): Promise<Table[]> {
  const columns = await sql.query<{ table: string; name: string; type: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by c.relname, a.attnum`,
  );
  const references = await sql.query<{ child: string; parent: string }>(
    `select child.relname as child, parent.relname as parent
     from pg_constraint f join pg_class child on child.oid = f.conrelid join pg_class parent on parent.oid = f.confrelid
     where f.contype = 'f' and child.oid <> parent.oid`,
  );
  const tables = new Map<string, Table>();
  for (const { table, name, type } of columns) {
    if (table === ownBookkeeping) continue;
    const known = tables.get(table) ?? { name: table, columns: [] };
    known.columns.push({ name, type });
    tables.set(table, known);
  }
  const ordered: Table[] = [];
  const visit = (name: string) => {
    const table = tables.get(name);
    if (!table || ordered.includes(table)) return;
    tables.delete(name);
    for (const { child, parent } of references) if (child === name) visit(parent);
    ordered.push(table);
  };
  for (const name of [...tables.keys()]) visit(name);
  return ordered;
}

/** Columns that the database numbers by itself. */
export async function readNumbered(sql: Sql): Promise<{ table: string; column: string }[]> {
  return sql.query(
    `select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and a.attidentity <> ''`,
  );
}

export async function readMigrations(sql: Sql): Promise<string[]> {
  const [known] = await sql.query(
    "select 1 from pg_class where relname = 'migrations' and relnamespace = 'public'::regnamespace",
  );
  if (!known) return [];
  return (await sql.query<{ name: string }>('select name from migrations order by name')).map((row) => row.name);
}
