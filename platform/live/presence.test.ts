// From connections to facts: rows that expire by the database's time, one lease holder, a grace before somebody counts as gone.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { migrate } from '#platform/db/migrate.ts';
import type { TestDatabase } from '#platform/db/test-databases.ts';
import { testDatabases } from '#platform/db/test-databases.ts';
import type { Log, Slices } from '#platform/log/contract.ts';
import { createLeases } from './leases.ts';
import { quiet } from './live-test-bed.ts';
import type { Differences } from './presence-difference.ts';
import type { PresenceKeeperOptions } from './presence-keeper.ts';
import { createPresenceKeeper } from './presence-keeper.ts';
import type { PresentAs } from './presence-rows.ts';
import { createPresenceRows } from './presence-rows.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });
/** Long, for a busy machine; a state that comes is seen at once. */
const soon = { timeout: 8000, interval: 10 };

/** What the log is to the keeper: a committed state of who is present, which its differences change. */
class Facts {
  present = new Map<string, Record<string, PresentAs>>();
  noted: { streamId: string; keeper: string; differences: Differences }[] = [];

  log: Pick<Log, 'read'> = {
    read: async (streamId) => {
      const present = this.present.get(streamId);
      return present ? { streamId, head: 1, heads: new Map(), state: { all: present } as Slices, lastAt: null } : null;
    },
  };
  stream(present: Record<string, PresentAs> = {}): string {
    const streamId = randomUUID();
    this.present.set(streamId, present);
    return streamId;
  }
  of(streamId: string): Record<string, PresentAs> {
    return this.present.get(streamId) ?? {};
  }
  about(streamId: string) {
    return this.noted.filter((one) => one.streamId === streamId);
  }
  note(keeper: string) {
    return async (streamId: string, differences: Differences) => {
      this.noted.push({ streamId, keeper, differences });
      const present = { ...this.of(streamId) };
      for (const person of differences.left) delete present[person];
      for (const { person, as } of differences.arrived) present[person] = as;
      this.present.set(streamId, present);
    };
  }
}

