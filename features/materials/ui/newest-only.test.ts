// Proves that a held key floods nobody: the first page is sent at once, then only the newest, at a pace, and the last one always.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NewestOnly } from './newest-only.ts';

let sent: number[];
let answers: ((taken: boolean) => void)[];
let refused: number[];
let pages: NewestOnly<number>;
const answer = async (taken = true) => {
  answers.shift()?.(taken);
  await vi.advanceTimersByTimeAsync(0);
};

beforeEach(() => {
  vi.useFakeTimers();
  [sent, answers, refused] = [[], [], []];
  const send = (page: number) => {
    sent.push(page);
    return new Promise<boolean>((resolve) => answers.push(resolve));
  };
  pages = new NewestOnly(send, (page) => refused.push(page));
});
afterEach(() => vi.useRealTimers());

test('the first is sent at once; of those asked for until it is answered only the newest', async () => {
  for (const page of [2, 3, 4, 5]) pages.ask(page);
  expect(sent).toEqual([2]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([2]);
  await answer();
  expect(sent).toEqual([2, 5]);
});

test('a key held for two seconds under a quick server asks at most ten times a second, and ends where it was let go', async () => {
  pages = new NewestOnly(
    async (page) => sent.push(page) > 0,
    () => undefined,
  );
  for (let page = 1; page <= 60; page++) {
    pages.ask(page);
    await vi.advanceTimersByTimeAsync(33);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(sent.length).toBeLessThanOrEqual(21);
  expect(sent.at(-1)).toBe(60);
});

test('a refusal is told of, unless something newer was asked for', async () => {
  pages.ask(2);
  pages.ask(3);
  await answer(false);
  await vi.advanceTimersByTimeAsync(100);
  expect([sent, refused]).toEqual([[2, 3], []]);
  await answer(false);
  expect(refused).toEqual([3]);
});
