// Which logins are told to have ended when no hint comes: those that somebody ended, and those that grew too old, once, also after the database was away.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { migrate } from '#platform/db/migrate.ts';
import type { TestDatabase } from '#platform/db/test-databases.ts';
import { testDatabases } from '#platform/db/test-databases.ts';
import { createLoginEnds } from './login-ends.ts';

const dayMs = 24 * 60 * 60 * 1000;
const soon = { timeout: 8_000, interval: 5 };

describe.each(testDatabases)('the ends of logins ($name)', ({ open }) => {
  let database: TestDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await open();
    db = database.db;
    await migrate(db);
  });
  afterAll(() => database.end());

  /** Ages are of this moment, by the database's clock. */
  async function addLogin(ages: { begun?: string; used?: string; ended?: string }): Promise<string> {
    const [person, login] = [randomUUID(), randomUUID()];
    await db.query("insert into persons (id, name) values ($1, 'Ada')", [person]);
    await db.query('insert into accounts (person_id, email) values ($1, $2)', [person, `${person}@uni.example`]);
    await db.query(
      `insert into logins (id, person_id, token_hash, begun_at, used_at, ended_at) values ($1, $2, $3,
         clock_timestamp() - $4::interval, clock_timestamp() - $5::interval, clock_timestamp() - $6::interval)`,
      [login, person, login, ages.begun ?? '0', ages.used ?? '0', ages.ended ?? null],
    );
    return login;
  }

  async function listen() {
    let elapsedMs = 0;
    const clock = { now: () => 0, elapsedMs: () => elapsedMs };
    const ends = await createLoginEnds({ db, idleMs: 14 * dayMs, absoluteMs: 60 * dayMs, clock, pollMs: 10 });
    const told: string[] = [];
    ends.onEnded((one) => 'loginId' in one && told.push(one.loginId));
    return { told, stop: () => ends.stop(), advance: (byMs: number) => (elapsedMs += byMs) };
  }

  it('are told of those that somebody ended and of those that grew too old, and of no others, once', async () => {
    await addLogin({ begun: '59 days', used: '13 days' });
    await addLogin({ begun: '70 days', used: '20 days' });
    await addLogin({ ended: '2 minutes' });
    const [idle, old, ended] = [
      await addLogin({ begun: '20 days', used: '14 days' }),
      await addLogin({ begun: '60 days' }),
      await addLogin({ ended: '1 second' }),
    ];
    const { told, stop } = await listen();
    await vi.waitFor(() => expect(told.toSorted()).toEqual([idle, old, ended].toSorted()), soon);
    const later = await addLogin({ ended: '0' });
    await vi.waitFor(() => expect(told).toContain(later), soon);
    expect(new Set(told).size).toBe(told.length);
    expect(told).toHaveLength(4);
    await stop();
  });

  it('that nobody could ask for, because the database was away, are told when it is back', async () => {
    const { told, stop, advance } = await listen();
    const first = await addLogin({ ended: '0' });
    await vi.waitFor(() => expect(told).toContain(first), soon);
    const query = vi.spyOn(db, 'query').mockRejectedValue(new Error('away'));
    await vi.waitFor(() => expect(query).toHaveBeenCalled(), soon);
    advance(10 * 60_000);
    query.mockRestore();
    const [ended, idle] = [await addLogin({ ended: '5 minutes' }), await addLogin({ used: '14 days 5 minutes' })];
    // Asked once more before they were there, or not: what was asked in vain is asked again.
    advance(10 * 60_000);
    await vi.waitFor(() => expect(told).toEqual(expect.arrayContaining([ended, idle])), soon);
    await stop();
  });
});
