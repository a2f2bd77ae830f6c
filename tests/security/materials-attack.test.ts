// Files that mean no good, uploads that break off, and a hundred at once: no crash, nothing outside the store, nothing left behind.
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Material } from '#features/materials/contract.ts';
import { sweepFiles } from '#features/materials/server/file-rows.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { errorText } from '#platform/ui/error-texts.ts';
import type { TestApp } from '#tests/flows/app.ts';
import { soon, startTestApp } from '#tests/flows/app.ts';
import type { FlowDatabase } from '#tests/flows/flow-databases.ts';
import { flowDatabases } from '#tests/flows/flow-databases.ts';
import { type AttackFile, attackFiles } from '#tests/materials/attack-files.ts';
import { deck, hashOf, heavyDeck } from '#tests/materials/decks.ts';
import { materialsPath, upload } from '#tests/materials/upload.ts';
import { startWatchedServer } from './watched-server.ts';

const speakers = ['host', 'cohost', 'organiser'];
const mostAttempts = 300;
const busy = 429;
const megabyte = 1024 * 1024;

let database: FlowDatabase;
let app: TestApp;
let session: string;
let cookies: string[];
let outside: string[];

const folder = (...path: string[]) => join(database.config.dataDir, ...path);
const filesIn = (path: string) => readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
/** Kept uploads, by their names. */
const stored = () =>
  filesIn(folder('files'))
    .filter((entry) => !/derived|incoming/.test(entry.parentPath))
    .map((entry) => entry.name)
    .sort();
const items = async () => (await app.get<{ items: Material[] }>(materialsPath(session), cookies[0] ?? '')).items;
const sender = (index: number) => ({ app, session, cookie: cookies[index % cookies.length] ?? '' });

async function nothingAstray(): Promise<void> {
  expect(readdirSync(database.config.dataDir).sort()).toEqual(outside);
  expect(readdirSync(folder('files', 'incoming'))).toEqual([]);
  // An upload whose sender left at the last moment is kept and added one after the other.
  const agree = async () => {
    const named = (await items()).flatMap((one) => (one.kind === 'pdf' ? [one.file] : []));
    return { stored: stored(), named: [...new Set(named)].sort() };
  };
  await expect.poll(agree, { timeout: 30_000 }).toSatisfy(({ stored: kept, named }) => String(kept) === String(named));
  expect((await app.request('GET', '/api/health')).status).toBe(200);
}
async function removeAll(): Promise<void> {
  for (const { id } of await items())
    await app.request('DELETE', `${materialsPath(session)}/${id}?id=${crypto.randomUUID()}`, cookies[0]);
  await sweepFiles(app.server.db, await openFileStore(folder('files')));
}

