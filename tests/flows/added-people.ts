// Owns people beyond the demo's for flows with a crowd: written into the database with a login each, since signing up is slow on purpose.
import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { AppServer } from '#apps/server/compose.ts';

/** Cookie headers, one for each. */
export async function addPeople({ db, accounts }: Pick<AppServer, 'db' | 'accounts'>, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await db.query("insert into persons (id, name) select id, 'Guest ' || id from unnest($1::uuid[]) as id", [ids]);
  await db.query("insert into accounts (person_id, email) select id, id || '@crowd.example' from unnest($1::uuid[]) as id", [
    ids,
  ]);
  const cookies: string[] = [];
  const answer = { setCookie: (name: string, token: string) => cookies.push(`${name}=${token}`) } as unknown as FastifyReply;
  for (const id of ids) await accounts.logins.begin(id, answer);
  return cookies;
}
