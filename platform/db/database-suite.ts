// Owns the tests that every database must pass, whichever it is. Only tests import it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from './contract.ts';
import { violates } from './contract.ts';
import { migrate } from './migrate.ts';
import type { TestDatabase } from './test-databases.ts';

export function databaseSuite(name: string, open: () => Promise<TestDatabase>): void {
  describe(name, () => {
    let testDatabase: TestDatabase;
    let db: Db;
    beforeAll(async () => {
      testDatabase = await open();
      db = testDatabase.db;
      await db.query('create table notes (id int primary key, text text)');
    });
    afterAll(() => testDatabase.end());

    describe('values', () => valueTests(() => db));
    describe('transactions', () => transactionTests(() => db));
    describe('hints', () => hintTests(() => db));
    describe('migrations', () => migrationTests(() => db));
  });
}

function valueTests(db: () => Db): void {
  const back = async (type: string, value: unknown) =>
    (await db().query<{ it: unknown }>(`select $1::${type} as it`, [value]))[0]?.it;

  test.each([
    ['text', 'it\'s "quoted" \\ ü 🎉'],
    ['text', ''],
    ['integer', -7],
    ['bigint', 9_007_199_254_740_991],
    ['double precision', 0.1],
    ['numeric', 12.5],
    ['boolean', true],
    ['boolean', false],
    ['uuid', '0197a9b0-0000-7000-8000-000000000001'],
    ['timestamptz', '2026-11-23T19:03:34.000Z'],
    ['timestamptz', '1999-01-02T03:04:05.678Z'],
    ['date', '2026-11-23'],
    ['timestamp', '2026-11-23 19:03:34'],
    ['text[]', ['a', 'b,c', 'd"e', 'f\\g', '{h}', '', 'NULL', ' i ']],
    ['text[]', ['a', null]],
    ['text[]', []],
    ['integer[]', [1, -2, 3]],
    [
      'integer[]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['boolean[]', [true, false]],
    ['timestamptz[]', ['2026-11-23T19:03:34.000Z']],
    ['bytea', new Uint8Array([0, 1, 254, 255])],
  ])('%s %j comes back as it went', async (type, value) => {
    expect(await back(type, value)).toEqual(value);
  });

  test('a value of several megabytes comes back whole', async () => {
    const text = 'ü'.repeat(3_000_000);
    expect((await back('text', text)) === text).toBe(true);
  });

  test('a statement goes on working after it failed, and after the table changed under it', async () => {
    const insert = () => db().query('insert into changing (a) values ($1) returning *', ['x']);
    await expect(insert()).rejects.toMatchObject({ code: '42P01' });
    await db().query('create table changing (a text primary key)');
    expect(await insert()).toEqual([{ a: 'x' }]);
    await expect(insert()).rejects.toMatchObject({ code: '23505' });
    await db().query('truncate changing; alter table changing add column b int default 7');
    expect(await insert()).toEqual([{ a: 'x', b: 7 }]);
  });

  test('hundreds of different statements, some within a transaction that is rolled back', async () => {
    const failing = db().transaction(async (tx) => {
      for (let n = 0; n < 400; n++) await tx.query(`select $1::int + ${n} as sum`, [1]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    for (let n = 399; n >= 0; n -= 7) expect(await db().query(`select $1::int + ${n} as sum`, [1])).toEqual([{ sum: n + 1 }]);
  });

  test('null and undefined are NULL', async () => {
    expect(await back('text', null)).toBeNull();
    expect(await back('text', undefined)).toBeNull();
  });

  test.each([[{ a: [1, { b: null }], c: 'x"y' }], [[1, 'two', [3]]], ['text'], [7], [true], [null]])(
    'jsonb %j',
    async (value) => {
      expect(await back('jsonb', JSON.stringify(value))).toEqual(value);
    },
  );

  test('a Date goes as its instant; microseconds are cut, not rounded', async () => {
    expect(await back('timestamptz', new Date(1000))).toBe('1970-01-01T00:00:01.000Z');
    expect(await back('timestamptz', '2026-11-23T19:03:34.999999Z')).toBe('2026-11-23T19:03:34.999Z');
    expect(await back('timestamptz', '2026-11-23T19:03:34.05+02:00')).toBe('2026-11-23T17:03:34.050Z');
  });

  test('what does not fit a number is refused rather than changed', async () => {
    await expect(back('bigint', '9007199254740993')).rejects.toThrow('too large');
    expect(await back('bigint', 1)).toBe(1);
  });

  test('counts are numbers', async () => {
    expect(await db().query('select count(*) from generate_series(1, 3)')).toEqual([{ count: 3 }]);
  });

  test('errors carry SQLSTATE and the constraint', async () => {
    await db().query('insert into notes values (1, $1)', ['one']);
    const error = await db()
      .query('insert into notes values (1, $1)', ['again'])
      .catch((reason) => reason);
    expect(error.code).toBe('23505');
    expect(violates(error, 'notes_pkey')).toBe(true);
    expect(violates(error, 'other')).toBe(false);
    await expect(db().query('select nothing')).rejects.toMatchObject({ code: '42703' });
  });
}

function transactionTests(db: () => Db): void {
  test('commits what the work did, and gives back its result', async () => {
    const result = await db().transaction(async (tx) => {
      await tx.query('insert into notes values (10, $1)', ['ten']);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await db().query('select text from notes where id = 10')).toEqual([{ text: 'ten' }]);
  });

  test('rolls back when the work throws', async () => {
    const failing = db().transaction(async (tx) => {
      await tx.query("insert into notes values (11, 'eleven')");
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db().query('select text from notes where id = 11')).toEqual([]);
  });

  test('a swallowed error of a statement does not pass for a commit', async () => {
    const failing = db().transaction(async (tx) => {
      await tx.query("insert into notes values (12, 'twelve')");
      await tx.query('select nothing').catch(() => undefined);
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await db().query('select text from notes where id = 12')).toEqual([]);
    expect(await db().query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('transactions at the same time do not mix, and lose no update', async () => {
    await db().query("insert into notes values (20, '0')");
    const increments = Array.from({ length: 20 }, () =>
      db().transaction(async (tx) => {
        const [row] = await tx.query<{ text: string }>('select text from notes where id = 20 for update');
        await tx.query('update notes set text = $1 where id = 20', [String(Number(row?.text) + 1)]);
      }),
    );
    const failing = db().transaction(async (tx) => {
      await tx.query("update notes set text = 'lost' where id = 20");
      throw new Error('no');
    });
    await Promise.all([...increments, expect(failing).rejects.toThrow('no')]);
    expect(await db().query('select text from notes where id = 20')).toEqual([{ text: '20' }]);
  });

  test('statements outside see nothing of a transaction that is not over', async () => {
    let seen: Promise<unknown[]> = Promise.resolve([]);
    const elsewhere = new Promise<void>((resolve) => {
      // Started here, so that it does not count as called from inside the transaction.
      void gate.promise.then(() => {
        seen = db().query('select text from notes where id = 30');
        resolve();
      });
    });
    const failing = db().transaction(async (tx) => {
      await tx.query("insert into notes values (30, 'thirty')");
      gate.resolve();
      await elsewhere;
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await seen).toEqual([]);
  });
  const gate = Promise.withResolvers<void>();

  test('inside a transaction, a statement outside it is refused instead of waiting for ever', async () => {
    await expect(db().transaction(() => db().query('select 1'))).rejects.toThrow('use its `tx`');
    await expect(db().transaction(() => db().transaction(async () => 1))).rejects.toThrow('use its `tx`');
  });

  test('a transaction that is over takes no more statements', async () => {
    const tx = await db().transaction(async (inside) => inside);
    await expect(tx.query('select 1')).rejects.toThrow('over');
  });
}

function hintTests(db: () => Db): void {
  test('reach every listener of the channel, and no other', async () => {
    const heard: string[] = [];
    const last = Promise.withResolvers<void>();
    const stop = await db().listen('a', (payload) => heard.push(`1 ${payload}`));
    await db().listen('a', (payload) => {
      heard.push(`2 ${payload}`);
      if (payload === 'end') last.resolve();
    });
    await db().listen('b', (payload) => heard.push(`b ${payload}`));
    await db().notify('a', "it's");
    await db().notify('a', 'middle');
    await db().notify('a', 'end');
    await last.promise;
    expect(heard).toEqual(["1 it's", "2 it's", '1 middle', '2 middle', '1 end', '2 end']);
    await stop();
    const again = Promise.withResolvers<void>();
    await db().listen('a', () => again.resolve());
    await db().notify('a', 'later');
    await again.promise;
    expect(heard.at(-1)).toBe('2 later');
  });

  test('a listener that throws does not harm the others', async () => {
    const heard = Promise.withResolvers<string>();
    await db().listen('c', () => {
      throw new Error('mine');
    });
    await db().listen('c', heard.resolve);
    await db().notify('c', 'still');
    expect(await heard.promise).toBe('still');
  });
}

function migrationTests(db: () => Db): void {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stagedoor-migrations-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('run in order, each once, also when two servers start together', async () => {
    await writeFile(join(folder, '20260101000000-first.sql'), 'create table steps (n int); insert into steps values (1);');
    await writeFile(join(folder, '20260102000000-second.sql'), 'insert into steps select max(n) + 1 from steps;');
    await Promise.all([migrate(db(), folder), migrate(db(), folder)]);
    expect(await migrate(db(), folder)).toEqual([]);
    expect(await db().query('select n from steps order by n')).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('one that fails leaves nothing half-done, and names itself', async () => {
    await writeFile(join(folder, '20260103000000-broken.sql'), 'insert into steps values (99); select nonsense;');
    await expect(migrate(db(), folder)).rejects.toThrow('20260103000000-broken.sql');
    expect(await db().query('select n from steps where n = 99')).toEqual([]);
  });

  test('a database of a newer version is refused', async () => {
    await rm(join(folder, '20260103000000-broken.sql'));
    await rm(join(folder, '20260102000000-second.sql'));
    await expect(migrate(db(), folder)).rejects.toMatchObject({ code: 'database-too-new' });
  });
}
