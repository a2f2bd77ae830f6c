// The built web as a browser gets it: also what was built anew under a running server.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '#platform/logger/create-logger.ts';
import { createHttpApp } from './app.ts';
import { registerWeb } from './web.ts';

const folder = mkdtempSync(join(tmpdir(), 'stagedoor-web-'));
let app: Awaited<ReturnType<typeof createHttpApp>>;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<title>first</title>');
  writeFileSync(join(folder, 'assets/a-1.js'), 'plain');
  writeFileSync(join(folder, 'assets/a-1.js.br'), 'pressed');
  app = await createHttpApp({ publicUrl: 'http://localhost:3000', logger: createLogger('silent') });
  await registerWeb(app, folder);
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (url: string, encoding = '') => app.inject({ url, headers: encoding ? { 'accept-encoding': encoding } : {} });

test('every page address gives the page, never kept by the browser', async () => {
  for (const url of ['/', '/events', '/sessions/01a20a1d?x=1']) {
    const answer = await get(url);
    expect([answer.statusCode, answer.body]).toEqual([200, '<title>first</title>']);
    expect(answer.headers['cache-control']).toBe('no-cache');
  }
});

test('assets are kept for long, and come compressed where that is understood', async () => {
  const pressed = await get('/assets/a-1.js', 'br');
  expect([pressed.body, pressed.headers['content-encoding']]).toEqual(['pressed', 'br']);
  const plain = await get('/assets/a-1.js');
  expect(plain.body).toBe('plain');
  expect(plain.headers['cache-control']).toContain('immutable');
});

test('an asset or an API address that is not there is a 404, not the page', async () => {
  for (const url of ['/assets/gone.js', '/api/nowhere', '/../package.json', '/%2e%2e/package.json']) {
    expect((await get(url)).statusCode).toBe(404);
  }
});

test('what is built anew under a running server is served', async () => {
  writeFileSync(join(folder, 'index.html'), '<title>second</title>');
  writeFileSync(join(folder, 'assets/a-2.js'), 'new');
  expect((await get('/events')).body).toBe('<title>second</title>');
  expect((await get('/assets/a-2.js')).body).toBe('new');
});
