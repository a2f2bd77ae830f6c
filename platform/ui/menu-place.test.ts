// A menu is always inside the window, whole or scrolling, and by its button where that is possible.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeBelow, placeBeside } from './menu-place.ts';

const box = (left: number, top: number, width: number, height: number) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});
const desk = { width: 1280, height: 720 };
const phone = { width: 390, height: 844 };

it('stands under its button with their ends in line, and above where there is no room below', () => {
  const menu = { width: 220, height: 200 };
  expect(placeBelow(box(1200, 20, 40, 36), menu, desk)).toMatchObject({ left: 1020, top: 62 });
  expect(placeBelow(box(1200, 680, 40, 36), menu, desk)).toMatchObject({ left: 1020, top: 474 });
  expect(placeBelow(box(4, 20, 40, 36), menu, phone).left).toBe(8);
});

it('a list beside its row goes to the right, else to the left, else below the row', () => {
  const menu = { width: 140, height: 100 };
  expect(placeBeside(box(100, 60, 216, 36), menu, desk).left).toBe(322);
  expect(placeBeside(box(1050, 60, 216, 36), menu, desk).left).toBe(904);
  expect(placeBeside(box(160, 60, 216, 36), menu, phone).left).toBe(14);
  expect(placeBeside(box(60, 60, 300, 36), menu, phone)).toMatchObject({ left: 220, top: 96 });
});

it('never leaves the window', () => {
  const px = (max: number) => fc.integer({ min: 0, max });
  fc.assert(
    fc.property(px(360), px(640), px(300), px(2000), (left, top, width, height) => {
      for (const place of [placeBelow, placeBeside]) {
        const placed = place(box(left, top, 30, 30), { width, height }, { width: 390, height: 700 });
        expect(placed.left).toBeGreaterThanOrEqual(0);
        expect(placed.left + width).toBeLessThanOrEqual(390);
        expect(placed.top).toBeGreaterThanOrEqual(0);
        expect(placed.top + Math.min(height, placed.maxHeight)).toBeLessThanOrEqual(700);
      }
    }),
  );
});
