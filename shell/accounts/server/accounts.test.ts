// Accounts over HTTP on each database: who gets in, who is kept out, and what an outsider can learn.
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { migrate } from '#platform/db/migrate.ts';
import type { TestDatabase } from '#platform/db/test-databases.ts';
import { testDatabases } from '#platform/db/test-databases.ts';
import { createHttpApp } from '#platform/http/app.ts';
import type { OwnProfile } from '../contract.ts';
import { demoEmail } from '../contract.ts';
import type { Accounts } from './accounts.ts';
import { createAccounts } from './accounts.ts';
import { failuresAllowed } from './throttle.ts';

const publicUrl = 'https://fair.example';
const secret = 'a secret only for these tests, long enough';
const ada = { email: 'ada@uni.example', password: 'correct horse battery', name: 'Ada Brzoza' };

interface Server {
  app: FastifyInstance;
  accounts: Accounts;
}

async function startServer(db: Db, demo: boolean, url = publicUrl): Promise<Server> {
  const app = await createHttpApp({ publicUrl: url, logger: pino({ level: 'silent' }) });
  const accounts = await createAccounts(db, { secret, publicUrl: url, demo });
  accounts.register(app);
  return { app, accounts };
}

const stopServer = async ({ app, accounts }: Server) => {
  await app.close();
  await accounts.logins.stop();
};

