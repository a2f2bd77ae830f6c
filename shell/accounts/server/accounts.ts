// Owns putting the parts of accounts together; the server's start needs only this.
import type { FastifyInstance } from 'fastify';
import type { Db } from '#platform/db/contract.ts';
import type { AccountStanding, Directory, PeopleBook, StandingConsequences } from '../contract.ts';
import { createDirectory } from './directory.ts';
import type { AccountLogins, LoginOptions } from './logins.ts';
import { createLogins } from './logins.ts';
import { createPasswords } from './passwords.ts';
import { createPeopleBook } from './people-book.ts';
import { registerAccounts } from './routes.ts';
import { createStanding } from './standing.ts';
import { createThrottle } from './throttle.ts';

export interface Accounts {
  logins: AccountLogins;
  directory: Directory;
  people: PeopleBook;
  standing(consequences: StandingConsequences): AccountStanding;
  register(app: FastifyInstance): void;
}

export async function createAccounts(db: Db, options: LoginOptions): Promise<Accounts> {
  const passwords = createPasswords();
  const people = createPeopleBook(passwords);
  const directory = createDirectory(db);
  const throttle = createThrottle(db, options.secret);
  const logins = await createLogins(db, options);
  return {
    logins,
    directory,
    people,
    standing: (consequences) => createStanding({ db, logins, consequences }),
    register: (app) => registerAccounts(app, { db, logins, passwords, throttle, people, directory, demo: options.demo }),
  };
}
