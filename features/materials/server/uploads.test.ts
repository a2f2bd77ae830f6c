// Proves what an upload meets when the disk is full, others are uploading, the sender leaves, or the Session refuses: a reason, and nothing left.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileStore } from '#platform/files/contract.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import type { Command, Outcome } from '#platform/log/contract.ts';
import { deck } from '#tests/materials/decks.ts';
import type { PdfReader } from './pdf-reader.ts';
import type { Upload, UploadParts } from './uploads.ts';
import { createUploads, nameOf } from './uploads.ts';

const bytes = deck({ pages: 2 });
let folder: string;
let store: FileStore;
let outcome: Outcome;
let commands: Command[];
let rows: string[];
let sweeps: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stagedoor-uploads-'));
  store = await openFileStore(folder);
  outcome = { ok: true, head: 1 };
  commands = [];
  rows = [];
  sweeps = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const query = async (text: string, params: readonly unknown[] = []) => {
  if (text.startsWith('insert')) rows.push(String(params[1]));
  if (text.startsWith('delete')) rows = rows.filter((one) => one !== params[1]);
  return [];
};
const reader = { inspect: async () => ({ pages: 2, aspect: 1.5 }) } as unknown as PdfReader;
function uploads(more: Partial<UploadParts> = {}) {
  const db = { query, transaction: (work: (tx: unknown) => unknown) => work({ query }) };
  return createUploads({
    db: db as unknown as UploadParts['db'],
    log: {
      submit: async (_stream, _actor, command) => {
        commands.push(command);
        return outcome;
      },
    },
    store,
    keeper: { sweep: async () => void sweeps++, close: async () => undefined },
    reader,
    thumbnails: { page: async () => null, prepare: () => undefined },
    limits: { maxBytes: 100_000, maxPages: 5 },
    ...more,
  });
}
const sent = (content: Uint8Array, more: Partial<Upload> = {}): Upload => ({
  sessionId: 's',
  materialId: 'm',
  by: 'ada',
  fileName: 'Slides.pdf',
  from: Object.assign(Readable.from([Buffer.from(content)], { objectMode: false }), {
    headers: { 'content-length': String(content.length) },
  }) as unknown as IncomingMessage,
  isGone: () => false,
  ...more,
});
const leftBehind = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

test('MA20 is added with what was read of it', async () => {
  expect(await uploads()(sent(bytes))).toMatchObject({ kind: 'pdf', id: 'm', name: 'Slides', pages: 2, bytes: bytes.length });
  expect(commands).toMatchObject([{ id: 'm', type: 'materials.add', body: { by: 'ada', pages: 2 } }]);
  expect(rows).toEqual(['m']);
  expect(leftBehind()).toHaveLength(1);
});

test.each<[string, () => Partial<FileStore>]>([
  ['announced', () => ({ roomLeft: async () => bytes.length - 1 })],
  ['met on the way', () => ({ receive: async () => Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' })) })],
])('MA20 a full disk, %s, is said in words', async (_when, full) => {
  const upload = uploads({ store: { ...store, ...full() } });
  await expect(upload(sent(bytes))).rejects.toMatchObject({ code: 'storage-full', status: 507 });
  expect([commands, leftBehind()]).toEqual([[], []]);
});

test('MA20 a disk that fills up while it is written leaves nothing, and what nothing uses is swept', async () => {
  const upload = uploads({
    store: { ...store, keep: async () => Promise.reject(Object.assign(new Error(), { code: 'EDQUOT' })) },
  });
  await expect(upload(sent(bytes))).rejects.toMatchObject({ code: 'storage-full' });
  expect([commands, rows, leftBehind(), sweeps]).toEqual([[], [], [], 1]);
});

test('MA20 what the Session does not take any more leaves neither row nor file in use', async () => {
  outcome = { ok: false, refusal: { code: 'materials-full', details: { limit: 100 } } };
  await expect(uploads()(sent(bytes))).rejects.toMatchObject({ code: 'materials-full', status: 409, details: { limit: 100 } });
  expect([rows, sweeps]).toEqual([[], 1]);
});

test('MA20 who leaves while it is read wants it no longer', async () => {
  await expect(uploads()(sent(bytes, { isGone: () => true }))).rejects.toMatchObject({ code: 'upload-cut' });
  expect([commands, rows, leftBehind()]).toEqual([[], [], []]);
});

test('MA20 three at once for one person, twelve in all; the next is told to wait, and its turn comes', async () => {
  const ends: (() => void)[] = [];
  const inspect = () =>
    new Promise<{ pages: number; aspect: number }>((resolve) => ends.push(() => resolve({ pages: 1, aspect: 1 })));
  const upload = uploads({ reader: { inspect } as unknown as PdfReader });
  const running = Array.from({ length: 12 }, (_, index) => upload(sent(bytes, { by: `person ${index % 4}` })));
  await expect(upload(sent(bytes, { by: 'person 0' }))).rejects.toMatchObject({ code: 'uploads-busy', status: 429 });
  await expect(upload(sent(bytes, { by: 'somebody else' }))).rejects.toMatchObject({ code: 'uploads-busy' });
  await expect.poll(() => ends.length).toBe(12);
  for (const end of ends.splice(0)) end();
  await Promise.all(running);
  const last = upload(sent(bytes, { by: 'somebody else' }));
  await expect.poll(() => ends.length).toBe(1);
  ends[0]?.();
  expect(await last).toMatchObject({ kind: 'pdf' });
});

test.each([
  ['C:\\decks\\Robots.PDF', 'Robots'],
  ['../../etc/passwd', 'passwd'],
  ['..', 'Presentation'],
  ['\u202e.pdf', 'Presentation'],
  ['', 'Presentation'],
  ['a.b.pdf', 'a.b'],
])('names a file %j', (fileName, name) => {
  expect(nameOf(fileName)).toBe(name);
});
