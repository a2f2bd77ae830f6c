// Materials over the real protocol: who uploads and who gets which bytes when, what everybody sees, and what stays after restarts and deletion.
import { randomUUID } from 'node:crypto';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Material, PdfFacts } from '#features/materials/contract.ts';
import { sweepFiles } from '#features/materials/server/file-rows.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { deck, hashOf } from '#tests/materials/decks.ts';
import { materialsPath, upload } from '#tests/materials/upload.ts';
import type { TestApp } from './app.ts';
import { soon, startTestApp } from './app.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { flowDatabases } from './flow-databases.ts';
import type { LiveClient } from './live-client.ts';

let database: FlowDatabase;
let app: TestApp;
let session: string;
let host: LiveClient;
let cohost: LiveClient;
let ada: LiveClient;
const cookies: Record<string, string> = {};

const slides = deck({ pages: 12, seed: 1 });
const talk = deck({ pages: 3, seed: 2 });
const filesFolder = () => join(database.config.dataDir, 'files');
const storedFiles = () =>
  readdirSync(filesFolder(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.webp'))
    .map((entry) => entry.name);
const as = (name: string) => ({ app, session, cookie: cookies[name] ?? '' });
const fileOf = (material: string, name: string, headers?: Record<string, string>) =>
  app.request('GET', `${materialsPath(session)}/${material}/file`, cookies[name], undefined, headers);
const listFor = async (name: string) => (await app.get<{ items: Material[] }>(materialsPath(session), cookies[name] ?? '')).items;
const items = (client: LiveClient) => client.backstage.materials.items;

async function add(name: string, bytes: Uint8Array, fileName: string): Promise<PdfFacts> {
  const { status, material, code } = await upload(as(name), bytes, { name: fileName });
  expect([status, code]).toEqual([201, null]);
  return material as PdfFacts;
}

describe.each(flowDatabases)('materials on the $name', ({ open }) => {
  let first: PdfFacts;
  let second: PdfFacts;

  beforeAll(async () => {
    database = await open();
    app = await startTestApp(database.config);
    session = (await app.point(soon)).id;
    for (const name of ['host', 'cohost', 'organiser', 'support', 'participant1', 'participant2', 'participant3'])
      cookies[name] = await app.signIn(name);
  });
  afterAll(async () => {
    await app.close();
    await database.end();
  });

  it('MA21 are uploaded from outside before the Session, by speakers and organisers only', async () => {
    for (const name of ['participant1', 'support']) expect((await upload(as(name), slides)).code).toBe('not-allowed');
    expect((await upload({ app, session }, slides)).code).toBe('signed-out');
    expect((await upload({ ...as('host'), session: randomUUID() }, slides)).code).toBe('not-found');
    const foreign = await upload(as('host'), slides, { headers: { origin: 'https://evil.example' } });
    expect([foreign.status, foreign.code]).toEqual([403, 'foreign-origin']);
    expect(storedFiles()).toEqual([]);
    first = await add('host', slides, 'C:\\decks\\Robots.PDF');
    expect(first).toMatchObject({ kind: 'pdf', name: 'Robots', pages: 12, bytes: slides.length, file: hashOf(slides) });
    second = await add('organiser', talk, 'Talk.pdf');
    expect(storedFiles().sort()).toEqual([first.file, second.file].sort());
    expect((await listFor('cohost')).map((one) => one.name)).toEqual(['Robots', 'Talk']);
    expect((await app.request('GET', materialsPath(session), cookies.participant1)).status).toBe(403);
  });

  it('MA20 sent twice under one id they are added once; the same content is one file', async () => {
    const id = randomUUID();
    const both = await Promise.all([1, 2].map(() => upload(as('host'), slides, { name: 'Again.pdf', id })));
    expect(both.map((one) => one.material?.id)).toEqual([id, id]);
    expect((await upload(as('host'), slides, { id })).status).toBe(200);
    expect((await listFor('host')).filter((one) => one.id === id)).toHaveLength(1);
    expect(storedFiles()).toHaveLength(2);
    const gone = await app.request('DELETE', `${materialsPath(session)}/${id}?id=${randomUUID()}`, cookies.host);
    expect(gone.status).toBe(204);
  });

  it('MA1, MA4 the list reaches speakers who come later, and no participant', async () => {
    host = await app.join('host', session, 'speaker');
    cohost = await app.join('cohost', session, 'speaker');
    ada = await app.join('participant1', session);
    expect(items(cohost).map((one) => one.name)).toEqual(['Robots', 'Talk']);
    expect(await host.send('materials.present', { material: first.id, page: 2 })).toBeNull();
    await cohost.until(() => cohost.backstage.materials.presented?.page === 2, 'the rehearsal');
    expect((await fileOf(first.id, 'participant1')).status).toBe(404);
    expect(ada.wire.join()).not.toContain('Robots');
    expect(ada.wire.join()).not.toContain(first.file);
  });

  it('MA16 the start carries the rehearsed page to everybody, latecomers too', async () => {
    expect(await host.send('stage.enter', { microphone: true, camera: true })).toBeNull();
    expect(await host.send('lifecycle.start')).toBeNull();
    await ada.until(() => ada.all.materials.presented?.page === 2, 'the page');
    expect(ada.all.materials.presented?.material).toMatchObject({ id: first.id, name: 'Robots', pages: 12, file: first.file });
    expect(await host.send('materials.turn', { page: 5 })).toBeNull();
    const ben = await app.join('participant2', session);
    await ben.until(() => ben.all.materials.presented?.page === 5, 'the page of the moment');
    expect(ben.all.materials.presented).toMatchObject({ by: host.personId });
  });

  it('MA19 gives whoever sees it the bytes, whole and by ranges, sealed', async () => {
    const whole = await fileOf(first.id, 'participant1');
    expect(Buffer.from(await whole.arrayBuffer()).equals(slides)).toBe(true);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
      'content-length': String(slides.length),
    });
    const part = await fileOf(first.id, 'participant1', { range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${slides.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(slides.subarray(10, 20))).toBe(true);
    expect((await fileOf(first.id, 'participant1', { range: `bytes=${slides.length}-` })).status).toBe(416);
    const known = await fileOf(first.id, 'participant1', { 'if-none-match': whole.headers.get('etag') ?? '' });
    expect([known.status, await known.text()]).toEqual([304, '']);
    expect((await app.request('GET', `${materialsPath(session)}/${first.id}/file`)).status).toBe(401);
  });

  it('MA19 whoever is not inside gets nothing, may they come as they like; they get it with their first step in', async () => {
    const statuses = async () => {
      const thumbnail = app.request('GET', `${materialsPath(session)}/${first.id}/thumbnails/1`, cookies.participant3);
      return [(await fileOf(first.id, 'participant3')).status, (await thumbnail).status];
    };
    expect(await statuses()).toEqual([404, 404]);
    const cleo = await app.join('participant3', session);
    expect(await statuses()).toEqual([200, 200]);
    cleo.cut();
    await expect.poll(statuses, { timeout: 30_000 }).toEqual([404, 404]);
  });

  it('MA19 participants get nothing but what they see: not the next deck, not the last one', async () => {
    expect((await fileOf(second.id, 'participant1')).status).toBe(404);
    expect((await fileOf(second.id, 'cohost')).status).toBe(200);
    expect((await fileOf(randomUUID(), 'host')).status).toBe(404);
    expect(await host.send('materials.present', { material: second.id })).toBeNull();
    await ada.until(() => ada.all.materials.presented?.material.id === second.id, 'the talk');
    expect((await fileOf(first.id, 'participant1')).status).toBe(404);
    expect((await fileOf(second.id, 'participant1')).status).toBe(200);
  });

  it('MA20 draws small pictures of its pages, for whoever sees them', async () => {
    const thumbnail = (page: number, name: string) =>
      app.request('GET', `${materialsPath(session)}/${second.id}/thumbnails/${page}`, cookies[name]);
    for (const page of [1, 2, 3])
      await expect.poll(async () => (await thumbnail(page, 'participant1')).status, { timeout: 60_000 }).toBe(200);
    const pictures = await Promise.all([1, 2, 3].map((page) => thumbnail(page, 'participant1')));
    expect(pictures.map((one) => [one.status, one.headers.get('content-type')])).toEqual(Array(3).fill([200, 'image/webp']));
    expect(new Set(await Promise.all(pictures.map((one) => one.text()))).size).toBe(3);
    expect((await thumbnail(4, 'participant1')).status).toBe(404);
    expect((await app.request('GET', `${materialsPath(session)}/${first.id}/thumbnails/1`, cookies.participant1)).status).toBe(
      404,
    );
  });

  it('MA3, MA19 downloading is allowed per material, under its name, and withdrawn again', async () => {
    expect(await cohost.send('materials.rename', { material: first.id, name: 'Übersicht: "A/B"' })).toBeNull();
    expect(await cohost.send('materials.set-downloadable', { material: first.id, downloadable: true })).toBeNull();
    await ada.until(() => ada.all.materials.downloads.length === 1, 'the offer');
    const file = await fileOf(first.id, 'participant1');
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="_bersicht- -A-B-.pdf"; filename*=UTF-8''%C3%9Cbersicht-%20-A-B-.pdf`,
    );
    expect(await cohost.send('materials.set-downloadable', { material: first.id, downloadable: false })).toBeNull();
    await ada.until(() => ada.all.materials.downloads.length === 0, 'the end of it');
    expect((await fileOf(first.id, 'participant1')).status).toBe(404);
  });

  it('MA6 two speakers start at once: one presents, the other is asked', async () => {
    expect(await host.send('materials.stop')).toBeNull();
    const starts = await Promise.all([
      host.send('materials.present', { material: first.id }),
      cohost.send('materials.present', { material: second.id }),
    ]);
    expect(starts.filter((one) => one === null)).toHaveLength(1);
    expect(starts.find((one) => one !== null)).toMatchObject({ code: 'presenting-already' });
    const other = starts[0] === null ? cohost : host;
    const material = starts[0] === null ? second.id : first.id;
    expect(await other.send('materials.present', { material, takeOver: true })).toBeNull();
    await ada.until(() => ada.all.materials.presented?.by === other.personId, 'the new presenter');
    await host.until(() => host.all.materials.presented?.by === other.personId, 'the same');
    expect(ada.all.materials).toEqual(host.all.materials);
  });

  it('MA2, MA20 refuses in words, before it reads where it can, and leaves nothing', async () => {
    const before = storedFiles().sort();
    const refused = async (bytes: Uint8Array, name = 'x.pdf') => (await upload(as('host'), bytes, { name })).code;
    expect(await refused(Buffer.alloc(0))).toBe('pdf-empty');
    expect(await refused(Buffer.from('<html>'), 'page.pdf')).toBe('not-a-pdf');
    expect(await refused(slides.subarray(0, 700))).toBe('pdf-damaged');
    expect(storedFiles().sort()).toEqual(before);
    expect(readdirSync(join(filesFolder(), 'incoming'))).toEqual([]);
  });

  it('MA14 survives a restart; a shared file stays until the last material that uses it is gone', async () => {
    const twin = await add('host', talk, 'Twin.pdf');
    expect(twin.file).toBe(second.file);
    await app.close();
    const left = join(filesFolder(), 'incoming', 'left-by-a-killed-server');
    writeFileSync(left, talk);
    utimesSync(left, 0, 0);
    app = await startTestApp(database.config);
    expect(readdirSync(join(filesFolder(), 'incoming'))).toEqual([]);
    for (const name of Object.keys(cookies)) cookies[name] = await app.signIn(name);
    expect((await listFor('host')).map((one) => one.name)).toContain('Twin');
    host = await app.join('host', session, 'speaker');
    const store = await openFileStore(filesFolder());
    const remove = async (material: string) => {
      expect(await host.send('materials.delete', { material })).toBeNull();
      await sweepFiles(app.server.db, store);
    };
    await remove(second.id);
    expect(await store.find(twin.file)).not.toBeNull();
    expect((await fileOf(second.id, 'host')).status).toBe(404);
    await remove(twin.id);
    expect(await store.find(twin.file)).toBeNull();
    expect(await store.readDerived(twin.file, 'page-1.webp')).toBeNull();
  });

  it('files go with their Session, and nothing else does', async () => {
    const store = await openFileStore(filesFolder());
    const stray = await store.receive(Readable.from([talk]), talk.length);
    await store.keep(stray);
    expect(await sweepFiles(app.server.db, store)).toBe(1);
    expect(storedFiles()).toEqual([first.file]);
    expect(await sweepFiles(app.server.db, store)).toBe(0);
    const left = async () => {
      const columns = { streams: 'id', stream_events: 'stream_id', stream_commands: 'stream_id' };
      const found: string[] = [];
      for (const [table, column] of Object.entries({ ...columns, material_files: 'session_id' })) {
        const rows = await app.server.db.query(`select 1 from ${table} where ${column} = $1 limit 1`, [session]);
        if (rows.length > 0) found.push(table);
      }
      return found;
    };
    expect(await left()).toEqual(expect.arrayContaining(['streams', 'stream_events', 'material_files']));
    // A Session is its program point: whatever deletes that leaves nothing of it.
    await app.server.db.query('delete from program_points where id = $1', [session]);
    expect(await left()).toEqual([]);
    expect(await sweepFiles(app.server.db, store)).toBe(1);
    expect(storedFiles()).toEqual([]);
  });
});
