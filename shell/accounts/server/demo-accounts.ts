// Owns finding the demo people behind the one-click buttons. shell/demo makes them.
import type { Sql } from '#platform/db/contract.ts';
import type { DemoPerson, Directory } from '../contract.ts';
import { demoEmail, demoKinds } from '../contract.ts';

/** By kind; only accounts that were made as demo data. */
async function readDemoAccounts(sql: Sql): Promise<Map<DemoPerson['kind'], string>> {
  const rows = await sql.query<{ email: string; personId: string }>(
    'select email, person_id as "personId" from accounts where demo and disabled_at is null and email = any($1::text[])',
    [demoKinds.map((kind) => demoEmail(kind))],
  );
  const byEmail = new Map(rows.map((row) => [row.email, row.personId]));
  return new Map(
    demoKinds.flatMap((kind) => {
      const personId = byEmail.get(demoEmail(kind));
      return personId ? [[kind, personId]] : [];
    }),
  );
}

export async function findDemoAccount(sql: Sql, kind: DemoPerson['kind']): Promise<string | null> {
  return (await readDemoAccounts(sql)).get(kind) ?? null;
}

export async function listDemoPeople(sql: Sql, directory: Directory): Promise<DemoPerson[]> {
  const accounts = await readDemoAccounts(sql);
  const people = new Map((await directory.people([...accounts.values()])).map((person) => [person.id, person]));
  return [...accounts].flatMap(([kind, id]) => {
    const person = people.get(id);
    return person ? [{ kind, person }] : [];
  });
}
