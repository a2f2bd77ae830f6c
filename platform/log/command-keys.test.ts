// Commands that an older version accepted are known to this one: a filled database from before the keys is brought to this version's tables.
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { migrate, migrationsFolder } from '#platform/db/migrate.ts';
import { quietLogger, testDatabases } from '#platform/db/test-databases.ts';
import type { Actor, Decider } from './contract.ts';
import { createLog } from './log.ts';
import { commandKey } from './rows.ts';

const keysCame = '20261127030000-command-keys.sql';
const anna: Actor = { kind: 'person', personId: randomUUID(), as: 'participant' };
const ben: Actor = { kind: 'person', personId: randomUUID(), as: 'participant' };
const counter = {
  kind: 'counter',
  initialSlice: () => 0,
  evolveSlice: (_audience: string, slice: number) => slice + 1,
  decide: () => ({ events: [{ audience: 'all', type: 'counted', body: {} }] }),
  upcast: (event: unknown) => event,
  timers: () => [],
  summary: () => ({}),
} as unknown as Decider;

async function migrateToBefore(db: Db): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stagedoor-older-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of await readdir(migrationsFolder)) {
    if (name < keysCame) await cp(join(migrationsFolder, name), join(folder, name));
  }
  await migrate(db, folder);
}

describe.each(testDatabases)('on the $name', ({ open }) => {
  it('what an older version accepted stays accepted', async () => {
    const database = await open();
    onTestFinished(() => database.end());
    const { db } = database;
    await migrateToBefore(db);
    const stream = randomUUID();
    const kept = [
      { actor: anna, key: `person:${anna.personId}`, id: randomUUID(), head: 1 },
      { actor: anna, key: `person:${anna.personId}`, id: randomUUID().toUpperCase(), head: 2 },
      { actor: ben, key: `person:${ben.personId}`, id: '0199a9b0-1234-7000-8000-000000000001', head: 2 },
      { actor: { kind: 'system' } as Actor, key: 'system', id: 'unattended 2026-11-23T19:03:34.000Z', head: 2 },
    ];
    await db.query("insert into streams (id, kind, head, last_at) values ($1, 'counter', 2, clock_timestamp())", [stream]);
    await db.query(
      `insert into stream_events (stream_id, rev, audience, seq, type, v, at, body)
       select $1, n, 'all', n, 'counted', 1, clock_timestamp(), '{}' from generate_series(1, 2) as n`,
      [stream],
    );
    for (const { key, id, head } of kept) {
      await db.query('insert into stream_commands (stream_id, actor, command_id, head) values ($1, $2, $3, $4)', [
        stream,
        key,
        id,
        head,
      ]);
    }
    expect(await migrate(db)).toContain(keysCame);
    const log = await createLog({ db, deciders: [counter], logger: quietLogger, pollMs: 60_000 });
    onTestFinished(() => log.stop());
    const submit = (actor: Actor, id: string) => log.submit(stream, actor, { id, type: 'counter.add', body: {} });
    for (const { actor, id, head } of kept) expect(await submit(actor, id)).toEqual({ ok: true, head });
    // Another's id is one's own affair, and new ones count.
    expect(await submit(ben, kept[0]?.id as string)).toEqual({ ok: true, head: 3 });
    expect(await submit(ben, kept[0]?.id as string)).toEqual({ ok: true, head: 3 });
    expect((await log.read(stream))?.state.all).toBe(3);
  });
});

it('a key differs by stream, by actor and by id, and begins as the id does', () => {
  const [stream, id] = [randomUUID(), '0199a9b0-1234-7000-8000-000000000001'];
  const keys = [
    commandKey(stream, anna, id),
    commandKey(stream, ben, id),
    commandKey(randomUUID(), anna, id),
    commandKey(stream, anna, '0199a9b0-1234-7000-8000-000000000002'),
    commandKey(stream, { kind: 'system' }, id),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^0199a9b0-1234-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/);
  expect(commandKey(stream, anna, id)).toBe(keys[0]);
});
