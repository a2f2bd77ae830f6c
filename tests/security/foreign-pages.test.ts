// What another site's page, a proxy's mistake or a rude client can do over HTTP: foreign origins, forms, cookies, host headers, paths outside
// the web folder, smuggled requests, endless headers, slow writers, sockets without end.
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualBodyPace } from '#platform/http/body-pace.ts';
import { closeCodes, protocolVersion } from '#platform/live/protocol.ts';
import { demoPassword } from '#shell/demo/server/ensure-demo.ts';
import type { TestApp } from '#tests/flows/app.ts';
import { soon, startTestApp } from '#tests/flows/app.ts';
import { askUpgrade, askValidate, rtcPath, validatePath } from '#tests/media-bot/ask.ts';
import { listRoutes } from './hostile-requests.ts';
import { portOf, RawSocket } from './raw-socket.ts';

const secretWords = 'outside the web folder';
let folder: string;
let app: TestApp;
let stream: string;
let cookie: string;
let foreignOrigins: string[];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'stagedoor-pages-'));
  mkdirSync(path.join(folder, 'web/assets'), { recursive: true });
  writeFileSync(path.join(folder, 'web/index.html'), '<title>Stagedoor</title>');
  writeFileSync(path.join(folder, 'web/assets/a.js'), 'plain');
  writeFileSync(path.join(folder, 'web/.hidden'), secretWords);
  writeFileSync(path.join(folder, 'outside.txt'), secretWords);
  app = await startTestApp({ webDir: path.join(folder, 'web') });
  stream = (await app.point(soon)).id;
  cookie = await app.signIn('host');
  const own = new URL(app.origin);
  foreignOrigins = [
    '',
    'null',
    'https://evil.example',
    `http://${own.host}.evil.example`,
    `http://evil.example.${own.host}`,
    `http://${own.hostname}:${Number(own.port) + 1}`,
    `http://${own.hostname}`,
    `https://${own.host}`,
    `${app.origin}/`,
    `${app.origin} https://evil.example`,
    `http://user@${own.host}`,
    'http://127.0.0.1.nip.example',
    `http://2130706433:${own.port}`,
    'file://',
    app.origin.toUpperCase(),
  ];
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const code = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;
const isStillIn = async () => (await app.get<{ me: unknown }>('/api/accounts/me', cookie)).me !== null;

