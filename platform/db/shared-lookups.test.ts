// Shared look-ups: one statement for all who ask at once, never an answer older than its question, and one bad key alone in its failure.
import { afterEach, expect, it, vi } from 'vitest';
import { DatabaseAway } from './contract.ts';
import { insideTransaction } from './open-transaction.ts';
import { shareLookups } from './shared-lookups.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('a crowd that comes one by one shares statements, while whoever comes alone waits for nobody', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] });
  const sizes: number[] = [];
  const look = shareLookups(async (keys: readonly number[]) => {
    sizes.push(keys.length);
    return [...keys];
  });
  const answers: Promise<number>[] = [];
  for (let ms = 0; ms < 20; ms++) {
    answers.push(look(ms));
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(5);
  expect(await Promise.all(answers)).toEqual(answers.map((_, index) => index));
  expect(Math.max(...sizes)).toBe(5);
  expect(sizes.length).toBeLessThanOrEqual(6);
  await vi.advanceTimersByTimeAsync(100);
  const alone = look(7);
  await vi.advanceTimersByTimeAsync(0);
  expect(await alone).toBe(7);
});

it('asks once for all who ask in the same turn, and answers each its own', async () => {
  const asked: number[][] = [];
  const double = shareLookups(async (keys: readonly number[]) => {
    asked.push([...keys]);
    return keys.map((key) => 2 * key);
  });
  expect(await Promise.all([double(1), double(2), double(1)])).toEqual([2, 4, 2]);
  expect(asked).toEqual([[1, 2, 1]]);
});

it('never answers from a statement that began before the question', async () => {
  let truth = 'valid';
  const gates: (() => void)[] = [];
  const look = shareLookups(async (keys: readonly string[]) => {
    const seen = truth;
    await new Promise<void>((resolve) => gates.push(resolve));
    return keys.map(() => seen);
  });
  const before = look('login');
  await expect.poll(() => gates.length).toBe(1);
  truth = 'ended';
  const after = look('login');
  await expect.poll(() => gates.length).toBe(2);
  for (const open of gates) open();
  expect([await before, await after]).toEqual(['valid', 'ended']);
});

it('asks each alone when the shared statement fails', async () => {
  const look = shareLookups(async (keys: readonly string[]) => {
    if (keys.includes('bad')) throw new Error('refused');
    return keys.map((key) => key.toUpperCase());
  });
  const answers = await Promise.allSettled([look('a'), look('bad'), look('b')]);
  expect(answers.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual(['A', 'refused', 'B']);
});

it('tells all at once that the database is away', async () => {
  let statements = 0;
  const look = shareLookups(async (_keys: readonly string[]): Promise<string[]> => {
    statements++;
    throw new DatabaseAway(new Error('gone'));
  });
  const answers = await Promise.allSettled([look('a'), look('b')]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(statements).toBe(1);
});

it('splits a crowd into statements of a bounded size', async () => {
  const sizes: number[] = [];
  const look = shareLookups(async (keys: readonly number[]) => {
    sizes.push(keys.length);
    return [...keys];
  });
  const crowd = Array.from({ length: 1200 }, (_, index) => index);
  expect(await Promise.all(crowd.map(look))).toEqual(crowd);
  expect(sizes).toEqual([500, 500, 200]);
});

it('refuses inside a transaction, whose end the statement would wait for', async () => {
  const look = shareLookups(async (keys: readonly number[]) => [...keys]);
  await expect(insideTransaction(() => look(1))).rejects.toThrow('Inside a transaction');
});
