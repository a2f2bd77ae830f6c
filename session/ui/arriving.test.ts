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
