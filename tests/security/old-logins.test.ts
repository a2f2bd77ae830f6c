// Cookies that are old, broken or somebody else's are worth nothing; guessing passwords is limited, and tells nothing of which accounts exist.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeCodes } from '#platform/live/protocol.ts';
import { failuresAllowed } from '#shell/accounts/server/throttle.ts';
import { demoPassword } from '#shell/demo/server/ensure-demo.ts';
import type { TestApp } from '#tests/flows/app.ts';
import { soon, startTestApp } from '#tests/flows/app.ts';
import { LiveClient } from '#tests/flows/live-client.ts';
import { askUpgrade, askValidate, rtcPath, validatePath } from '#tests/media-bot/ask.ts';

let app: TestApp;
let stream: string;
beforeAll(async () => {
  app = await startTestApp();
  stream = (await app.point(soon)).id;
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.server.db.query('delete from login_failures');
});

const nameOf = (cookie: string) => cookie.split('=')[0] as string;
const tokenOf = (cookie: string) => cookie.split('=')[1] as string;

/** Nothing that needs a login lets the cookie in: HTTP, live socket, media gate. */
async function expectWorthNothing(cookie: string, why: string): Promise<void> {
  expect((await app.get<{ me: unknown }>('/api/accounts/me', cookie)).me, why).toBeNull();
  for (const [method, path] of [
    ['GET', '/api/events'],
    ['GET', `/api/sessions/${stream}`],
    ['GET', `/api/sessions/${stream}/chat?channel=everyone&before=9`],
    ['PATCH', '/api/accounts/me'],
    ['POST', '/api/accounts/password'],
  ] as const) {
    expect((await app.request(method, path, cookie, method === 'GET' ? undefined : { name: 'Taken over' })).status, why).toBe(
      401,
    );
  }
  const client = await new LiveClient({ origin: app.origin, cookie, stream, as: 'speaker' }).connect();
  expect([why, client.closedWith, client.wire]).toEqual([why, closeCodes.signedOut, []]);
  const refusal = { status: 403, code: 'signed-out' };
  expect(await askUpgrade(app.origin, rtcPath(stream), { cookie }), why).toEqual(refusal);
  expect(await askValidate(app.origin, validatePath(stream), { cookie }), why).toEqual(refusal);
}

describe('a cookie', () => {
  it('after signing out is worth nothing, however often it is sent', async () => {
    const cookie = await app.signIn('host');
    await app.request('POST', '/api/accounts/sign-out', cookie);
    await expectWorthNothing(cookie, 'signed out');
    expect((await app.request('POST', '/api/accounts/sign-out', cookie)).status).toBe(204);
    await expectWorthNothing(cookie, 'signed out twice');
  });

  it.each([
    ['not used for two weeks', "used_at = clock_timestamp() - interval '14 days'"],
    ['sixty days old, although in use', "begun_at = clock_timestamp() - interval '60 days'"],
  ])('%s is worth nothing, and what it opened is closed', async (why, change) => {
    const cookie = await app.signIn('participant7');
    const open = await new LiveClient({ origin: app.origin, cookie, stream, as: 'participant' }).connect();
    await app.server.db.query(
      `update logins set ${change} where person_id = (select person_id from accounts where email = 'participant7@demo.example')`,
    );
    await open.until(() => open.closedWith === closeCodes.signedOut, 'the socket to be closed');
    await expectWorthNothing(cookie, why);
  });

  it('that is broken, made up, or what the database holds, is worth nothing', async () => {
    const cookie = await app.signIn('host');
    const [name, token] = [nameOf(cookie), tokenOf(cookie)];
    const [row] = await app.server.db.query<{ id: string; hash: string; person: string }>(
      'select id, token_hash as hash, person_id as person from logins order by begun_at desc limit 1',
    );
    const flipped = `${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`;
    const forged = [
      flipped,
      token.slice(0, -1),
      `${token}A`,
      ` ${token} x`,
      token.toLowerCase(),
      randomBytes(32).toString('base64url'),
      row?.hash,
      row?.id,
      row?.person,
      '',
      'null',
      '%00',
      "' or 1=1 --",
      '__proto__',
      `${token}%00`,
      'x'.repeat(4000),
    ];
    for (const value of forged) await expectWorthNothing(`${name}=${value}`, `forged ${value}`);
    await expectWorthNothing(`${name}X=${token}`, 'of another name');
    await expectWorthNothing(`${name}=${flipped}; ${name}=${token}`, 'planted before the real one');
    expect((await app.get<{ me: unknown }>('/api/accounts/me', cookie)).me).not.toBeNull();
  });

  it('says who one is; nothing that a request says of a person counts', async () => {
    const [host, participant] = [await app.signIn('host'), await app.signIn('participant8')];
    const idOf = async (cookie: string) => (await app.get<{ me: { id: string; name: string } }>('/api/accounts/me', cookie)).me;
    const [victim, own] = [await idOf(host), await idOf(participant)];
    const claims = {
      id: victim.id,
      personId: victim.id,
      person_id: victim.id,
      email: 'host@demo.example',
      role: 'organiser',
      isAdmin: true,
    };
    const answer = await app.request(
      'PATCH',
      `/api/accounts/me?id=${victim.id}&personId=${victim.id}`,
      participant,
      { headline: 'mine', ...claims },
      { 'x-user-id': victim.id },
    );
    expect(await answer.json()).toMatchObject({ me: { id: own.id, headline: 'mine', email: 'participant8@demo.example' } });
    expect((await idOf(host)).name).toBe(victim.name);
    const client = await app.join('participant8', stream, 'speaker');
    expect((await client.send('lifecycle.end', { personId: victim.id, actor: { kind: 'system' }, as: 'speaker' }))?.code).toBe(
      'not-allowed',
    );
  });

  it('that an attacker planted does not become a login by signing in', async () => {
    const planted = `${nameOf(await app.signIn('host'))}=${randomBytes(32).toString('base64url')}`;
    const body = { email: 'participant9@demo.example', password: demoPassword };
    const answer = await app.request('POST', '/api/accounts/sign-in', planted, body);
    expect(answer.headers.getSetCookie()[0]).not.toContain(tokenOf(planted));
    await expectWorthNothing(planted, 'planted');
  });
});