/** As a patient browser: who is told to wait tries again. */
async function send(
  file: AttackFile,
  index: number,
): Promise<{ file: AttackFile; status: number; code: string | null; name: string }> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const { status, code, material } = await upload(sender(index), file.bytes, { name: file.fileName ?? 'x.pdf' });
    if (status !== busy) return { file, status, code, name: material?.name ?? '' };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${file.title} never came to its turn`);
}

describe.each(flowDatabases.slice(0, 1))('hostile uploads on the $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
    app = await startTestApp(database.config);
    session = (await app.point(soon)).id;
    cookies = await Promise.all(speakers.map((name) => app.signIn(name)));
    outside = readdirSync(database.config.dataDir).sort();
  });
  afterAll(async () => {
    await app.close();
    await database.end();
  });

  it('MA20 each is refused in words or taken as what it is', async () => {
    const files = attackFiles();
    expect(files.length).toBeGreaterThanOrEqual(80);
    const answers: Awaited<ReturnType<typeof send>>[] = [];
    const queue = files.entries();
    // Each speaker sends one after the other.
    const work = speakers.map(async () => {
      for (const [index, file] of queue) answers.push(await send(file, index));
    });
    await Promise.all(work);
    const astray = answers.filter(
      ({ file, status, code }) => !file.verdicts.includes((status === 201 ? 'shown' : code) as never),
    );
    expect(astray.map(({ file, status, code }) => [file.title, status, code])).toEqual([]);
    const codes = new Set(answers.flatMap(({ code }) => code ?? []));
    expect([...codes].filter((code) => errorText(code) === errorText('no-such-code'))).toEqual([]);
    for (const code of ['not-a-pdf', 'pdf-empty', 'pdf-damaged', 'pdf-encrypted', 'pdf-too-many-pages'])
      expect(codes).toContain(code);
    for (const { status, name } of answers.filter((one) => one.status === 201)) {
      expect(status).toBe(201);
      expect(name).toMatch(/^[^\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]{1,100}$/u);
      expect(name).not.toMatch(/^\.*$/);
    }
    await nothingAstray();
  });

  it('MA19 what was taken is given back as it came, sealed, and its small pictures harm nobody', async () => {
    const all = attackFiles();
    for (const title of ['a script when it is opened', 'an archive behind a PDF', 'a drawing that draws itself']) {
      const bytes = all.find((one) => one.title === title)?.bytes ?? Buffer.alloc(0);
      const material = (await items()).find((one) => one.kind === 'pdf' && one.file === hashOf(bytes));
      const path = `${materialsPath(session)}/${material?.id}`;
      const file = await app.request('GET', `${path}/file`, cookies[0]);
      expect([title, file.status, file.headers.get('content-type')]).toEqual([title, 200, 'application/pdf']);
      expect(file.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
      expect(file.headers.get('x-content-type-options')).toBe('nosniff');
      expect(hashOf(Buffer.from(await file.arrayBuffer()))).toBe(hashOf(bytes));
      expect([200, 404]).toContain((await app.request('GET', `${path}/thumbnails/1`, cookies[0])).status);
    }
    await removeAll();
    expect(stored()).toEqual([]);
    await nothingAstray();
  });

  it('MA20 two hundred uploads that break off leave nothing, wherever they break', async () => {
    const bytes = deck({ pages: 3 });
    const cut = (index: number) =>
      new Promise<void>((resolve) => {
        const sent = index % 4 === 3 ? bytes : bytes.subarray(0, (index * 97) % bytes.length);
        const headers = {
          origin: app.origin,
          cookie: cookies[index % cookies.length],
          'content-type': 'application/pdf',
          'content-length': index % 4 === 3 ? bytes.length : bytes.length * 2,
        };
        const call = request(`${app.origin}${materialsPath(session)}?name=cut.pdf`, { method: 'PUT', headers });
        call.on('error', () => undefined);
        call.on('close', resolve);
        // The last quarter is cut while it is being read.
        call.write(sent, () => setTimeout(() => call.destroy(), (index % 4) * 10));
      });
    for (let index = 0; index < 200; index += 4) await Promise.all([0, 1, 2, 3].map((more) => cut(index + more)));
    // The last ones are still being noticed: their turns are free when one upload of each speaker passes at once.
    const after = await Promise.all(speakers.map((_, index) => send({ title: 'after', bytes, verdicts: ['shown'] }, index)));
    expect(after.map((one) => one.status)).toEqual([201, 201, 201]);
    await expect.poll(() => readdirSync(folder('files', 'incoming')), { timeout: 30_000 }).toEqual([]);
    const names = (await items()).map((one) => one.name);
    expect(names.filter((name) => name !== 'x').length).toBeLessThanOrEqual(50);
    await removeAll();
    await nothingAstray();
  });

  it('MA20 a hundred at once: a few are taken, the others are told to wait, and nobody else is disturbed', async () => {
    const decks = Array.from({ length: 100 }, (_, index) => deck({ pages: 1, seed: index }));
    const sending = Promise.all(decks.map((bytes, index) => upload(sender(index), bytes, { name: `${index}.pdf` })));
    expect((await app.request('GET', '/api/health')).status).toBe(200);
    const answers = await sending;
    const taken = answers.filter((one) => one.status === 201);
    expect(taken.length).toBeGreaterThanOrEqual(3);
    expect(new Set(answers.filter((one) => one.status !== 201).map((one) => one.code))).toEqual(new Set(['uploads-busy']));
    expect((await items()).length).toBe(taken.length);
    await nothingAstray();
    await removeAll();
    expect(stored()).toEqual([]);
  });

  it('MA20 as large as it may be, it passes through a server whose memory stays as it is', async () => {
    const watched = await startWatchedServer();
    try {
      const to = { app: watched, session: (await watched.point(soon)).id, cookie: await watched.signIn('host') };
      const bytes = heavyDeck(500);
      expect(bytes.length).toBeGreaterThan(90 * megabyte);
      const before = (await watched.memory()).held;
      let most = 0;
      let isOver = false;
      const look = async () => {
        for (; !isOver; await new Promise((resolve) => setTimeout(resolve, 100)))
          most = Math.max(most, (await watched.memory()).held);
      };
      const sent = upload(to, bytes).finally(() => {
        isOver = true;
      });
      await look();
      expect((await sent).material).toMatchObject({ pages: 500, bytes: bytes.length });
      // What is under way is held for a moment, the file never.
      expect(most - before).toBeLessThan(bytes.length / megabyte / 2);
    } finally {
      await watched.end();
      watched.remove();
    }
  });

  it('MA20 what is larger than it may be is refused before it is read, and while it is read', async () => {
    const limited = await startTestApp({ materials: { maxBytes: 100_000, maxPages: 5 } });
    try {
      const point = (await limited.point(soon)).id;
      const to = { app: limited, session: point, cookie: await limited.signIn('host') };
      const large = Buffer.concat([deck({ pages: 1 }), Buffer.alloc(200_000)]);
      expect((await upload(to, large)).code).toBe('pdf-too-large');
      expect((await upload(to, deck({ pages: 6 }))).code).toBe('pdf-too-many-pages');
      const streamed = await upload(to, large, { isChunked: true });
      expect(streamed).toMatchObject({ code: 'pdf-too-large', details: { limitMb: 0 } });
    } finally {
      await limited.close();
    }
  });
});
