// Owns writing people: new ones, with or without an account, and what they change in their profile.
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Sql } from '#platform/db/contract.ts';
import { violates } from '#platform/db/contract.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { PeopleBook, PersonDraft, profileBody } from '../contract.ts';
import type { Passwords } from './passwords.ts';

export function createPeopleBook(passwords: Passwords): PeopleBook {
  return {
    hashPassword: (password) => passwords.inTurn(() => passwords.hash(password)),
    async add(tx, drafts) {
      const people = drafts.map((draft) => ({ id: uuidv7(), ...draft }));
      await tx.query(
        `insert into persons (id, name, headline, organisation, avatar_url, time_zone, language)
         select id, name, coalesce(headline, ''), coalesce(organisation, ''), "avatarUrl", coalesce("timeZone", 'UTC'), coalesce(language, 'en')
         from jsonb_to_recordset($1::jsonb) as draft
           (id uuid, name text, headline text, organisation text, "avatarUrl" text, "timeZone" text, language text)`,
        [JSON.stringify(people)],
      );
      const accounts = people.flatMap(({ id, account }) => (account ? [{ id, ...account }] : []));
      if (accounts.length > 0) await addAccounts(tx, accounts);
      return people.map((person) => person.id);
    },
  };
}

async function addAccounts(tx: Sql, accounts: ({ id: string } & NonNullable<PersonDraft['account']>)[]): Promise<void> {
  try {
    await tx.query(
      `insert into accounts (person_id, email, password_hash, demo)
       select id, email, "passwordHash", coalesce(demo, false)
       from jsonb_to_recordset($1::jsonb) as draft (id uuid, email text, "passwordHash" text, demo boolean)`,
      [JSON.stringify(accounts)],
    );
  } catch (error) {
    if (violates(error, 'accounts_email')) throw new AppError(409, 'email-taken');
    throw error;
  }
}

export async function changeProfile(sql: Sql, personId: string, change: z.infer<typeof profileBody>): Promise<void> {
  await sql.query(
    `update persons set name = coalesce($2, name), headline = coalesce($3, headline), organisation = coalesce($4, organisation),
       time_zone = coalesce($5, time_zone), language = coalesce($6, language)
     where id = $1`,
    [personId, change.name, change.headline, change.organisation, change.timeZone, change.language],
  );
}
