// Fetching parts of the page again until they arrive, with the time told.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { untilArrived } from './arriving.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('what cannot be fetched is asked for again, more and more seldom, and arrives in the end', async () => {
  const askedAt: number[] = [];
  const began = Date.now();
  const arrived = untilArrived(async () => {
    askedAt.push(Date.now() - began);
    if (askedAt.length < 8) throw new TypeError('Importing a module script failed.');
    return 'chips';
  });
  await vi.advanceTimersByTimeAsync(200_000);
  expect(await arrived).toBe('chips');
  expect(askedAt).toEqual([0, 1500, 4500, 10_500, 22_500, 46_500, 76_500, 106_500]);
});

it('it is asked for by another name each time, where the browser says which could not be fetched', async () => {
  const names: string[] = [];
  const fail = (url: string) => new TypeError(`Failed to fetch dynamically imported module: ${url}`);
  const arrived = untilArrived(
    async () => {
      throw fail('http://localhost:4000/assets/stage-rooms-B3x.js');
    },
    async (url) => {
      names.push(url);
      if (names.length < 3) throw fail(url);
      return 'chips';
    },
  );
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await arrived).toBe('chips');
  expect(names).toEqual([1, 2, 3].map((attempt) => `http://localhost:4000/assets/stage-rooms-B3x.js?attempt=${attempt}`));
});
