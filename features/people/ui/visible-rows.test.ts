// Of a long list only what is in sight is drawn, and all of what is in sight.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visibleRows } from './visible-rows.ts';

it.each([
  [2000, 0, { first: 0, end: 14 }],
  [2000, 5000, { first: 98, end: 114 }],
  [2000, -300, { first: 0, end: 8 }],
  [2000, -5000, { first: 0, end: 0 }],
  [3, 0, { first: 0, end: 3 }],
  [0, 0, { first: 0, end: 0 }],
])('of %i rows scrolled by %i px it draws %o', (count, top, rows) => {
  expect(visibleRows(count, 50, top, 600, 2)).toEqual(rows);
});

it('draws every row that is in sight, and few others', () => {
  const px = fc.integer({ min: -3000, max: 200_000 });
  fc.assert(
    fc.property(fc.nat(4000), px, fc.integer({ min: 1, max: 2000 }), (count, top, windowPx) => {
      const { first, end } = visibleRows(count, 50, top, windowPx, 4);
      for (const row of [0, 1, Math.floor(count / 2), count - 1, Math.floor(top / 50)]) {
        const isInSight = row >= 0 && row < count && row * 50 < top + windowPx && (row + 1) * 50 > top;
        if (isInSight) expect(row >= first && row < end).toBe(true);
      }
      expect(end - first).toBeLessThanOrEqual(Math.ceil(windowPx / 50) + 9);
    }),
  );
});
