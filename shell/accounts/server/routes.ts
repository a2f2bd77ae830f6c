// Owns the routes of accounts. That a write comes from our own page, platform/http has checked before.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Db } from '#platform/db/contract.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Directory, MeAnswer, PeopleBook } from '../contract.ts';
import { accountsPath, changePasswordBody, demoSignInBody, profileBody, signInBody, signUpBody } from '../contract.ts';
import { refuseUnknownTimeZone, refuseWeakPassword } from './checks.ts';
import { findDemoAccount, listDemoPeople } from './demo-accounts.ts';
import { readOwnProfile } from './directory.ts';
import type { AccountLogins } from './logins.ts';
import type { Passwords } from './passwords.ts';
import { changeProfile } from './people-book.ts';
import type { Subject, Throttle } from './throttle.ts';

export interface AccountsDeps {
  db: Db;
  logins: AccountLogins;
  passwords: Passwords;
  throttle: Throttle;
  people: PeopleBook;
  directory: Directory;
  /** Demo data is allowed: its people may sign in. */
  demo: boolean;
}

/** Whose account it is, and the hash of the password that proved it. */
interface Proven {
  personId: string;
  passwordHash?: string;
}

export function registerAccounts(app: FastifyInstance, deps: AccountsDeps): void {
  const { db, logins, demo } = deps;
  const answer = async (personId: string | null): Promise<MeAnswer> => ({
    me: personId ? await readOwnProfile(db, personId) : null,
    demo,
  });

  const signIn = async ({ personId, passwordHash }: Proven, request: FastifyRequest, reply: FastifyReply): Promise<MeAnswer> => {
    // One browser, one login: the one it had would otherwise live on unseen.
    const before = await logins.find(request.headers);
    await logins.begin(personId, reply, passwordHash);
    if (before) await logins.end(before.loginId);
    return answer(personId);
  };

  app.post(`${accountsPath}/sign-up`, async (request, reply) =>
    signIn({ personId: await signUp(deps, request) }, request, reply),
  );

  app.post(`${accountsPath}/sign-in`, async (request, reply) => signIn(await checkPassword(deps, request), request, reply));

  app.post(`${accountsPath}/demo-sign-in`, async (request, reply) => {
    if (!demo) throw new AppError(404, 'not-found');
    const personId = await findDemoAccount(db, demoSignInBody.parse(request.body).kind);
    if (!personId) throw new AppError(404, 'not-found');
    return signIn({ personId }, request, reply);
  });

  app.post(`${accountsPath}/sign-out`, async (request, reply) => {
    const login = await logins.find(request.headers);
    if (login) await logins.end(login.loginId);
    logins.clearCookie(reply);
    return reply.code(204).send();
  });

  app.post(`${accountsPath}/password`, async (request, reply) => {
    await changePassword(deps, request);
    return reply.code(204).send();
  });
  app.get(`${accountsPath}/me`, async (request) => answer((await logins.find(request.headers))?.personId ?? null));

  app.patch(`${accountsPath}/me`, async (request) => {
    const login = await logins.find(request.headers);
    if (!login) throw new AppError(401, 'signed-out');
    const change = profileBody.parse(request.body);
    refuseUnknownTimeZone(change.timeZone);
    await changeProfile(db, login.personId, change);
    return answer(login.personId);
  });

  app.get(`${accountsPath}/demo-people`, async () => ({ people: demo ? await listDemoPeople(db, deps.directory) : [] }));
}

/** That an e-mail is taken must be said; how often one may try to find out is limited like a failed log-in. */
async function signUp({ db, people, passwords, throttle }: AccountsDeps, request: FastifyRequest): Promise<string> {
  const { email: givenEmail, password: givenPassword } = (request.body ?? {}) as Record<string, unknown>;
  refuseWeakPassword(givenPassword, givenEmail);
  const body = signUpBody.parse(request.body);
  refuseUnknownTimeZone(body.timeZone);
  const address: Subject[] = [{ address: request.ip }];
  await throttle.check(address);
  const passwordHash = await passwords.inTurn(() => passwords.hash(body.password));
  const { name, language, timeZone, email } = body;
  try {
    const [personId] = await db.transaction((tx) =>
      people.add(tx, [{ name, language, timeZone, account: { email, passwordHash } }]),
    );
    return personId as string;
  } catch (error) {
    if (error instanceof AppError) await throttle.fail(address);
    throw error;
  }
}

/** The same work and the same answer whether the account exists, is barred, or the password is wrong. */
async function checkPassword({ db, passwords, throttle, demo }: AccountsDeps, request: FastifyRequest): Promise<Proven> {
  const { email, password } = signInBody.parse(request.body);
  const subjects: Subject[] = [{ account: email }, { address: request.ip }];
  await throttle.check(subjects);
  return passwords.inTurn(async () => {
    // Again, now that it is our turn: those before us in a burst have failed meanwhile.
    await throttle.check(subjects);
    const [account] = await db.query<{ personId: string; passwordHash: string | null; barred: boolean }>(
      `select person_id as "personId", password_hash as "passwordHash", disabled_at is not null or (demo and not $2::boolean) as barred
       from accounts where email = $1`,
      [email, demo],
    );
    const right = await passwords.matches(account?.passwordHash ?? null, password);
    if (account?.passwordHash && right && !account.barred)
      return { personId: account.personId, passwordHash: account.passwordHash };
    await throttle.fail(subjects);
    throw new AppError(401, 'wrong-email-or-password');
  });
}

/** Whoever knew the old password, or holds a login that it gave, is out; only this browser stays. */
async function changePassword({ db, logins, passwords, throttle }: AccountsDeps, request: FastifyRequest): Promise<void> {
  const login = await logins.find(request.headers);
  if (!login) throw new AppError(401, 'signed-out');
  const { current, next } = changePasswordBody.parse(request.body);
  const [account] = await db.query<{ email: string; passwordHash: string | null; demo: boolean }>(
    'select email, password_hash as "passwordHash", demo from accounts where person_id = $1',
    [login.personId],
  );
  // Everybody may use a demo account: nobody may lock the others out.
  if (!account || account.demo) throw new AppError(403, 'not-allowed');
  refuseWeakPassword(next, account.email);
  const subjects: Subject[] = [{ account: account.email }, { address: request.ip }];
  await throttle.check(subjects);
  const passwordHash = await passwords.inTurn(async () => {
    await throttle.check(subjects);
    if (await passwords.matches(account.passwordHash, current)) return passwords.hash(next as string);
    await throttle.fail(subjects);
    throw new AppError(403, 'wrong-password');
  });
  const ended = await db.transaction(async (tx) => {
    const changed = await tx.query(
      'update accounts set password_hash = $2 where person_id = $1 and password_hash = $3 and disabled_at is null returning 1',
      [login.personId, passwordHash, account.passwordHash],
    );
    if (changed.length === 0) throw new AppError(403, 'wrong-password');
    return logins.endAll(tx, login.personId, login.loginId);
  });
  await logins.tell(ended);
}
