// Owns the proof of `npm start` as a whole: what dies comes back alone, every way of ending ends all, and the next start finds its way.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noted } from '#tools/launcher/pid-files.ts';
import { isRunning, type ProcessIdentity } from '#tools/launcher/processes.ts';
import { freePort } from './app.ts';

const root = path.resolve(import.meta.dirname, '../..');
const parts = ['launcher', 'app', 'sfu'] as const;
type Part = (typeof parts)[number];

let folder: string;
let port: number;
let started: ChildProcess[];
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stagedoor-start-'));
  port = await freePort();
  started = [];
});
afterEach(async () => {
  for (const child of started) child.kill('SIGTERM');
  await until(() => parts.every((part) => identityOf(part) === null));
  rmSync(folder, { recursive: true, force: true });
});

const until = <T>(look: () => T | Promise<T>) =>
  vi.waitFor(
    async () => {
      const seen = await look();
      if (!seen) throw new Error('not yet');
      return seen;
    },
    { timeout: 90_000, interval: 50 },
  );

const identityOf = (part: Part) => noted(path.join(folder, 'data'), part);
const identities = () => parts.map((part) => identityOf(part)).filter((one) => one !== null) as ProcessIdentity[];
const healthy = () =>
  fetch(`http://127.0.0.1:${port}/api/health`).then(
    (answer) => answer.ok,
    () => false,
  );

/** As npm does it, in a group of its own as a terminal does. */
async function start() {
  const env = { ...process.env, DATA_DIR: path.join(folder, 'data'), PORT: String(port), LIVEKIT_PORT: String(await freePort()) };
  const child = spawn(process.execPath, ['tools/bootstrap.mjs', 'start'], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, ended, text: () => text };
}

async function startReady() {
  const launched = await start();
  await until(() => launched.text().includes(`Stagedoor is ready: http://localhost:${port}`)).catch((error) => {
    throw new Error(launched.text(), { cause: error });
  });
  return launched;
}

test('app server and SFU die alone, and come back', async () => {
  await startReady();
  const before = new Map(parts.map((part) => [part, identityOf(part)]));
  process.kill(before.get('app')?.pid as number, 'SIGKILL');
  await until(() => identityOf('app') && identityOf('app')?.pid !== before.get('app')?.pid);
  await until(healthy);
  expect(identityOf('sfu')).toEqual(before.get('sfu'));
  const secondApp = identityOf('app');
  process.kill(before.get('sfu')?.pid as number, 'SIGKILL');
  await until(() => identityOf('sfu') && identityOf('sfu')?.pid !== before.get('sfu')?.pid);
  await until(healthy);
  expect(identityOf('app')).toEqual(secondApp);
});

test('Ctrl-C ends everything in less than 5 seconds', async () => {
  const { child, ended } = await startReady();
  const all = identities();
  expect(all).toHaveLength(3);
  const began = Date.now();
  // The terminal tells the whole group in front.
  process.kill(-(child.pid as number), 'SIGINT');
  expect(await ended).toBe(0);
  expect(Date.now() - began).toBeLessThan(5_000);
  expect(all.filter(isRunning)).toEqual([]);
});

test('SIGTERM ends everything in less than 5 seconds', async () => {
  const { child, ended } = await startReady();
  const all = identities();
  const began = Date.now();
  child.kill('SIGTERM');
  await ended;
  expect(Date.now() - began).toBeLessThan(5_000);
  expect(all.filter(isRunning)).toEqual([]);
});

test('a killed launcher leaves nothing that stands in the way of the next start', async () => {
  await startReady();
  const all = identities();
  process.kill(identityOf('launcher')?.pid as number, 'SIGKILL');
  await startReady();
  expect(all.filter(isRunning)).toEqual([]);
});

test('a second start with the same DATA_DIR is told which process has it, and harms nothing', async () => {
  await startReady();
  const all = identities();
  const second = await start();
  expect(await second.ended).toBe(1);
  expect(second.text()).toContain(
    `already runs with the data in ${path.join(folder, 'data')} (process ${identityOf('launcher')?.pid})`,
  );
  expect(all.filter(isRunning)).toEqual(all);
  expect(await healthy()).toBe(true);
});
