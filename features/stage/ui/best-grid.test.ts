// The even grid: every tile fits, and none is much smaller than it could be.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bestGrid, pinnedGrid } from './best-grid.ts';

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

const size = fc.integer({ min: 120, max: 3000 });

it('always fits, or one scrolls through tiles that can be read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }), size, size, (count, width, height) => {
      const { columns, tileWidth } = bestGrid(count, width, height, 8);
      const rows = Math.ceil(count / columns);
      const isHigh = Math.floor((rows * tileWidth * 9) / 16) + (rows - 1) * 8 > height;
      expect(columns * tileWidth + (columns - 1) * 8).toBeLessThanOrEqual(width);
      if (isHigh) expect(tileWidth).toBeGreaterThanOrEqual(Math.min(112, Math.floor((height * 16) / 9)));
    }),
  );
});

it.each([
  ['a phone held upright', 374, 263, 3],
  ['a phone held sideways', 482, 250, 4],
  ['beside a slide', 167, 552, 1],
])('25 on %s can be read, and one scrolls', (_, width, height, columns) => {
  const grid = bestGrid(25, width, height, 8);
  expect(grid.columns).toBe(columns);
  expect(grid.tileWidth).toBeGreaterThanOrEqual(112);
});

it('25 on a desktop stage need no scrolling', () => {
  const { columns, tileWidth } = bestGrid(25, 872, 576, 8);
  expect((25 / columns) * ((tileWidth * 9) / 16)).toBeLessThan(576);
});

it('one that is pinned is larger than the others, and leaves them their place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 24 }), size, size, (others, width, height) => {
      const { isBeside, pinnedWidth, columns, tileWidth } = pinnedGrid(others, width, height, 8);
      expect(columns * tileWidth + (columns - 1) * 8).toBeLessThanOrEqual(width);
      expect(Math.floor((pinnedWidth * 9) / 16)).toBeLessThanOrEqual(height);
      if (isBeside) expect(pinnedWidth + 8 + tileWidth).toBeLessThanOrEqual(Math.max(width, 120));
    }),
  );
  expect(pinnedGrid(4, 872, 576, 8)).toEqual({ isBeside: true, columns: 1, tileWidth: 174, pinnedWidth: 690 });
  expect(pinnedGrid(4, 349, 552, 8)).toEqual({ isBeside: false, columns: 2, tileWidth: 170, pinnedWidth: 349 });
  expect(pinnedGrid(0, 349, 552, 8).pinnedWidth).toBe(349);
});
