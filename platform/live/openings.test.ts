// The order of a person's openings: the newest, whichever server heard of it first, and nobody else's.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { migrate } from '#platform/db/migrate.ts';
import type { TestDatabase } from '#platform/db/test-databases.ts';
import { testDatabases } from '#platform/db/test-databases.ts';
import { quiet } from './live-test-bed.ts';
import { createOpenings } from './openings.ts';
import { createPresenceRows } from './presence-rows.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

for (const { name, open } of testDatabases) {
  describe(`openings on the ${name}`, () => {
    let database: TestDatabase;
    let db: Db;
    beforeAll(async () => {
      database = await open();
      db = database.db;
      await migrate(db);
    });
    afterAll(() => database.end());

    test('the newest counts, also on coming back; the order is that of the first word of each', async () => {
      const openings = createOpenings(db);
      const [stream, person, older, newer] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
      expect(await openings.isNewest(stream, person, older)).toBe(true);
      expect(await openings.isNewest(stream, person, older)).toBe(true);
      expect(await openings.isNewest(stream, person, newer)).toBe(true);
      expect(await openings.isNewest(stream, person, older)).toBe(false);
      expect(await openings.isNewest(stream, person, newer)).toBe(true);
      expect(await openings.isNewest(stream, randomUUID(), older)).toBe(true);
      expect(await openings.isNewest(randomUUID(), person, older)).toBe(true);
    });

    test('what presence has noted is an opening too, written once however often it comes back', async () => {
      const openings = createOpenings(db);
      const rows = createPresenceRows({ db, logger: quiet });
      const [streamId, personId, older, newer] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
      const noted = () => db.query('select 1 from openings where stream_id = $1', [streamId]);
      rows.put(randomUUID(), { streamId, personId, as: 'speaker', opening: older });
      await expect.poll(noted).toHaveLength(1);
      rows.put(randomUUID(), { streamId, personId, as: 'participant', opening: newer });
      rows.put(randomUUID(), { streamId, personId: randomUUID(), as: 'participant' });
      await expect.poll(noted).toHaveLength(2);
      rows.put(randomUUID(), { streamId, personId, as: 'speaker', opening: older });
      await expect.poll(() => db.query('select 1 from presence where stream_id = $1', [streamId])).toHaveLength(4);
      expect(await openings.isNewest(streamId, personId, older)).toBe(false);
      expect(await openings.isNewest(streamId, personId, newer)).toBe(true);
      await rows.close();
    });

    test('many at once, of the same opening too, leave exactly one newest', async () => {
      const openings = createOpenings(db);
      const [stream, person] = [randomUUID(), randomUUID()];
      const all = Array.from({ length: 8 }, () => randomUUID());
      await Promise.all([...all, ...all].map((one) => openings.isNewest(stream, person, one)));
      const answers = [];
      for (const one of all) answers.push(await openings.isNewest(stream, person, one));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    test('only the newest are kept, however many pages somebody opens, at the gate or by presence', async () => {
      const openings = createOpenings(db);
      const rows = createPresenceRows({ db, logger: quiet });
      const [streamId, personId, neighbour, theirs] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
      await openings.isNewest(streamId, neighbour, theirs);
      const kept = () =>
        db
          .query<{ opening: string }>('select opening from openings where stream_id = $1 and person_id = $2 order by turn', [
            streamId,
            personId,
          ])
          .then((all) => all.map((one) => one.opening));
      const opened = Array.from({ length: 30 }, () => randomUUID());
      for (const opening of opened) expect(await openings.isNewest(streamId, personId, opening)).toBe(true);
      expect(await kept()).toEqual(opened.slice(-20));
      for (let n = 0; n < 5; n++) {
        opened.push(randomUUID());
        rows.put(randomUUID(), { streamId, personId, as: 'speaker', opening: opened.at(-1) });
        await expect.poll(kept).toEqual(opened.slice(-20));
      }
      expect(await openings.isNewest(streamId, personId, opened.at(-2) ?? '')).toBe(false);
      expect(await kept()).toEqual(opened.slice(-20));
      expect(await openings.isNewest(streamId, neighbour, theirs)).toBe(true);
      await rows.close();
    });

    test('they go with their stream', async () => {
      const [stream, person] = [randomUUID(), randomUUID()];
      await db.query("insert into streams (id, kind) values ($1, 'session')", [stream]);
      await createOpenings(db).isNewest(stream, person, randomUUID());
      await db.query('delete from streams where id = $1', [stream]);
      expect(await db.query('select 1 from openings where stream_id = $1', [stream])).toEqual([]);
    });
  });
}
