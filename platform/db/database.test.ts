// Owns running the databases' common suite, and what can be shown only where several servers share one.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Db } from './contract.ts';
import { databaseSuite } from './database-suite.ts';
import type { TestDatabase } from './test-databases.ts';
import { testDatabases } from './test-databases.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });
const soon = { timeout: 10_000 };

for (const { name, open } of testDatabases) databaseSuite(name, open);

for (const { name, open } of testDatabases.filter((one) => one.name === 'PostgreSQL server')) {
  describe(`two servers on one ${name}`, () => {
    let database: TestDatabase;
    let first: Db;
    let second: Db;
    beforeAll(async () => {
      database = await open();
      first = database.db;
      second = (await database.openAnother?.()) as Db;
    });
    afterAll(async () => {
      await second.close();
      await database.end();
    });

    test('hints reach the other server, also after its listening connection broke', async () => {
      const heard = new Set<string>();
      await second.listen('news', (payload) => heard.add(payload));
      await first.notify('news', 'before');
      await expect.poll(() => heard.has('before'), soon).toBe(true);
      await first.query('select pg_terminate_backend(pid) from pg_stat_activity where query = \'listen "news"\'');
      await expect
        .poll(async () => {
          await first.notify('news', 'after');
          return heard.has('after');
        }, soon)
        .toBe(true);
    });

    test('a connection that breaks inside a transaction fails the transaction, not the process', async () => {
      const failing = second.transaction(async (tx) => {
        const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
        await first.query('select pg_terminate_backend($1)', [row?.pid]);
        await tx.query('select 1');
      });
      await expect(failing).rejects.toThrow();
      expect(await second.query('select 1 as one')).toEqual([{ one: 1 }]);
    });
  });
}
