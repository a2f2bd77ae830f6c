// Owns looking at how a stage is laid out: at four sizes of window, with a picture of each.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, stage } from './house.ts';

const artefacts = join(import.meta.dirname, '../artefacts');
const sizes = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];
/** Narrower tiles show three letters of a name. */
const leastTile = 96;
const leastName = 24;

/** What is wrong with it; empty when everything has its place. */
async function faults(page: Page, count: number): Promise<string[]> {
  return stage(page).evaluate(
    (element, [wanted, narrowest, shortest]) => {
      const found: string[] = [];
      const box = element.getBoundingClientRect();
      const tiles = [...element.querySelectorAll<HTMLElement>('.tile')];
      if (tiles.length !== wanted) found.push(`${tiles.length} tiles`);
      const root = document.documentElement;
      if (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight) found.push('the page scrolls');
      const holder = element.querySelector<HTMLElement>('.tiles-space');
      const isSideways = (holder?.scrollWidth ?? 0) > (holder?.clientWidth ?? 0) + 1;
      const isDown = (holder?.scrollHeight ?? 0) > (holder?.clientHeight ?? 0) + 1;
      if (isSideways && isDown) found.push('it scrolls both ways');
      const rects = tiles.map((tile) => tile.getBoundingClientRect());
      rects.forEach((rect, index) => {
        if (rect.width < narrowest) found.push(`a tile is ${rect.width} wide`);
        if (Math.abs(rect.width / rect.height - 16 / 9) > 0.05) found.push(`a tile is ${rect.width} × ${rect.height}`);
        const name = tiles[index]?.querySelector<HTMLElement>('.plate .cut');
        if (!name || name.clientWidth < shortest) found.push(`a name has ${name?.clientWidth}`);
        if (!isDown && (rect.top < box.top - 1 || rect.bottom > box.bottom + 1)) found.push('a tile is cut above or below');
        if (!isSideways && (rect.left < box.left - 1 || rect.right > box.right + 1)) found.push('a tile is cut at its side');
        const isOver = (other: DOMRect) =>
          rect.left < other.right - 1 &&
          other.left < rect.right - 1 &&
          rect.top < other.bottom - 1 &&
          other.top < rect.bottom - 1;
        const over = rects.slice(index + 1).some(isOver);
        // One that is pinned stays in sight while the others pass below it.
        if (over && !element.querySelector('.tile--pinned')) found.push('tiles lie over each other');
      });
      // The last one can be reached.
      tiles.at(-1)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const last = tiles.at(-1)?.getBoundingClientRect();
      if (last && (last.bottom > box.bottom + 1 || last.right > box.right + 1)) found.push('the last tile is out of reach');
      holder?.scrollTo(0, 0);
      return [...new Set(found)];
    },
    [count, leastTile, leastName] as const,
  );
}

export async function expectGoodLayout(page: Page, count: number, name: string): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  const before = page.viewportSize();
  for (const size of sizes) {
    await page.setViewportSize(size);
    const where = `${name}-${count}-${size.width}x${size.height}`;
    await expect.poll(() => faults(page, count), { message: where }).toEqual([]);
    await page.screenshot({ path: join(artefacts, `stage-${where}.png`) });
  }
  if (before) await page.setViewportSize(before);
}
