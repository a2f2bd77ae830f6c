// Owns the proof of the benches' arithmetic.
import { describe, expect, test } from 'vitest';
import { fitLine, halves, isCalm, median, quantile, ratioOf, slopeDifference, slopeOf } from './statistics.ts';

/** Wavers by up to `by` around `around`, without chance. */
const wavering = (around: number, by: number, count = 30) =>
  Array.from({ length: count }, (_, index) => around + by * Math.sin(index * 2.399));

describe('medians', () => {
  test('of odd and even counts, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  test('quantiles lie between their neighbours', () => {
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(quantile([1, 2, 3], 1)).toBe(3);
    expect(() => median([])).toThrow('Nothing was measured');
  });
});

describe('the ratio of two medians', () => {
  test('is enclosed by its interval, which holds the truth', () => {
    const { value, low, high } = ratioOf(wavering(120, 10), wavering(100, 10));
    expect(value).toBeCloseTo(1.2, 1);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
    expect(low).toBeLessThan(1.2);
    expect(high).toBeGreaterThan(1.2);
  });

  test('is as sure as its measurements are calm', () => {
    const width = (by: number) => {
      const { low, high } = ratioOf(wavering(100, by), wavering(100, by));
      return high - low;
    };
    expect(width(20)).toBeGreaterThan(width(2) * 5);
    expect(width(0)).toBe(0);
  });

  test('is the same for the same measurements', () => {
    expect(ratioOf([1, 2, 3, 4], [2, 3, 4, 5])).toEqual(ratioOf([1, 2, 3, 4], [2, 3, 4, 5]));
  });
});

describe('a fitted line', () => {
  const along = (slope: number, intercept: number, by = 0) =>
    [0, 25, 50, 100].map((at) => ({ at, values: wavering(intercept + slope * at, by, 9) }));

  test('goes through points that lie on one', () => {
    const { slope, intercept } = fitLine(along(4, 130));
    expect(slope).toBeCloseTo(4, 10);
    expect(intercept).toBeCloseTo(130, 10);
  });

  test('has a slope with an interval that holds the truth', () => {
    const { low, high } = slopeOf(along(4, 130, 15));
    expect(low).toBeLessThan(4);
    expect(high).toBeGreaterThan(4);
    expect(high - low).toBeLessThan(1);
  });

  test('tells one round trip more from none', () => {
    const more = slopeDifference(along(5, 140, 5), along(4, 130, 5));
    expect(more.value).toBeCloseTo(1, 1);
    expect(more.low).toBeGreaterThan(0.5);
    expect(slopeDifference(along(4, 140, 5), along(4, 130, 5)).value).toBeCloseTo(0, 1);
  });

  test('does not stand on one place', () => {
    expect(() => fitLine([{ at: 5, values: [1] }])).toThrow('two different places');
  });
});

describe('the control', () => {
  test('halves share early and late places', () => {
    expect(halves([0, 1, 2, 3, 4, 5, 6, 7])).toEqual([
      [0, 3, 4, 7],
      [1, 2, 5, 6],
    ]);
  });

  test('a steady drift makes no difference between the halves', () => {
    const [one, other] = halves(Array.from({ length: 16 }, (_, index) => 100 + index));
    expect(median(one) / median(other)).toBeCloseTo(1, 5);
  });

  test('is calm within five per cent', () => {
    expect([0.94, 0.95, 1, 1.05, 1.06].map(isCalm)).toEqual([false, true, true, true, false]);
  });
});
