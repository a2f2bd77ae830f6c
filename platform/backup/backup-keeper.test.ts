// When the embedded database is saved, how many backups stay, and what they cost in room.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import type { FileStore } from '#platform/files/contract.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import type { BackupKeeper } from './backup-keeper.ts';
import { createBackupKeeper } from './backup-keeper.ts';
import { filesPath } from './layout.ts';

const hour = 60 * 60_000;
let root: string;
let folder: string;
let db: Db;
let store: FileStore;
let keeper: BackupKeeper | null;
let nowMs: number;
const logger = { info: vi.fn(), warn: vi.fn() };

beforeAll(async () => {
  db = await openEmbeddedDatabase({ dataDir: 'memory://', logger: quietLogger });
  await migrate(db);
});
afterAll(() => db.close());
beforeEach(async () => {
  vi.clearAllMocks();
  await db.query('update migrations set applied_at = clock_timestamp()');
  root = await mkdtemp(join(tmpdir(), 'stagedoor-keeper-'));
  folder = join(root, 'backups');
  store = await openFileStore(join(root, 'files'));
  nowMs = Date.now();
  keeper = null;
});
afterEach(async () => {
  await keeper?.close();
  await rm(root, { recursive: true });
});

const clock = { now: vi.fn(() => nowMs), elapsedMs: () => performance.now() };
const start = (keep = 24) => {
  keeper = createBackupKeeper({ db, store, clock, logger, folder, everyMs: hour, keep, lookMs: 5 });
};
const names = async () => (existsSync(folder) ? (await readdir(folder)).sort() : []);
const nameAt = (ms: number) => `${new Date(ms).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
const written = (count: number) => vi.waitFor(() => expect(logger.info).toHaveBeenCalledTimes(count), 10_000);

async function keepFile(content: string): Promise<{ hash: string; path: string }> {
  const received = await store.receive(Readable.from([content]), 1000);
  await store.keep(received);
  return { hash: received.hash, path: (await store.find(received.hash))?.path ?? '' };
}

it('writes one each hour, counted from the database’s own beginning or from the last one, and keeps the newest', async () => {
  await mkdir(join(folder, `${nameAt(nowMs)}.partial`), { recursive: true });
  start(2);
  const expected: string[] = [];
  for (let at = 1; at <= 3; at += 1) {
    nowMs += hour - 2000;
    const looks = clock.now.mock.calls.length;
    await vi.waitFor(() => expect(clock.now.mock.calls.length).toBeGreaterThan(looks + 2));
    expect(logger.info).toHaveBeenCalledTimes(at - 1);
    nowMs += 3000;
    expected.push(nameAt(nowMs));
    await written(at);
    // Another server in its place knows when the last one was.
    await keeper?.close();
    start(2);
  }
  expect(await names()).toEqual(expected.slice(-2));
  expect(logger.warn).not.toHaveBeenCalled();
});

it('gives files a second name instead of a copy, which lasts until the last backup that has it is gone', async () => {
  const { hash, path } = await keepFile('slides');
  start(2);
  nowMs += hour;
  await written(1);
  expect((await stat(path)).nlink).toBe(2);
  nowMs += hour;
  await written(2);
  expect((await stat(path)).nlink).toBe(3);
  await store.remove(hash);
  const [oldest = ''] = await names();
  const kept = await (await openFileStore(filesPath(join(folder, oldest)))).find(hash);
  expect((await stat(kept?.path ?? '')).nlink).toBe(2);
});

it('takes nothing for a file that only has its name', async () => {
  const { hash, path } = await keepFile('slides on another disk');
  const { find } = store;
  // A path on a file system of its own.
  store = { ...store, find: async (one) => (one === hash ? { path: '/proc/version', bytes: 1 } : find(one)) };
  start();
  nowMs += hour;
  await vi.waitFor(() => expect(logger.warn).toHaveBeenCalled());
  expect(await names()).toEqual([]);
  expect(String(logger.warn.mock.calls[0]?.[0].error)).toContain('damaged');
  expect((await stat(path)).nlink).toBe(1);
});

it('only warns where there is no room, leaves nothing, and tries again later', async () => {
  const { roomLeft } = store;
  store = { ...store, roomLeft: async () => 1000 };
  start();
  nowMs += hour;
  await vi.waitFor(() => expect(logger.warn).toHaveBeenCalledTimes(1));
  expect(logger.warn.mock.calls[0]?.[1]).toContain('the disk is full');
  expect(await names()).toEqual([]);
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  store.roomLeft = roomLeft;
  nowMs += hour / 6;
  await written(1);
  expect(logger.warn).toHaveBeenCalledTimes(1);
});

it('writes one at once where the clock was set back, and not where the folder cannot be written', async () => {
  await mkdir(join(folder, nameAt(nowMs + 48 * hour)), { recursive: true });
  await mkdir(filesPath(join(folder, nameAt(nowMs + 48 * hour))), { recursive: true });
  start();
  await written(1);
  await keeper?.close();
  folder = join(root, 'a-file');
  await writeFile(folder, '');
  start();
  nowMs += hour;
  await vi.waitFor(() => expect(logger.warn).toHaveBeenCalled());
});