for (const { name, open } of testDatabases) {
  describe(`presence on the ${name}`, () => {
    let database: TestDatabase;
    let db: Db;
    let facts: Facts;
    /** The keeper's clock stands still unless a test moves it: no grace ends by chance. */
    let elapsedMs = 0;
    const afterGrace = (streamId: string) =>
      expect.poll(
        () => {
          elapsedMs += 1000;
          return facts.of(streamId);
        },
        { timeout: 8000 },
      );
    beforeAll(async () => {
      database = await open();
      db = database.db;
      await migrate(db);
      facts = new Facts();
    });
    afterAll(() => database.end());

    const startKeeper = (keeper: string, options: Partial<PresenceKeeperOptions> = {}) =>
      createPresenceKeeper({
        db,
        log: facts.log,
        leases: createLeases({ db, ttlMs: 60_000 }),
        logger: quiet,
        knownPresence: (state) => state.all as Record<string, PresentAs>,
        noteDifferences: facts.note(keeper),
        everyMs: 10,
        clock: { now: () => 0, elapsedMs: () => elapsedMs },
        ...options,
      });
    const startRows = (expiryMs = 15_000, refreshMs = 5_000) => createPresenceRows({ db, logger: quiet, expiryMs, refreshMs });
    const rowsOf = (streamId: string) => db.query('select connection_id from presence where stream_id = $1', [streamId]);

    test('arrivals are told at once, a going only after the grace, and a reload not at all', async () => {
      const keeper = startKeeper('one');
      const rows = startRows();
      const streamId = facts.stream();
      const [anna, ben] = [randomUUID(), randomUUID()];
      const [annasTab, annasNextTab] = [randomUUID(), randomUUID()];
      rows.put(annasTab, { streamId, personId: anna, as: 'speaker' });
      rows.put(randomUUID(), { streamId, personId: ben, as: 'participant' });
      await expect.poll(() => facts.of(streamId), soon).toEqual({ [anna]: 'speaker', [ben]: 'participant' });
      rows.remove(annasTab);
      await expect.poll(async () => (await rowsOf(streamId)).length, soon).toBe(1);
      rows.put(annasNextTab, { streamId, personId: anna, as: 'speaker' });
      await expect.poll(async () => (await rowsOf(streamId)).length, soon).toBe(2);
      rows.remove(annasNextTab);
      await afterGrace(streamId).toEqual({ [ben]: 'participant' });
      const told = facts.about(streamId).map((one) => one.differences);
      expect(told.flatMap((one) => one.left)).toEqual([anna]);
      expect(told.flatMap((one) => one.arrived.map((arrived) => arrived.person)).toSorted()).toEqual([anna, ben].toSorted());
      await rows.close();
      await afterGrace(streamId).toEqual({});
      await expect.poll(() => db.query('select 1 from leases where stream_id = $1', [streamId]), soon).toEqual([]);
      await keeper.close();
    });

    test('with several connections a person is a speaker while one of them is; less than that only after the grace', async () => {
      const keeper = startKeeper('one');
      const rows = startRows();
      const streamId = facts.stream();
      const anna = randomUUID();
      const speaking = randomUUID();
      rows.put(randomUUID(), { streamId, personId: anna, as: 'participant' });
      await expect.poll(() => facts.of(streamId), soon).toEqual({ [anna]: 'participant' });
      rows.put(speaking, { streamId, personId: anna, as: 'speaker' });
      await expect.poll(() => facts.of(streamId), soon).toEqual({ [anna]: 'speaker' });
      rows.remove(speaking);
      await afterGrace(streamId).toEqual({ [anna]: 'participant' });
      await rows.close();
      await keeper.close();
    });

    test('of several openings the newest says as what a person is here, also when the same connection opens anew', async () => {
      const keeper = startKeeper('one');
      const rows = startRows();
      const streamId = facts.stream();
      const [anna, older] = [randomUUID(), randomUUID()];
      rows.put(older, { streamId, personId: anna, as: 'speaker', opening: randomUUID() });
      await expect.poll(() => facts.of(streamId), soon).toEqual({ [anna]: 'speaker' });
      rows.put(randomUUID(), { streamId, personId: anna, as: 'participant', opening: randomUUID() });
      await afterGrace(streamId).toEqual({ [anna]: 'participant' });
      rows.put(older, { streamId, personId: anna, as: 'speaker', opening: randomUUID() });
      await expect.poll(() => facts.of(streamId), soon).toEqual({ [anna]: 'speaker' });
      await rows.close();
      await keeper.close();
    });

    test('people who may not be present are as if they were not there', async () => {
      const removed = randomUUID();
      const keeper = startKeeper('one', { mayBePresent: (_state, personId) => personId !== removed });
      const rows = startRows();
      const streamId = facts.stream();
      const anna = randomUUID();
      rows.put(randomUUID(), { streamId, personId: removed, as: 'participant' });
      rows.put(randomUUID(), { streamId, personId: anna, as: 'participant' });
      await expect.poll(() => facts.of(streamId), soon).toEqual({ [anna]: 'participant' });
      expect(JSON.stringify(facts.about(streamId))).not.toContain(removed);
      await rows.close();
      await keeper.close();
    });

    test('of several servers only one tells, and another takes over when it is killed', async () => {
      const rows = startRows();
      const streamId = facts.stream();
      const [anna, ben] = [randomUUID(), randomUUID()];
      const keepers = ['one', 'two'].map((keeper) => ({ keeper, running: startKeeper(keeper) }));
      rows.put(randomUUID(), { streamId, personId: anna, as: 'participant' });
      await expect.poll(() => facts.of(streamId), soon).toEqual({ [anna]: 'participant' });
      const holder = facts.about(streamId)[0]?.keeper;
      // Killed: its lease is not given up, and ends by time.
      for (const one of keepers) if (one.keeper === holder) await one.running.close();
      await db.query('update leases set expires_at = clock_timestamp() where stream_id = $1', [streamId]);
      rows.put(randomUUID(), { streamId, personId: ben, as: 'speaker' });
      await expect.poll(() => facts.of(streamId), soon).toEqual({ [anna]: 'participant', [ben]: 'speaker' });
      expect(facts.about(streamId).map((one) => one.keeper)).toEqual([holder, holder === 'one' ? 'two' : 'one']);
      for (const one of keepers) if (one.keeper !== holder) await one.running.close();
      await rows.close();
    });

    test("connections of a killed server end by the database's time; those of a living one are kept alive", async () => {
      const streamId = facts.stream();
      const [anna, ben] = [randomUUID(), randomUUID()];
      // Written by a server that then died: nobody refreshes it.
      await db.query(
        `insert into presence (connection_id, stream_id, person_id, joined_as, server_id, expires_at)
         values ($1, $2, $3, 'participant', $4, clock_timestamp() + interval '2 seconds')`,
        [randomUUID(), streamId, anna, randomUUID()],
      );
      const rows = startRows(1000, 100);
      rows.put(randomUUID(), { streamId, personId: ben, as: 'participant' });
      const keeper = startKeeper('one');
      await expect.poll(() => facts.of(streamId), soon).toEqual({ [anna]: 'participant', [ben]: 'participant' });
      await afterGrace(streamId).toEqual({ [ben]: 'participant' });
      await keeper.close();
      await rows.close();
    });

    test('who was present when every server died is told gone by the next one', async () => {
      const anna = randomUUID();
      const streamId = facts.stream({ [anna]: 'speaker' });
      // All that the dead left behind.
      await db.query("insert into leases (stream_id, name, holder, expires_at) values ($1, 'presence', $2, clock_timestamp())", [
        streamId,
        randomUUID(),
      ]);
      const keeper = startKeeper('one');
      await afterGrace(streamId).toEqual({});
      await keeper.close();
    });

    test('rows that a crash of the database took are written again', async () => {
      const rows = startRows(15_000, 20);
      const streamId = facts.stream();
      rows.put(randomUUID(), { streamId, personId: randomUUID(), as: 'participant' });
      await expect.poll(async () => (await rowsOf(streamId)).length, soon).toBe(1);
      await db.query('truncate presence');
      await expect.poll(async () => (await rowsOf(streamId)).length, soon).toBe(1);
      await rows.close();
      expect(await rowsOf(streamId)).toEqual([]);
    });

    test('a lease has one holder, who may renew it; it passes on when given up or over', async () => {
      const [first, second] = [createLeases({ db, ttlMs: 60_000 }), createLeases({ db, ttlMs: 50 })];
      const streamId = randomUUID();
      expect(await first.tryHold(streamId, 'work')).toBe(true);
      expect(await second.tryHold(streamId, 'work')).toBe(false);
      expect(await second.tryHold(streamId, 'other work')).toBe(true);
      expect(await first.tryHold(streamId, 'work')).toBe(true);
      await second.release(streamId, 'work');
      expect(await second.tryHold(streamId, 'work')).toBe(false);
      await first.release(streamId, 'work');
      expect(await second.tryHold(streamId, 'work')).toBe(true);
      await expect.poll(() => first.tryHold(streamId, 'work'), soon).toBe(true);
      await first.releaseAll();
      expect(await second.tryHoldAll([streamId, streamId], 'work')).toEqual(new Set([streamId]));
      const contended = randomUUID();
      const all = await Promise.all(Array.from({ length: 8 }, () => createLeases({ db }).tryHold(contended, 'work')));
      expect(all.filter(Boolean)).toHaveLength(1);
    });
  });
}
