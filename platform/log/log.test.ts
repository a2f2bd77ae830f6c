// The log on real databases: grouping, repeats, two servers, lost hints, timers, and readers that see each event once.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { migrate } from '#platform/db/migrate.ts';
import type { TestDatabase } from '#platform/db/test-databases.ts';
import { testDatabases } from '#platform/db/test-databases.ts';
import type { Actor, AudienceEvent, Decider, Decision, Log, LoggedEvent } from './contract.ts';
import { refuse } from './contract.ts';
import { createLog } from './log.ts';
import { versionsOf } from './upcasting.ts';

const logger = { warn: () => undefined, error: () => undefined };
const anna: Actor = { kind: 'person', personId: randomUUID(), as: 'participant' };
const system: Actor = { kind: 'system' };

interface Counter {
  total: number;
  due: string | null;
}

/** A small kind of stream: counts, keeps a secret per person, and has a timer. */
const counter: Decider<{ all?: Counter } & Record<string, unknown>> = {
  kind: 'counter',
  parseCommand: (_type, body) => ({ ok: true, body: body as Record<string, unknown> }),
  initialSlice: () => ({ total: 0, due: null }) satisfies Counter,
  evolveSlice(_audience, slice, event) {
    const state = slice as Counter;
    if (event.type === 'counter.alarm-set') return { ...state, due: event.body.dueAt as string };
    if (event.type === 'counter.rang') return { ...state, due: null, total: state.total + 100 };
    return { ...state, total: state.total + (event.body.by as number) };
  },
  decide(state, command, _actor, now): Decision {
    const by = command.body.by as number;
    switch (command.type) {
      case 'counter.add':
        if (by < 0) return refuse('negative');
        return {
          events: [
            { audience: 'all', type: 'counter.added', body: { by } },
            { audience: `person:${command.body.person ?? 'x'}`, type: 'counter.added', body: { by } },
          ],
        };
      case 'counter.round-up': {
        const by = (10 - ((state.all?.total ?? 0) % 10)) % 10;
        return { events: by < 9 ? [{ audience: 'all', type: 'counter.added', body: { by } }] : [] };
      }
      case 'counter.set-alarm':
        return { events: [{ audience: 'all', type: 'counter.alarm-set', body: { dueAt: now } }] };
      case 'counter.ring':
        return state.all?.due ? { events: [{ audience: 'all', type: 'counter.rang', body: { by: 0 } }] } : refuse('no-alarm');
      case 'counter.break':
        throw new Error('broken on purpose');
      default:
        return refuse('unknown-command');
    }
  },
  consequences: (_state, facts) => facts,
  upcast: (event: AudienceEvent) => event,
  timers: (state) =>
    state.all?.due ? [{ id: `alarm ${state.all.due}`, dueAt: state.all.due, command: { type: 'counter.ring', body: {} } }] : [],
  summary: (state) => ({ total: state.all?.total ?? 0 }),
};

let database: TestDatabase;
let db: Db;
/** Another server's, where two can share one database. */
let otherDb: Db;
let first: Log;
let second: Log;

async function newStream(): Promise<string> {
  const id = randomUUID();
  await db.transaction((tx) =>
    first.appendFacts(tx, id, [{ audience: 'all', type: 'counter.added', body: { by: 1 } }], { kind: 'counter' }),
  );
  await first.announce(id);
  return id;
}
const add = (log: Log, stream: string, by: number, id = randomUUID(), actor = anna) =>
  log.submit(stream, actor, { id, type: 'counter.add', body: { by } });
const total = async (log: Log, stream: string) => ((await log.read(stream))?.state.all as Counter | undefined)?.total;
const storedRevs = async (stream: string) =>
  (await db.query<{ rev: number }>('select rev from stream_events where stream_id = $1 order by rev', [stream])).map(
    (row) => row.rev,
  );

/** How many events are dated before the one that they follow. */
async function datedBackwards(stream: string): Promise<number> {
  const rows = await db.query(
    `select 1 from stream_events one join stream_events next on next.stream_id = one.stream_id and next.rev = one.rev + 1
     where one.stream_id = $1 and next.at < one.at`,
    [stream],
  );
  return rows.length;
}

