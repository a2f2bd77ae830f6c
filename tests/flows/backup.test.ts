// A backup holds every row and every file, and makes of an empty database what was saved: on each database, and from one kind to the other.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { backUp } from '#platform/backup/back-up.ts';
import { restore } from '#platform/backup/restore.ts';
import { everyRow } from '#platform/backup/testing.ts';
import type { Db } from '#platform/db/contract.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { openServerDatabase } from '#platform/db/server.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { deck } from '#tests/materials/decks.ts';
import { materialsPath, upload } from '#tests/materials/upload.ts';
import { soon, startTestApp } from './app.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { flowDatabases } from './flow-databases.ts';

const enders: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of enders.splice(0).reverse()) await end();
});

async function fresh(open: () => Promise<FlowDatabase>): Promise<FlowDatabase> {
  const database = await open();
  enders.push(() => database.end());
  return database;
}
async function within<T>({ config }: FlowDatabase, work: (db: Db, files: string) => Promise<T>): Promise<T> {
  const db = config.databaseUrl
    ? await openServerDatabase({ url: config.databaseUrl, logger: quietLogger, connections: 2 })
    : await openEmbeddedDatabase({ dataDir: config.dataDir, logger: quietLogger });
  try {
    return await work(db, join(config.dataDir, 'files'));
  } finally {
    await db.close();
  }
}
const everything = (database: FlowDatabase) => within(database, everyRow);

const pairs = flowDatabases.map((from, index) => ({ from, to: flowDatabases[(index + 1) % flowDatabases.length] ?? from }));

describe.each(pairs)('from the $from.name to the $to.name', ({ from, to }) => {
  it('saves and restores every row and every file, all or nothing, and refuses what is not empty', async () => {
    const old = await fresh(from.open);
    const bytes = deck({ pages: 2, text: 'Backed up' });
    let app = await startTestApp(old.config);
    const session = (await app.point(soon)).id;
    const sent = await upload({ app, session, cookie: await app.signIn('host') }, bytes, { name: 'Übersicht “neu”.pdf' });
    expect(sent.status).toBe(201);
    const ada = await app.join('participant1', session);
    const text = 'a "quoted", \\ back\nslashed 🎉 question';
    expect(await ada.send('questions.ask', { text, anonymous: false })).toBeNull();
    await app.close();

    const folder = join(mkdtempSync(join(tmpdir(), 'stagedoor-backup-')), 'backup');
    enders.push(() => rmSync(join(folder, '..'), { recursive: true }));
    const about = await within(old, async (db, files) => backUp(db, await openFileStore(files), folder));
    expect(about.files).toBe(1);
    const before = await everything(old);
    expect(before.stream_events?.length).toBeGreaterThan(20);
    expect(before.material_files).toHaveLength(1);
    expect(about.tables.map(({ name, rows }) => [name, rows]).sort()).toEqual(
      Object.entries(before)
        .flatMap(([name, rows]) => (name === 'migrations' ? [] : [[name, rows.length]]))
        .sort(),
    );
    await expect(within(old, async (db, files) => backUp(db, await openFileStore(files), folder))).rejects.toThrow('not empty');
    await expect(within(old, async (db, files) => restore(db, await openFileStore(files), folder))).rejects.toThrow('not empty');
    expect(await everything(old)).toEqual(before);

    const next = await fresh(to.open);
    const restored = () => within(next, async (db, files) => restore(db, await openFileStore(files), folder));
    const whole = readFileSync(join(folder, 'backup.json'), 'utf8');
    const tables = about.tables.map((one) => (one.name === 'streams' ? { ...one, rows: one.rows + 1 } : one));
    writeFileSync(join(folder, 'backup.json'), JSON.stringify({ ...about, tables }));
    await expect(restored()).rejects.toThrow('damaged');
    const left = await everything(next);
    expect(Object.entries(left).filter(([name, rows]) => name !== 'migrations' && rows.length > 0)).toEqual([]);

    writeFileSync(join(folder, 'backup.json'), whole);
    await restored();
    expect(await everything(next)).toEqual(before);
    app = await startTestApp(next.config);
    const cookie = await app.signIn('host');
    const file = await app.request('GET', `${materialsPath(session)}/${sent.material?.id}/file`, cookie);
    expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
    await app.close();
  });
});
