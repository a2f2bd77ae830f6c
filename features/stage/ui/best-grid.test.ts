// The even grid: every tile fits, and none is much smaller than it could be.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bestGrid } from './best-grid.ts';

it.each([
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 2],
  [5, 3],
  [9, 3],
  [16, 4],
  [25, 5],
])('%i on a desktop stage stand in rows of %i', (count, columns) => {
  expect(bestGrid(count, 872, 576, 8).columns).toBe(columns);
});

it('stacks two on a phone held upright', () => {
  expect(bestGrid(2, 374, 300, 8).columns).toBe(1);
});

it('always fits', () => {
  const size = fc.integer({ min: 120, max: 3000 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }), size, size, (count, width, height) => {
      const { columns, tileWidth } = bestGrid(count, width, height, 8);
      const rows = Math.ceil(count / columns);
      expect(columns * tileWidth + (columns - 1) * 8).toBeLessThanOrEqual(width);
      expect(Math.floor((rows * tileWidth * 9) / 16) + (rows - 1) * 8).toBeLessThanOrEqual(height);
    }),
  );
});
