// When a background is too much for a machine: not at the start, not for one hiccup, and whatever the limit says.
import { expect, it } from 'vitest';
import { createKeepingUp } from './keeping-up.ts';

const limits = { leastFramesPerSecond: 10, warmUpMs: 4000, overMs: 5000 };

function tooSlowAfter(tookMs: (at: number) => number, untilMs = 60_000, given = limits): number | null {
  const keeping = createKeepingUp(given);
  for (let now = 0; now < untilMs; ) {
    const took = tookMs(now);
    now += Math.max(33, took);
    if (keeping.note(now, took)) return now;
  }
  return null;
}

it('fluent work is never too slow', () => {
  expect(tooSlowAfter(() => 20)).toBeNull();
  expect(tooSlowAfter(() => 95)).toBeNull();
});

it('work that leaves less than ten frames a second is, once it has lasted', () => {
  const after = tooSlowAfter(() => 150);
  expect(after).toBeGreaterThanOrEqual(9000);
  expect(after).toBeLessThan(9500);
});

it('one frame a second, as without a graphics card, is noticed too', () => {
  expect(tooSlowAfter(() => 1000)).toBeLessThanOrEqual(11_000);
});

it('a slow beginning and a hiccup are forgiven', () => {
  expect(tooSlowAfter((at) => (at < 3000 ? 900 : 20))).toBeNull();
  expect(tooSlowAfter((at) => (at > 20_000 && at < 20_400 ? 400 : 20))).toBeNull();
});

it('becoming slow later counts', () => {
  expect(tooSlowAfter((at) => (at < 20_000 ? 20 : 200))).toBeGreaterThan(20_000);
});

it('the limit is whatever is given', () => {
  expect(tooSlowAfter(() => 1000, 60_000, { ...limits, leastFramesPerSecond: 0 })).toBeNull();
  expect(tooSlowAfter(() => 40, 60_000, { ...limits, leastFramesPerSecond: 30 })).not.toBeNull();
});
