// Owns logins: a random token in the person's cookie, its keyed hash in the database, and for how long it is worth something. Who is told of the end: login-ends.ts.
import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import type { Db, Sql } from '#platform/db/contract.ts';
import { shareLookups } from '#platform/db/shared-lookups.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Login, Logins } from '#platform/live/login.ts';
import { createLoginCookie } from './login-cookie.ts';
import { createLoginEnds } from './login-ends.ts';

const dayMs = 24 * 60 * 60 * 1000;
const idleMs = 14 * dayMs;
const absoluteMs = 60 * dayMs;

export interface LoginOptions {
  /** Without it, what the database holds of a token is worth nothing. */
  secret: string;
  publicUrl: string;
  /** False: the logins of demo accounts are worth nothing. */
  demo: boolean;
}

export interface AccountLogins extends Logins {
  /**
   * Begins a login and puts it into the answer's cookie. With `passwordHash`, only while that is still the account's:
   * throws 401 `wrong-email-or-password` when the password was changed, or the account disabled, since it was checked.
   */
  begin(personId: string, reply: FastifyReply, passwordHash?: string): Promise<Login>;
  /** Whether the person has a valid login on any device. */
  isSignedIn(personId: string): Promise<boolean>;
  /** Ends it on all servers; clears the cookie where there is an answer to put it in. */
  end(loginId: string, reply?: FastifyReply): Promise<void>;
  /** In the caller's transaction, which has locked the account: so no login slips in between. Call `tell` after the commit. */
  endAll(tx: Sql, personId: string, except?: string): Promise<string[]>;
  /** The news that these logins have ended. */
  tell(loginIds: readonly string[]): Promise<void>;
  clearCookie(reply: FastifyReply): void;
  stop(): Promise<void>;
}

export async function createLogins(db: Db, { secret, publicUrl, demo }: LoginOptions): Promise<AccountLogins> {
  const cookie = createLoginCookie(publicUrl);
  const hashOf = (token: string) => createHmac('sha256', secret).update(`login ${token}`).digest('base64url');
  const news = await createLoginEnds({ db, idleMs, absoluteMs });
  const valid = `l.ended_at is null
    and l.used_at > clock_timestamp() - make_interval(secs => $2::integer)
    and l.begun_at > clock_timestamp() - make_interval(secs => $3::integer)
    and a.disabled_at is null and (not a.demo or $4::boolean)`;
  const limits = [idleMs / 1000, absoluteMs / 1000, demo];
  const byTokenHash = shareLookups(async (hashes: readonly string[]) => {
    const rows = await db.query<Login & { tokenHash: string; stale: boolean }>(
      `select l.token_hash as "tokenHash", l.id as "loginId", l.person_id as "personId",
         l.used_at < clock_timestamp() - interval '1 hour' as stale
       from logins l join accounts a on a.person_id = l.person_id
       where l.token_hash = any($1::text[]) and ${valid}`,
      [hashes, ...limits],
    );
    const found = new Map(rows.map((row) => [row.tokenHash, row]));
    return hashes.map((hash) => found.get(hash));
  });
  return {
    async find(headers) {
      const token = cookie.read(headers);
      if (!token || token.length > 100) return null;
      const row = await byTokenHash(hashOf(token));
      if (!row) return null;
      if (row.stale) await db.query('update logins set used_at = clock_timestamp() where id = $1', [row.loginId]);
      return { loginId: row.loginId, personId: row.personId };
    },
    async begin(personId, reply, passwordHash) {
      const token = randomBytes(32).toString('base64url');
      const loginId = uuidv7();
      const begun = await db.query(
        `with worthless as (
           delete from logins where person_id = $2
             and (ended_at < clock_timestamp() - interval '1 day' or begun_at < clock_timestamp() - make_interval(secs => $4::integer))
         ), account as (
           select person_id from accounts
           where person_id = $2 and disabled_at is null and ($5::text is null or password_hash = $5) for share
         )
         insert into logins (id, person_id, token_hash) select $1, person_id, $3 from account returning id`,
        [loginId, personId, hashOf(token), absoluteMs / 1000, passwordHash ?? null],
      );
      if (begun.length === 0) throw new AppError(401, 'wrong-email-or-password');
      cookie.write(reply, token, absoluteMs);
      return { loginId, personId };
    },
    async isSignedIn(personId) {
      const rows = await db.query(
        `select 1 from logins l join accounts a on a.person_id = l.person_id where l.person_id = $1 and ${valid} limit 1`,
        [personId, ...limits],
      );
      return rows.length > 0;
    },
    async end(loginId, reply) {
      await db.query('update logins set ended_at = clock_timestamp() where id = $1 and ended_at is null', [loginId]);
      if (reply) cookie.clear(reply);
      await news.tell(loginId);
    },
    async endAll(tx, personId, except) {
      const ended = await tx.query<{ id: string }>(
        `update logins set ended_at = clock_timestamp()
         where person_id = $1 and ended_at is null and ($2::uuid is null or id <> $2) returning id`,
        [personId, except ?? null],
      );
      return ended.map((one) => one.id);
    },
    async tell(loginIds) {
      for (const loginId of loginIds) await news.tell(loginId);
    },
    clearCookie: (reply) => cookie.clear(reply),
    onEnded: news.onEnded,
    stop: news.stop,
  };
}
