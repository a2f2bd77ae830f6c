// When commits happen, by a clock that the test moves: load shares them, 20 ms apart at least, and nobody who is alone is held up.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import type { Actor, Decider } from './contract.ts';
import { Stream } from './stream.ts';

vi.mock('./rows.ts', async (original) => ({
  ...(await original<object>()),
  lockStreamAndReadKnown: async () => ({
    kind: 'counter',
    head: head(),
    now: new Date(Date.now()).toISOString(),
    known: new Map(),
  }),
  writeGrowth: async () => undefined,
}));

const commitTakesMs = 3;
const leastApartMs = 20;
let stream: Stream;
let begun: number[] = [];
let ended: number[] = [];
const head = () => stream.snapshot.head;

const decider = {
  kind: 'counter',
  initialSlice: () => 0,
  evolveSlice: (_audience: string, slice: number) => slice + 1,
  decide: () => ({ events: [{ audience: 'all', type: 'counted', body: {} }] }),
  timers: () => [],
  summary: () => ({}),
} as unknown as Decider;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  [begun, ended] = [[], []];
  const db = {
    async transaction(work: (tx: never) => Promise<unknown>) {
      begun.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, commitTakesMs));
      const done = await work(undefined as never);
      ended.push(performance.now());
      return done;
    },
  } as unknown as Db;
  stream = new Stream('s', {
    db,
    deciders: new Map([[decider.kind, decider]]),
    onCommitted: () => undefined,
    onFollowerError: () => undefined,
  });
});
afterEach(() => void vi.useRealTimers());

const somebody = (): Actor => ({ kind: 'person', personId: randomUUID(), as: 'participant' });
const send = (actor: Actor) => stream.submit(actor, { id: randomUUID(), type: 'counter.add', body: {} });
/** Somebody new each `everyMs`, `count` times. */
async function newcomers(count: number, everyMs: number): Promise<number[]> {
  const waits: number[] = [];
  for (let sent = 0; sent < count; sent++) {
    const sentAt = performance.now();
    void send(somebody()).then(() => waits.push(performance.now() - sentAt));
    await vi.advanceTimersByTimeAsync(everyMs);
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(waits).toHaveLength(count);
  return waits;
}
const apart = () => begun.slice(1).map((at, index) => at - (ended[index] ?? 0));

test('under load each commit begins 20 ms after the last one ended, and nobody waits longer than that and two commits', async () => {
  const waits = await newcomers(200, 3);
  // The load is known as such from its second commit on.
  for (const between of apart().slice(2)) expect(between).toBeGreaterThanOrEqual(leastApartMs);
  expect(Math.max(...waits)).toBeLessThanOrEqual(leastApartMs + 2 * commitTakesMs);
  expect(begun.length).toBeLessThan(200 / 6);
});

test('a crowd is not held up: twenty who wait need not wait for more', async () => {
  await newcomers(20, 3);
  const before = begun.length;
  const crowd = Promise.all(Array.from({ length: 20 }, () => send(somebody())));
  await vi.advanceTimersByTimeAsync(commitTakesMs);
  await crowd;
  expect(begun.length).toBe(before + 1);
});

test('a single sender, who waits for each answer, is never held up', async () => {
  const me = somebody();
  let answered = 0;
  void (async () => {
    for (; answered < 50; answered++) await send(me);
  })();
  await vi.advanceTimersByTimeAsync(50 * commitTakesMs);
  expect(answered).toBe(50);
  expect(begun).toHaveLength(50);
});

test('nor is one whose commands come now and then, beside others who do the same', async () => {
  for (const wait of await newcomers(20, 60)) expect(wait).toBe(commitTakesMs);
});