describe.each(testDatabases)('the log on the $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
    db = database.db;
    otherDb = (await database.openAnother?.()) ?? db;
    await migrate(db);
    const start = (on: Db) => createLog({ db: on, deciders: [counter as unknown as Decider], logger, pollMs: 20 });
    first = await start(db);
    second = await start(otherDb);
  });
  afterAll(async () => {
    await first.stop();
    await second.stop();
    if (otherDb !== db) await otherDb.close();
    await database.end();
  });

  describe('submit', () => {
    it('answers after the commit, with the new head', async () => {
      const stream = await newStream();
      expect(await add(first, stream, 5)).toEqual({ ok: true, head: 3 });
      expect(await storedRevs(stream)).toEqual([1, 2, 3]);
      expect(await db.query('select summary from streams where id = $1', [stream])).toEqual([{ summary: { total: 6 } }]);
    });

    it('a repeated command changes nothing, also on another server and in the same group', async () => {
      const stream = await newStream();
      const id = randomUUID();
      const outcomes = await Promise.all([add(first, stream, 5, id), add(first, stream, 5, id), add(second, stream, 5, id)]);
      outcomes.push(await add(second, stream, 5, id));
      expect(outcomes.every((one) => one.ok)).toBe(true);
      expect(await total(first, stream)).toBe(6);
    });

    it('two people may use the same id', async () => {
      const stream = await newStream();
      const id = randomUUID();
      await add(first, stream, 5, id);
      await add(first, stream, 5, id, { kind: 'person', personId: randomUUID(), as: 'participant' });
      expect(await total(first, stream)).toBe(11);
    });

    it('a refusal stores nothing', async () => {
      const stream = await newStream();
      expect(await add(first, stream, -1)).toEqual({ ok: false, refusal: { code: 'negative' } });
      expect(await storedRevs(stream)).toEqual([1]);
      expect(await db.query('select 1 from stream_commands where stream_id = $1', [stream])).toEqual([]);
    });

    it('a command that changes nothing is known all the same, also on another server, and after what would have made it count', async () => {
      const stream = await newStream();
      const id = randomUUID();
      const ifSmall = (log: Log) => log.submit(stream, anna, { id, type: 'counter.round-up', body: {} });
      expect(await ifSmall(first)).toEqual({ ok: true, head: 1 });
      await add(first, stream, 4);
      expect(await ifSmall(second)).toEqual({ ok: true, head: 1 });
      expect(await ifSmall(first)).toEqual({ ok: true, head: 1 });
      expect(await total(first, stream)).toBe(5);
    });

    it('a command that breaks its group does not take the others with it', async () => {
      const stream = await newStream();
      const broken = first.submit(stream, anna, { id: randomUUID(), type: 'counter.break', body: {} });
      const [good] = await Promise.all([add(first, stream, 5), expect(broken).rejects.toThrow('broken on purpose')]);
      expect(good.ok).toBe(true);
      expect(await total(first, stream)).toBe(6);
    });

    it('many waiting commands share few transactions', async () => {
      const stream = await newStream();
      const transaction = vi.spyOn(db, 'transaction');
      await Promise.all(Array.from({ length: 300 }, () => add(first, stream, 1)));
      expect(transaction.mock.calls.length).toBeLessThan(10);
      transaction.mockRestore();
      expect(await total(second, stream)).toBe(301);
    });

    it('an unknown stream is refused', async () => {
      expect(await add(first, randomUUID(), 1)).toEqual({ ok: false, refusal: { code: 'not-found' } });
      expect(await first.read(randomUUID())).toBeNull();
    });
  });

  describe('follow', () => {
    it('a stream that is deleted takes its events and commands with it, and nobody else’s', async () => {
      const [gone, kept] = [await newStream(), await newStream()];
      const nothing = (stream: string) => first.submit(stream, anna, { id: randomUUID(), type: 'counter.round-up', body: {} });
      await Promise.all([nothing(gone), add(first, gone, 1), nothing(kept), add(first, kept, 1)]);
      await db.query('delete from streams where id = $1', [gone]);
      const rows = (table: string) => db.query(`select 1 from ${table} where stream_id = any($1::uuid[])`, [[gone, kept]]);
      expect(await storedRevs(gone)).toEqual([]);
      expect(await storedRevs(kept)).toEqual([1, 2, 3]);
      expect(await rows('stream_commands')).toHaveLength(1);
      expect(await first.read(gone)).toBeNull();
    });

    it('gives each event once and in order, whoever wrote it', async () => {
      const stream = await newStream();
      const seen: LoggedEvent[] = [];
      const unfollow = await second.follow(stream, (batch) => seen.push(...batch));
      await Promise.all(Array.from({ length: 50 }, (_, index) => add(index % 2 ? first : second, stream, 1)));
      await vi.waitFor(() =>
        expect(seen.map((event) => event.rev)).toEqual(Array.from({ length: 100 }, (_, index) => index + 2)),
      );
      unfollow();
    });

    it('begins while more commands wait than one commit takes', async () => {
      const stream = await newStream();
      let following = false;
      const crowd = Array.from({ length: 450 }, async () => {
        const me: Actor = { kind: 'person', personId: randomUUID(), as: 'participant' };
        for (let said = 0; !following && said < 60; said++) await add(first, stream, 1, randomUUID(), me);
      });
      let firstSeen = 0;
      const unfollow = await first.follow(stream, (batch) => {
        firstSeen ||= batch[0]?.rev ?? 0;
      });
      following = true;
      await Promise.all(crowd);
      unfollow();
      // At most the two commits that were under way, of 200 commands with two events each.
      expect(firstSeen).toBeGreaterThan(1);
      expect(firstSeen).toBeLessThanOrEqual(2 + 2 * 200 * 2);
    });

    it('finds out by polling when hints are lost', async () => {
      const stream = await newStream();
      const seen: number[] = [];
      await second.follow(stream, (batch) => seen.push(...batch.map((event) => event.rev)));
      const lost = vi.spyOn(db, 'notify').mockResolvedValue(undefined);
      await add(first, stream, 1);
      await vi.waitFor(() => expect(seen).toEqual([2, 3]));
      lost.mockRestore();
    });

    it('tells of facts that the shell appended', async () => {
      const stream = await newStream();
      const seen: string[] = [];
      await second.follow(stream, (batch) => seen.push(...batch.map((event) => event.type)));
      await db.transaction((tx) => first.appendFacts(tx, stream, [{ audience: 'all', type: 'counter.added', body: { by: 7 } }]));
      await first.announce(stream);
      await vi.waitFor(() => expect(seen).toEqual(['counter.added']));
      expect(await total(second, stream)).toBe(8);
    });

    it('facts of a transaction that is rolled back never happened', async () => {
      const stream = await newStream();
      await expect(
        db.transaction(async (tx) => {
          await first.appendFacts(tx, stream, [{ audience: 'all', type: 'counter.added', body: { by: 7 } }]);
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      await add(first, stream, 1);
      expect(await total(second, stream)).toBe(2);
    });
  });

  it('tails one audience by its own numbers', async () => {
    const stream = await newStream();
    for (let by = 1; by <= 5; by++) await add(first, stream, by);
    const tail = await first.tail(stream, 'person:x', 2, 2);
    expect(tail.map((event) => [event.seq, event.body.by])).toEqual([
      [3, 3],
      [4, 4],
    ]);
    expect(Object.keys(tail[0] ?? {}).sort()).toEqual(['at', 'body', 'seq', 'type', 'v']);
  });

  it('a due timer fires once, though every server looks for it', async () => {
    const stream = await newStream();
    await first.submit(stream, system, { id: randomUUID(), type: 'counter.set-alarm', body: {} });
    await vi.waitFor(async () => expect(await total(second, stream)).toBe(101));
    const rang = await db.query("select rev from stream_events where stream_id = $1 and type = 'counter.rang'", [stream]);
    expect(rang).toHaveLength(1);
    expect(await db.query('select next_due_at from streams where id = $1', [stream])).toEqual([{ next_due_at: null }]);
  });

  it('a stream whose timers cannot be looked at holds up no other, however many there are', async () => {
    const looks = vi.fn();
    const broken: Decider = {
      ...(counter as unknown as Decider),
      kind: 'broken',
      timers() {
        looks();
        throw new Error('broken on purpose');
      },
    };
    const stuck = Array.from({ length: 120 }, () => randomUUID());
    // As an older version may have left them: longer due than anything else.
    await db.query(
      `insert into streams (id, kind, head, next_due_at)
       select id, 'broken', 1, clock_timestamp() - interval '1 hour' from unnest($1::uuid[]) as id`,
      [stuck],
    );
    await db.query(
      `insert into stream_events (stream_id, rev, audience, seq, type, v, at, body)
       select id, 1, 'all', 1, 'counter.added', 1, clock_timestamp(), '{"by": 1}' from unnest($1::uuid[]) as id`,
      [stuck],
    );
    const third = await createLog({ db, deciders: [counter as unknown as Decider, broken], logger, pollMs: 20 });
    await vi.waitFor(() => expect(looks.mock.calls.length).toBeGreaterThanOrEqual(stuck.length), 10_000);
    const stream = await newStream();
    await first.submit(stream, system, { id: randomUUID(), type: 'counter.set-alarm', body: {} });
    await vi.waitFor(async () => expect(await total(third, stream)).toBe(101));
    await third.stop();
    await db.query('delete from streams where id = any($1::uuid[])', [stuck]);
  });

  it('each event is stored with the version of its own type, and read as of the newest', async () => {
    const versions = versionsOf({ 'notes.signed': [(body) => body, (body) => ({ ...body, lifted: true })] });
    const notes: Decider = {
      ...(counter as unknown as Decider),
      ...versions,
      kind: 'notes',
      evolveSlice: (_audience, slice, event) => [...(Array.isArray(slice) ? slice : []), event.body],
      decide: () => ({
        events: ['notes.written', 'notes.signed'].map((type) => ({ audience: 'all' as const, type, body: { type } })),
      }),
      timers: () => [],
      summary: () => ({}),
    };
    const open = () => createLog({ db, deciders: [notes], logger, pollMs: 60_000 });
    const [writer, reader] = [await open(), await open()];
    const stream = randomUUID();
    await db.transaction((tx) => writer.appendFacts(tx, stream, [], { kind: 'notes' }));
    await writer.submit(stream, anna, { id: randomUUID(), type: 'notes.write', body: {} });
    const stored = () => db.query('select type, v from stream_events where stream_id = $1 order by rev', [stream]);
    expect(await stored()).toEqual([
      { type: 'notes.written', v: 1 },
      { type: 'notes.signed', v: 3 },
    ]);
    await db.query("update stream_events set v = 2 where stream_id = $1 and type = 'notes.signed'", [stream]);
    expect((await reader.read(stream))?.state.all).toEqual([{ type: 'notes.written' }, { type: 'notes.signed', lifted: true }]);
    expect((await reader.tail(stream, 'all', 1, 10)).map(({ v, body }) => [v, body.lifted])).toEqual([[3, true]]);
    await Promise.all([writer.stop(), reader.stop()]);
    await db.query('delete from streams where id = $1', [stream]);
  });

  it('facts of the shell are appended to what this server knows of the stream, without reading it all again', async () => {
    const stream = await newStream();
    await add(first, stream, 1);
    const read: string[] = [];
    const append = (log: Log) =>
      db.transaction((tx) => {
        const listening: typeof tx = {
          query: (text, params) => {
            read.push(text);
            return tx.query(text, params);
          },
        };
        return log.appendFacts(listening, stream, [{ audience: 'all', type: 'counter.added', body: { by: 7 } }]);
      });
    await append(first);
    expect(read.filter((text) => text.includes('from stream_events'))).toEqual([]);
    await add(second, stream, 1);
    await append(first);
    expect(await total(second, stream)).toBe(17);
    expect(await storedRevs(stream)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('random interleavings on two servers: the total is the sum of what was accepted, replay equals live', async () => {
    const moves = fc.array(
      fc.record({ server: fc.boolean(), by: fc.integer({ min: -2, max: 5 }), repeat: fc.boolean(), pause: fc.boolean() }),
      {
        minLength: 5,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(moves, async (plan) => {
        const stream = await newStream();
        const work: Promise<unknown>[] = [];
        let expected = 1;
        for (const { server, by, repeat, pause } of plan) {
          const id = randomUUID();
          if (by >= 0) expected += by;
          work.push(add(server ? first : second, stream, by, id));
          if (repeat) work.push(add(server ? second : first, stream, by, id));
          if (pause) await work.at(-1);
        }
        await Promise.all(work);
        const [live, other] = [await first.read(stream), await second.read(stream)];
        expect((live?.state.all as Counter | undefined)?.total).toBe(expected);
        const replayed = await createLog({ db, deciders: [counter as unknown as Decider], logger, pollMs: 60_000 });
        expect(await replayed.read(stream)).toEqual(live);
        expect(other).toEqual(live);
        expect(await datedBackwards(stream)).toBe(0);
        await replayed.stop();
      }),
      { numRuns: 15 },
    );
  });
});