describe('pages of other origins', () => {
  it('get no live socket, with the cookie of a host', async () => {
    for (const origin of foreignOrigins) {
      await expect(RawSocket.open(portOf(app), { cookie, origin }), origin).rejects.toThrow('403');
    }
    (await RawSocket.open(portOf(app), { cookie, origin: app.origin })).end();
  });

  it('get nothing from the media gate', async () => {
    for (const origin of foreignOrigins.filter(Boolean)) {
      const refusal = { status: 403, code: 'foreign-origin' };
      expect(await askUpgrade(app.origin, rtcPath(stream), { cookie, origin }), origin).toEqual(refusal);
      expect(await askValidate(app.origin, validatePath(stream), { cookie, origin }), origin).toEqual(refusal);
    }
  });

  it('can write nowhere: every route that writes refuses them before it does anything', async () => {
    const writing = (await listRoutes()).filter(
      ({ method, path: at }) => !['GET', 'HEAD', 'OPTIONS'].includes(method) && at !== '/api/media/webhook',
    );
    expect(writing.length).toBeGreaterThan(5);
    for (const { method, path: at } of writing) {
      const address = at.replace(':sessionId', stream).replace(':slug', 'baltic-career-days');
      for (const origin of foreignOrigins) {
        const answer = await fetch(`${app.origin}${address}`, {
          method,
          headers: { cookie, origin, 'content-type': 'application/json' },
          body: '{}',
        });
        expect([method, address, origin, answer.status, await code(answer)]).toEqual([
          method,
          address,
          origin,
          403,
          'foreign-origin',
        ]);
      }
    }
    expect(await isStillIn()).toBe(true);
  });

  it('are given no permission to read answers', async () => {
    for (const origin of foreignOrigins) {
      const answer = await app.request('GET', '/api/accounts/me', cookie, undefined, { origin });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      const asked = await app.request('OPTIONS', '/api/accounts/me', cookie, undefined, {
        origin,
        'access-control-request-method': 'PATCH',
      });
      expect(asked.headers.get('access-control-allow-methods')).toBeNull();
    }
  });

  it('a form or text/plain from our own origin is no JSON', async () => {
    const body = JSON.stringify({ email: 'host@demo.example', password: demoPassword });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await fetch(`${app.origin}/api/accounts/sign-in`, {
        method: 'POST',
        headers: { origin: app.origin, 'content-type': type },
        body,
      });
      expect(answer.status, type).toBeGreaterThanOrEqual(400);
      expect(answer.status, type).toBeLessThan(500);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  it('reading changes nothing: signing out by GET is no route', async () => {
    for (const method of ['GET', 'HEAD']) await app.request(method, '/api/accounts/sign-out', cookie);
    expect(await isStillIn()).toBe(true);
  });
});

describe('cookies and headers', () => {
  it('the login’s cookie is for this host alone, and never for scripts', async () => {
    const body = { email: 'participant9@demo.example', password: demoPassword };
    const [line = ''] = (await app.request('POST', '/api/accounts/sign-in', undefined, body)).headers.getSetCookie();
    expect(line).toMatch(/; HttpOnly/);
    expect(line).toMatch(/; SameSite=Lax/);
    expect(line).toMatch(/; Path=\//);
    expect(line).not.toMatch(/Domain/i);
  });

  it('every answer says what a browser may do with it', async () => {
    for (const at of ['/', '/assets/a.js', '/api/accounts/me', '/api/nowhere', '/events/x']) {
      const { headers } = await app.request('GET', at, cookie);
      expect(headers.get('content-security-policy'), at).toMatch(
        /script-src 'self' 'wasm-unsafe-eval' https:\/\/www\.youtube\.com\/iframe_api https:\/\/www\.youtube\.com\/s\/player\/;frame-src https:\/\/www\.youtube-nocookie\.com;.*object-src 'none'.*frame-ancestors 'none'/,
      );
      expect(headers.get('content-security-policy'), at).not.toMatch(/'unsafe-inline'|'unsafe-eval'/);
      expect(headers.get('x-content-type-options'), at).toBe('nosniff');
      expect(headers.get('x-frame-options'), at).not.toBeNull();
      expect(headers.get('server'), at).toBeNull();
      expect(headers.get('x-powered-by'), at).toBeNull();
    }
    expect((await app.request('GET', '/api/accounts/me', cookie)).headers.get('cache-control')).toBe('no-store');
  });

  it('nothing that is answered is made from the host header', async () => {
    const evil = 'evil.example';
    const claims: Record<string, string>[] = [{ host: evil }, { 'x-forwarded-host': evil }, { forwarded: `host=${evil}` }];
    for (const headers of claims) {
      for (const at of ['/', '/api/accounts/me', '/api/events', '/api/nowhere']) {
        const answer = await converse(
          `GET ${at} HTTP/1.1\r\n${lines({ host: 'own', cookie, ...headers })}connection: close\r\n\r\n`,
        );
        expect(answer).not.toContain(evil);
      }
    }
  });

  it('leads nobody elsewhere', async () => {
    for (const at of [
      '//evil.example',
      '//evil.example/%2e%2e',
      '/\\evil.example',
      '/%09/evil.example',
      '/?next=https://evil.example',
      '/.//evil.example',
      '/assets//evil.example/..',
      '/assets',
    ]) {
      const answer = await converse(`GET ${at} HTTP/1.1\r\n${lines({ host: 'own' })}connection: close\r\n\r\n`);
      expect(answer, at).not.toMatch(/^location:/im);
    }
  });
});

describe('static files', () => {
  const tries = [
    '/../outside.txt',
    '/assets/../../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e%2foutside.txt',
    '/assets/%2e%2e/%2e%2e/outside.txt',
    '/..%5coutside.txt',
    '/assets/..\\..\\outside.txt',
    '/%252e%252e/outside.txt',
    '/....//outside.txt',
    '/assets/%00/../../outside.txt',
    '/outside.txt%00.html',
    '/%c0%ae%c0%ae/outside.txt',
    '//../outside.txt',
    '/.hidden',
    '/%2ehidden',
    '/assets/..%00/outside.txt',
    '/./../outside.txt',
  ];
  it.each(tries)('%s shows nothing from outside', async (at) => {
    const answer = await converse(`GET ${at} HTTP/1.1\r\n${lines({ host: 'own' })}connection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|403|404) /);
    expect(answer).not.toContain(secretWords);
    expect(answer).not.toMatch(/node_modules|\bat .+:\d+/);
  });
});

describe('rude clients', () => {
  const smuggled = 'GET /api/accounts/me HTTP/1.1\r\nhost: own\r\n\r\n';
  it.each([
    ['two lengths', 'content-length: 5\r\ncontent-length: 6\r\n'],
    ['a length and chunks', `content-length: ${smuggled.length}\r\ntransfer-encoding: chunked\r\n`],
    ['chunks written strangely', 'transfer-encoding: xchunked\r\n'],
    ['chunks twice', 'transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n'],
    ['a length with a sign', 'content-length: +5\r\n'],
    ['a header name with a space', 'content-length : 5\r\n'],
    ['a folded header', 'x-a: b\r\n c: d\r\ncontent-length: 5, 6\r\n'],
    ['a bare line feed', 'x-a: b\ncontent-length: 5\r\n'],
    ['a NUL in a header', 'x-a: b\0c\r\n'],
  ])('%s: refused, and what follows is not taken for a request', async (_, headers) => {
    const answer = await converse(
      `POST /api/accounts/sign-out HTTP/1.1\r\nhost: own\r\norigin: ${app.origin}\r\n${headers}\r\n0\r\n\r\n${smuggled}`,
    );
    expect(answer.match(/HTTP\/1\.1 \d+/g) ?? []).toHaveLength(1);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it('headers without end are refused', async () => {
    const huge = await converse(`GET / HTTP/1.1\r\nhost: own\r\nx-a: ${'a'.repeat(40_000)}\r\n\r\n`);
    expect(huge).toMatch(/^HTTP\/1\.1 431 /);
    const many = await converse(
      `GET /api/accounts/me HTTP/1.1\r\nhost: own\r\n${Array.from({ length: 2_500 }, (_, n) => `x${n}: 1\r\n`).join('')}connection: close\r\n\r\n`,
    );
    expect(many).toMatch(/^HTTP\/1\.1 (200|400|431) /);
  });

  it('a body larger than allowed is refused, whether it says so or not', async () => {
    const big = 'x'.repeat(300 * 1024);
    const said = await converse(
      `POST /api/accounts/sign-in HTTP/1.1\r\nhost: own\r\norigin: ${app.origin}\r\ncontent-type: application/json\r\ncontent-length: ${big.length}\r\n\r\n${big}`,
    );
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    const chunk = `${big.length.toString(16)}\r\n${big}\r\n0\r\n\r\n`;
    const chunked = await converse(
      `POST /api/accounts/sign-in HTTP/1.1\r\nhost: own\r\norigin: ${app.origin}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`,
    );
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('whoever writes slowly is cut off, and holds up nobody', async () => {
    const { headersTimeout, keepAliveTimeout } = app.server.app.server;
    expect(headersTimeout).toBeGreaterThan(0);
    expect(headersTimeout).toBeLessThanOrEqual(20_000);
    expect(usualBodyPace.longestMs).toBeLessThanOrEqual(300_000);
    expect(usualBodyPace.windowMs).toBeLessThanOrEqual(60_000);
    expect(keepAliveTimeout).toBeGreaterThan(0);
    const slow = Array.from({ length: 200 }, () => connect(portOf(app), '127.0.0.1'));
    for (const socket of slow) socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nhost: own\r\nx-a:');
    expect(await isStillIn()).toBe(true);
    for (const socket of slow) socket.destroy();
  });

  it('one login with sockets without end has a few of them, and everybody else theirs', async () => {
    const greedy = await app.signIn('participant9');
    const neighbour = await app.join('participant8', stream);
    const opened: RawSocket[] = [];
    for (let n = 0; n < 60; n += 1) {
      const raw = await RawSocket.open(portOf(app), { cookie: greedy, origin: app.origin });
      raw.say({ t: 'hello', v: protocolVersion, stream, as: 'participant', opening: randomUUID(), have: [] });
      await raw.heardMore(0, 10_000);
      opened.push(raw);
    }
    for (const raw of opened.slice(0, 44)) await raw.heardMore(raw.heard.length, 10_000);
    expect(opened.slice(0, 44).every((raw) => [0, closeCodes.tooMany].includes(raw.closeCode))).toBe(true);
    expect(opened.slice(0, 44).filter((raw) => raw.closeCode === 0 && !raw.closed)).toEqual([]);
    expect(opened.slice(44).filter((raw) => raw.closed || raw.closeCode !== 0)).toEqual([]);
    const kept = () =>
      app.server.db.query(
        "select 1 from openings where stream_id = $1 and person_id = (select person_id from accounts where email = 'participant9@demo.example')",
        [stream],
      );
    await expect.poll(kept).toHaveLength(20);
    const asked = await Promise.all(
      Array.from({ length: 150 }, () => askValidate(app.origin, validatePath(stream), { cookie: greedy })),
    );
    expect(asked.filter((one) => one.code === 'media-busy').length).toBeGreaterThan(50);
    expect((await askValidate(app.origin, validatePath(stream), { cookie })).code).not.toBe('media-busy');
    expect(neighbour.closedWith).toBeNull();
    expect(await isStillIn()).toBe(true);
    for (const raw of opened) raw.end();
  });
});

const lines = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

/** Everything that the server says until it closes the connection, or has been silent for a while after an answer. */
function converse(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(portOf(app), '127.0.0.1');
    let answer = '';
    const finish = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_500, finish);
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', finish);
    socket.on('close', finish);
    socket.write(bytes, 'latin1');
  });
}
