// Proves the store on a real disk: nothing outside it, nothing left of what was cut, one file for the same content.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FileStore } from './contract.ts';
import { TooManyBytes } from './contract.ts';
import { openFileStore } from './file-store.ts';

let folder: string;
let store: FileStore;
const everything = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const kept = async (text: string) => {
  const received = await store.receive(Readable.from([Buffer.from(text)]), 100);
  await store.keep(received);
  return received;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stagedoor-files-'));
  store = await openFileStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('keeps a file under the hash of its bytes, the same content once', async () => {
  const { hash, bytes } = await kept('slides');
  expect({ hash, bytes }).toEqual({ hash: hashOf('slides'), bytes: 6 });
  await kept('slides');
  expect(everything()).toEqual([hash]);
  expect(await store.find(hash)).toMatchObject({ bytes: 6 });
  expect(await store.find(hashOf('other'))).toBeNull();
  const listed: string[] = [];
  for await (const one of store.list()) listed.push(one);
  expect(listed).toEqual([hash]);
});

test('has every folder on the way to a kept file on disk before it says that it is kept', async () => {
  const handle = await open(folder);
  const synced: number[] = [];
  const sync = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'sync').mockImplementation(async function (
    this: FileHandle,
  ) {
    synced.push((await this.stat()).ino);
  });
  await openFileStore(folder);
  expect(synced).toEqual([statSync(folder).ino, statSync(dirname(folder)).ino]);
  synced.length = 0;
  const { hash } = await kept('slides');
  expect(synced).toEqual([statSync(join(folder, hash.slice(0, 2))).ino, statSync(folder).ino]);
  sync.mockRestore();
  await handle.close();
});

test('leaves nothing of what is too long, breaks off or is dropped', async () => {
  await expect(store.receive(Readable.from([Buffer.alloc(60), Buffer.alloc(60)]), 100)).rejects.toBeInstanceOf(TooManyBytes);
  const cut = new Readable({ read() {} });
  const receiving = store.receive(cut, 100);
  cut.push('half');
  cut.destroy(new Error('cut'));
  await expect(receiving).rejects.toThrow('cut');
  await store.drop(await store.receive(Readable.from([Buffer.from('unwanted')]), 100));
  expect(everything()).toEqual([]);
});

test('takes what was derived away together with its file', async () => {
  const { hash } = await kept('slides');
  await store.writeDerived(hash, 'page-1.webp', Buffer.from('picture'));
  expect(String(await store.readDerived(hash, 'page-1.webp'))).toBe('picture');
  expect(await store.readDerived(hash, 'page-2.webp')).toBeNull();
  await store.remove(hash);
  await store.remove(hash);
  expect(everything()).toEqual([]);
});

test('names nothing outside its folder', async () => {
  for (const hash of ['../../x', `${'a'.repeat(62)}/.`, 'A'.repeat(64), ''])
    await expect(store.find(hash)).rejects.toThrow('Not a hash');
  await expect(store.readDerived('a'.repeat(64), '../x.webp')).rejects.toThrow('Not the name');
});

test('sweeps what a killed server left, and nothing that is being written elsewhere', async () => {
  const old = join(folder, 'incoming', 'old');
  writeFileSync(old, 'x');
  utimesSync(old, new Date(0), new Date(0));
  writeFileSync(join(folder, 'incoming', 'young'), 'x');
  expect(await store.sweep(60_000)).toBe(1);
  expect(everything()).toEqual(['young']);
  await store.writeDerived(hashOf('gone'), 'page-1.webp', Buffer.from('picture'));
  expect(await store.sweep(-1)).toBe(1);
  expect(everything()).toEqual([]);
});

test('knows how much room the disk has', async () => {
  expect(await store.roomLeft()).toBeGreaterThan(0);
});
