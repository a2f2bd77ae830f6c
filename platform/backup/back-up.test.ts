// A backup of a database at work: as of one moment, and everybody is answered while it is written.
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { migrate } from '#platform/db/migrate.ts';
import type { TestDatabase } from '#platform/db/test-databases.ts';
import { testDatabases } from '#platform/db/test-databases.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { createOpenings } from '#platform/live/openings.ts';
import type { Actor, Decider, Log } from '#platform/log/contract.ts';
import { createLog } from '#platform/log/log.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { backUp } from './back-up.ts';
import { restore } from './restore.ts';
import { everyRow } from './testing.ts';

const enders: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of enders.splice(0).reverse()) await end();
});

const logger = createLogger('silent');
const anna: Actor = { kind: 'person', personId: randomUUID(), as: 'participant' };

/** Writes down what it is told; an empty note is accepted and changes nothing. */
const notes: Decider = {
  kind: 'notes',
  parseCommand: (_type, body) => ({ ok: true, body: body as Record<string, unknown> }),
  initialSlice: () => null,
  evolveSlice: (_audience, slice) => slice,
  decide: (_state, { body }) => ({ events: body.text ? [{ audience: 'all', type: 'notes.written', body }] : [] }),
  consequences: (_state, facts) => facts,
  upcast: (event) => event,
  timers: () => [],
  summary: () => ({}),
};

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stagedoor-backup-'));
  enders.push(() => rm(folder, { recursive: true }));
  return folder;
}

async function newStream(db: Db, log: Log): Promise<string> {
  const id = randomUUID();
  await db.transaction((tx) => log.appendFacts(tx, id, [], { kind: 'notes' }));
  return id;
}

describe.each(testDatabases)('on the $name', ({ open }) => {
  let database: TestDatabase;
  let db: Db;
  let log: Log;
  beforeAll(async () => {
    database = await open();
    db = database.db;
    await migrate(db);
    log = await createLog({ db, deciders: [notes], logger });
  });
  afterAll(async () => {
    await log.stop();
    await database.end();
  });

  it('holds every row as of one moment, though people and Sessions come and go meanwhile', async () => {
    const write = async (stream: string, text: string) =>
      expect((await log.submit(stream, anna, { id: randomUUID(), type: 'notes.write', body: { text } })).ok).toBe(true);
    const streams = [await newStream(db, log), await newStream(db, log), await newStream(db, log)];
    const [long = '', idle = ''] = streams;
    await Promise.all(Array.from({ length: 1200 }, (_, at) => write(long, `line\n${at} "quoted" \\ 🎉`)));
    for (const text of ['once', '', '']) await write(idle, text);
    const openings = createOpenings(db);
    const [person, opening] = [randomUUID(), randomUUID()];
    await openings.isNewest(long, person, opening);

    const folder = join(await newFolder(), 'backup');
    const store = await openFileStore(join(await newFolder(), 'files'));
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
      for (const stream of streams) await write(stream, pauses % 2 ? `meanwhile ${pauses}` : '');
      await write(await newStream(db, log), 'a new one');
      await db.query('insert into persons (id, name) values ($1, $2)', [randomUUID(), `Person ${pauses}`]);
      if (pauses % 3 === 0) await db.query("delete from persons where name <> 'Person 1'");
    };
    const about = await backUp(db, store, folder, { pause });
    expect(pauses).toBeGreaterThan(6);

    const another = await open();
    enders.push(() => another.end());
    const next = another.db;
    await restore(next, await openFileStore(join(await newFolder(), 'files')), folder);
    const [before, after] = [await everyRow(db), await everyRow(next)];
    expect(after).toEqual(before);
    expect(Object.fromEntries(about.tables.map(({ name, rows }) => [name, rows]))).toMatchObject({
      streams: before.streams?.length,
      stream_events: before.stream_events?.length,
      stream_commands: before.stream_commands?.length,
    });
    // What the database numbers by itself goes on after what was restored.
    expect(await createOpenings(next).isNewest(long, person, randomUUID())).toBe(true);
    expect(await createOpenings(next).isNewest(long, person, opening)).toBe(false);
  });

  it('leaves nothing behind when it is ended, and is not confused by a Session that is deleted', async () => {
    const [kept, gone] = [await newStream(db, log), await newStream(db, log)];
    for (const stream of [kept, gone])
      await log.submit(stream, anna, { id: randomUUID(), type: 'notes.write', body: { text: 'written' } });
    const folder = await newFolder();
    const store = await openFileStore(join(await newFolder(), 'files'));
    const ended = async () => {
      throw new Error('ended');
    };
    await expect(backUp(db, store, join(folder, 'ended'), { pause: ended })).rejects.toThrow('ended');
    const deletes = () => db.query('delete from streams where id = $1', [gone]);
    await expect(backUp(db, store, join(folder, 'deleted'), { pause: async () => void (await deletes()) })).rejects.toThrow(
      'deleted',
    );
    expect(await readdir(folder)).toEqual([]);
    await backUp(db, store, join(folder, 'again'));
    expect(await readdir(folder)).toEqual(['again']);
  });
});