async function send(
  app: FastifyInstance,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
  cookie = '',
  from = '192.0.2.1',
) {
  const answer = await app.inject({
    method,
    url: `/api/accounts/${path}`,
    remoteAddress: from,
    headers: { origin: publicUrl, ...(cookie ? { cookie } : {}) },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const set = answer.cookies[0];
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: answer.body ? answer.json() : null,
    cookie: set?.value ? `${set.name}=${set.value}` : '',
    set,
  };
}

describe.each(testDatabases)('accounts ($name)', ({ open }) => {
  let database: TestDatabase;
  let db: Db;
  let server: Server;
  let app: FastifyInstance;
  beforeAll(async () => {
    database = await open();
    db = database.db;
    await migrate(db);
    server = await startServer(db, false);
    app = server.app;
  });
  afterAll(async () => {
    await stopServer(server);
    await database.end();
  });
  beforeEach(async () => {
    await db.query('delete from login_failures');
    await db.query('delete from accounts');
    await db.query('delete from persons');
  });

  const signUp = (body: object = ada) => send(app, 'POST', 'sign-up', body);
  const signIn = (email: string, password: string, from?: string) => send(app, 'POST', 'sign-in', { email, password }, '', from);
  const me = async (cookie: string, on = app) => (await send(on, 'GET', 'me', undefined, cookie)).body.me as OwnProfile | null;

  describe('sign-up', () => {
    it('makes an account and signs in', async () => {
      const { status, body, cookie } = await signUp({
        ...ada,
        email: 'Ada@Uni.example',
        language: 'de',
        timeZone: 'Europe/Warsaw',
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        me: { name: ada.name, email: ada.email, language: 'de', timeZone: 'Europe/Warsaw', headline: '', avatarUrl: null },
        demo: false,
      });
      expect(await me(cookie)).toEqual(body.me);
    });

    it('keeps neither the password nor the token in the database', async () => {
      const { cookie } = await signUp();
      const [account] = await db.query<{ password_hash: string }>('select password_hash from accounts');
      expect(account?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      const [login] = await db.query<{ token_hash: string }>('select token_hash from logins');
      expect(cookie).not.toContain(login?.token_hash);
    });

    it('refuses an e-mail that is taken, also when both come at once', async () => {
      const outcomes = await Promise.all([signUp(), signUp({ ...ada, name: 'Somebody else' })]);
      expect(outcomes.map((one) => one.status).sort()).toEqual([200, 409]);
      expect((await signUp()).body.error.code).toBe('email-taken');
      expect(await db.query('select 1 from persons')).toHaveLength(1);
    });

    it.each(['short', 'aaaaaaaaaaaa', 'ada@uni.example', 42])('refuses the weak password %s', async (password) => {
      const { status, body } = await signUp({ ...ada, password });
      expect([status, body.error.code]).toEqual([422, 'weak-password']);
    });

    it.each([
      ['email', { email: 'nobody' }],
      ['name', { name: '   ' }],
      ['name', { name: 'NUL \0 inside' }],
      ['timeZone', { timeZone: 'Europe/Atlantis' }],
      ['timeZone', { timeZone: '+02:00' }],
      ['language', { language: 'xx' }],
    ])('names the field %s when it is wrong', async (field, wrong) => {
      const { status, body } = await signUp({ ...ada, ...wrong });
      expect([status, body.error]).toEqual([422, { code: 'invalid', details: { field } }]);
      expect(await db.query('select 1 from persons')).toEqual([]);
    });

    it('how often one may find out that an e-mail is taken is limited', async () => {
      await signUp();
      await failFromAddress(failuresAllowed.address - 1);
      expect((await signUp()).status).toBe(409);
      expect((await signUp({ ...ada, email: 'new@uni.example' })).status).toBe(429);
    });
  });

  /** As many failures from the usual address, for an account that nobody has. */
  async function failFromAddress(count: number): Promise<void> {
    await signIn('somebody-else@uni.example', 'wrong wrong wrong');
    await db.query(
      'insert into login_failures (subject, failed_at) select subject, failed_at from login_failures, generate_series(2, $1::integer)',
      [count],
    );
  }

  describe('sign-in', () => {
    beforeEach(async () => {
      await signUp();
    });

    it('lets in with the right password, whatever the case of the e-mail', async () => {
      const { status, body, cookie } = await signIn('ADA@uni.example', ada.password);
      expect([status, body.me.name]).toEqual([200, ada.name]);
      expect((await me(cookie))?.email).toBe(ada.email);
    });

    it('gives a cookie that scripts, other sites and plain HTTP never see', async () => {
      const { set } = await signIn(ada.email, ada.password);
      expect(set).toMatchObject({ name: '__Host-stagedoor-login', httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
      expect(set).not.toHaveProperty('domain');
    });

    it('answers the same for a wrong password and for an unknown e-mail', async () => {
      const wrong = await signIn(ada.email, 'not the password');
      const unknown = await signIn('nobody@uni.example', 'not the password');
      expect([wrong.status, wrong.body]).toEqual([401, { error: { code: 'wrong-email-or-password', details: {} } }]);
      expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
    });

    it('a disabled account is kept out, and its logins are worth nothing', async () => {
      const { cookie } = await signIn(ada.email, ada.password);
      await db.query('update accounts set disabled_at = now()');
      expect(await me(cookie)).toBeNull();
      expect((await signIn(ada.email, ada.password)).body.error.code).toBe('wrong-email-or-password');
    });

    it('replaces the login that the browser had', async () => {
      const first = await signIn(ada.email, ada.password);
      const second = await send(app, 'POST', 'sign-in', ada, first.cookie);
      expect(await me(first.cookie)).toBeNull();
      expect(await me(second.cookie)).not.toBeNull();
    });

    it('needs our own page: a foreign origin is refused', async () => {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/accounts/sign-in',
        headers: { origin: 'https://evil.example' },
        payload: ada,
      });
      expect(answer.json().error.code).toBe('foreign-origin');
    });
  });

  describe('throttling', () => {
    beforeEach(async () => {
      await signUp();
    });

    it('an account: after ten failures not even the right password, from anywhere, until they are old', async () => {
      for (let index = 0; index < failuresAllowed.account; index++) {
        expect((await signIn(ada.email, 'wrong wrong wrong', `198.51.100.${index}`)).status).toBe(401);
      }
      const refused = await signIn(ada.email, ada.password, '203.0.113.7');
      expect([refused.status, refused.body.error.code]).toEqual([429, 'too-many-attempts']);
      expect(refused.body.error.details.retryAfterSeconds).toBeGreaterThan(14 * 60);
      expect(refused.body.error.details.retryAfterSeconds).toBeLessThanOrEqual(15 * 60);
      expect(refused.headers['retry-after']).toBe(String(refused.body.error.details.retryAfterSeconds));
      await db.query(`update login_failures set failed_at = failed_at - interval '16 minutes'`);
      expect((await signIn(ada.email, ada.password)).status).toBe(200);
    });

    it('an account that does not exist is throttled like one that does', async () => {
      for (let index = 0; index < failuresAllowed.account; index++)
        await signIn('nobody@uni.example', 'wrong', `198.51.100.${index}`);
      expect((await signIn('nobody@uni.example', 'wrong', '203.0.113.7')).status).toBe(429);
      expect((await signIn(ada.email, ada.password)).status).toBe(200);
    });

    it('an address: after a hundred failures, whatever the account; other addresses are free', async () => {
      await failFromAddress(failuresAllowed.address);
      expect((await signIn(ada.email, ada.password)).status).toBe(429);
      expect((await signIn(ada.email, ada.password, '203.0.113.7')).status).toBe(200);
    });

    it('success counts nothing, and forgives nothing: a campus of people signs in from one address', async () => {
      await failFromAddress(failuresAllowed.address - 1);
      for (let index = 0; index < 5; index++) expect((await signIn(ada.email, ada.password)).status).toBe(200);
      expect((await signIn('somebody@uni.example', 'wrong')).status).toBe(401);
      expect((await signIn(ada.email, ada.password)).status).toBe(429);
    });

    it('a burst can not outrun the count', async () => {
      const burst = await Promise.all(Array.from({ length: 60 }, () => signIn(ada.email, 'wrong wrong wrong')));
      const tried = burst.filter((one) => one.status === 401).length;
      expect(tried).toBeLessThan(failuresAllowed.account + 32);
      expect(burst.filter((one) => one.status === 429)).toHaveLength(60 - tried);
    });

    it('forgets failures that no longer count', async () => {
      await signIn(ada.email, 'wrong wrong wrong');
      await db.query(`update login_failures set failed_at = failed_at - interval '16 minutes'`);
      await signIn('somebody@uni.example', 'wrong');
      expect(await db.query('select 1 from login_failures')).toHaveLength(2);
    });
  });

  describe('profile', () => {
    it('changes what is given and keeps the rest', async () => {
      const { cookie } = await signUp({ ...ada, timeZone: 'Europe/Warsaw' });
      const change = { headline: ' MSc Robotics ', organisation: 'Gdynia Maritime', language: 'de' };
      const { status, body } = await send(app, 'PATCH', 'me', change, cookie);
      expect([status, body.me]).toEqual([
        200,
        expect.objectContaining({
          name: ada.name,
          headline: 'MSc Robotics',
          organisation: 'Gdynia Maritime',
          language: 'de',
          timeZone: 'Europe/Warsaw',
        }),
      ]);
      expect(await me(cookie)).toEqual(body.me);
    });

    it('an empty headline is allowed, an empty name and an unknown time zone are not', async () => {
      const { cookie } = await signUp();
      expect((await send(app, 'PATCH', 'me', { headline: '' }, cookie)).status).toBe(200);
      expect((await send(app, 'PATCH', 'me', { name: '' }, cookie)).body.error.details).toEqual({ field: 'name' });
      expect((await send(app, 'PATCH', 'me', { timeZone: 'Mars/Olympus' }, cookie)).body.error.details).toEqual({
        field: 'timeZone',
      });
      expect((await me(cookie))?.name).toBe(ada.name);
    });

    it('is nobody’s without a login', async () => {
      expect(await me('')).toBeNull();
      expect(await me('__Host-stagedoor-login=made-up')).toBeNull();
      expect((await send(app, 'PATCH', 'me', { name: 'X' })).body.error.code).toBe('signed-out');
    });
  });

  describe('logins', () => {
    it('signing out ends the login, clears the cookie and tells who listens', async () => {
      const { cookie } = await signUp();
      const [{ id: loginId } = { id: '' }] = await db.query<{ id: string }>('select id from logins');
      const ended: unknown[] = [];
      const off = server.accounts.logins.onEnded((one) => ended.push(one));
      const { status, set } = await send(app, 'POST', 'sign-out', undefined, cookie);
      off();
      expect([status, set?.value, set?.maxAge ?? set?.expires?.getTime()]).toEqual([204, '', 0]);
      expect(ended).toEqual([{ loginId }]);
      expect(await me(cookie)).toBeNull();
      expect((await send(app, 'POST', 'sign-out', undefined, cookie)).status).toBe(204);
    });

    it('a person is signed in as long as one login is left, on whatever device', async () => {
      const first = await signUp();
      const second = await signIn(ada.email, ada.password);
      const [person] = await db.query<{ id: string }>('select id from persons');
      const isSignedIn = () => server.accounts.logins.isSignedIn(person?.id ?? '');
      expect(await isSignedIn()).toBe(true);
      await send(app, 'POST', 'sign-out', undefined, first.cookie);
      expect(await isSignedIn()).toBe(true);
      await send(app, 'POST', 'sign-out', undefined, second.cookie);
      expect(await isSignedIn()).toBe(false);
    });

    it('what another server ends is told here, by hint and when the hint is lost, once', async () => {
      const other = await startServer(db, false);
      const ended: unknown[] = [];
      other.accounts.logins.onEnded((one) => ended.push(one));
      const first = await signUp();
      await send(app, 'POST', 'sign-out', undefined, first.cookie);
      await vi.waitFor(() => expect(ended).toHaveLength(1));
      const lost = vi.spyOn(db, 'notify').mockResolvedValue(undefined);
      const second = await signIn(ada.email, ada.password);
      await send(app, 'POST', 'sign-out', undefined, second.cookie);
      await vi.waitFor(() => expect(ended).toHaveLength(2), { timeout: 5000 });
      lost.mockRestore();
      await stopServer(other);
      expect(new Set(ended.map((one) => JSON.stringify(one))).size).toBe(2);
    });

    it.each([
      ['idle for two weeks', 'used_at', '15 days'],
      ['two months old, however used', 'begun_at', '61 days'],
    ])('end when %s', async (_what, column, age) => {
      const { cookie } = await signUp();
      await db.query(`update logins set ${column} = ${column} - interval '${age}'`);
      expect(await me(cookie)).toBeNull();
    });

    it('stay alive by being used', async () => {
      const { cookie } = await signUp();
      await db.query(`update logins set used_at = used_at - interval '13 days'`);
      await me(cookie);
      const [row] = await db.query(`select 1 from logins where used_at > clock_timestamp() - interval '1 minute'`);
      expect(row).toBeDefined();
    });

    it('are worth nothing to a server with another secret', async () => {
      const { cookie } = await signUp();
      const logins = (await createAccounts(db, { secret: 'another secret, also long enough', publicUrl, demo: false })).logins;
      expect(await logins.find({ cookie })).toBeNull();
      await logins.stop();
      expect(await server.accounts.logins.find({ cookie })).not.toBeNull();
    });

    it('on plain HTTP the cookie goes without Secure, so that a laptop can try it', async () => {
      const plain = await startServer(db, false, 'http://127.0.0.1:3000');
      const answer = await plain.app.inject({
        method: 'POST',
        url: '/api/accounts/sign-up',
        headers: { origin: 'http://127.0.0.1:3000' },
        payload: ada,
      });
      expect(answer.cookies[0]).toMatchObject({ name: 'stagedoor-login', httpOnly: true });
      expect(answer.cookies[0]).not.toHaveProperty('secure');
      await stopServer(plain);
    });
  });

  describe('demo people', () => {
    let withDemo: Server;
    const password = 'stagedoor-demo';
    beforeAll(async () => {
      withDemo = await startServer(db, true);
    });
    afterAll(() => stopServer(withDemo));
    beforeEach(async () => {
      const { people } = server.accounts;
      const passwordHash = await people.hashPassword(password);
      const draft = (name: string, email: string) => ({ name, account: { email, passwordHash, demo: true } });
      await db.transaction((tx) =>
        people.add(tx, [draft('Tomasz', demoEmail('host')), draft('Kwabena', demoEmail('participant'))]),
      );
    });

    it('sign in by one click or by password while demo is on', async () => {
      const click = await send(withDemo.app, 'POST', 'demo-sign-in', { kind: 'participant' });
      expect([click.body.me.email, click.body.demo]).toEqual(['participant1@demo.example', true]);
      const typed = await send(withDemo.app, 'POST', 'sign-in', { email: 'host@demo.example', password });
      expect(typed.body.me.name).toBe('Tomasz');
      const { body } = await send(withDemo.app, 'GET', 'demo-people');
      expect(body.people.map((one: { kind: string; person: { name: string } }) => [one.kind, one.person.name])).toEqual([
        ['host', 'Tomasz'],
        ['participant', 'Kwabena'],
      ]);
      expect((await send(withDemo.app, 'POST', 'demo-sign-in', { kind: 'rep' })).status).toBe(404);
    });

    it('are impossible while demo is off: no click, no password, no login from before', async () => {
      const before = await send(withDemo.app, 'POST', 'demo-sign-in', { kind: 'host' });
      expect(await me(before.cookie, withDemo.app)).not.toBeNull();
      expect(await me(before.cookie)).toBeNull();
      expect((await send(app, 'POST', 'demo-sign-in', { kind: 'host' })).body.error.code).toBe('not-found');
      expect((await signIn('host@demo.example', password)).body.error.code).toBe('wrong-email-or-password');
      expect((await send(app, 'GET', 'demo-people')).body).toEqual({ people: [] });
    });

    it('the click never signs in as somebody who only has such an address', async () => {
      await db.query('update accounts set demo = false');
      expect((await send(withDemo.app, 'POST', 'demo-sign-in', { kind: 'host' })).status).toBe(404);
    });
  });
});