describe('guessing', () => {
  const guess = (email: string, password = 'wrong wrong wrong', headers: Record<string, string> = {}) =>
    app.request('POST', '/api/accounts/sign-in', undefined, { email, password }, headers);

  it('an account bears few guesses, from however many addresses a client claims to come', async () => {
    for (let n = 0; n < failuresAllowed.account; n += 1) {
      expect((await guess('participant10@demo.example', undefined, { 'x-forwarded-for': `198.51.100.${n}` })).status).toBe(401);
    }
    const answer = await guess('participant10@demo.example', demoPassword, { 'x-forwarded-for': '203.0.113.9' });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await guess('participant11@demo.example', demoPassword)).status).toBe(200);
  });

  it('ways to write the same e-mail are one account', async () => {
    const ways = ['participant12@demo.example', 'PARTICIPANT12@demo.example', 'Participant12@Demo.Example'];
    for (let n = 0; n < failuresAllowed.account; n += 1) await guess(ways[n % ways.length] as string);
    expect((await guess('participant12@demo.example', demoPassword)).status).toBe(429);
  });

  it('tells nothing of which accounts exist: same answer, same headers, same work', async () => {
    const shape = async (answer: Response) => ({
      status: answer.status,
      body: await answer.text(),
      headers: [...answer.headers.keys()].filter((name) => name !== 'date').sort(),
    });
    expect(await shape(await guess('participant13@demo.example'))).toEqual(
      await shape(await guess('nobody-at-all@demo.example')),
    );
    const times: Record<string, number[]> = { known: [], unknown: [] };
    for (let n = 0; n < 9; n += 1) {
      for (const [kind, email] of [
        ['known', `participant${14 + n}@demo.example`],
        ['unknown', `nobody${n}@demo.example`],
      ] as const) {
        const begun = performance.now();
        await guess(email);
        times[kind]?.push(performance.now() - begun);
      }
    }
    const median = (list: number[] = []) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number;
    // Hashing takes many milliseconds; without it an unknown e-mail would be answered in one or two.
    console.log(
      `Sign-in refused after ${median(times.known).toFixed(1)} ms for a known e-mail, ${median(times.unknown).toFixed(1)} ms for an unknown one`,
    );
    expect(median(times.unknown)).toBeGreaterThan(median(times.known) / 4);
  });
});
