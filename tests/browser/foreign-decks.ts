// Owns what a journey does with decks that others made, and with those that mean no good: each is presented, and what a participant sees of it is looked at.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { attackFiles } from '#tests/materials/attack-files.ts';
import { drawnText, handMadeDeck, lookedUpText } from '#tests/materials/hand-made-fonts.ts';
import type { Produced } from '#tests/materials/producers.ts';
import { producedDecks, scripts } from '#tests/materials/producers.ts';
import type { Profile } from './browser.ts';
import { expect } from './house.ts';
import { waitUntil } from './launched.ts';
import { list, present, row, sees, shown, upload } from './presenting.ts';

/** Edges of letters are drawn a little differently in a browser and outside; a letter that is missing or another is far more. */
const mostOfInk = 0.25;

interface Shown extends Produced {
  /** What of its text must be there, page by page. */
  texts: readonly RegExp[][];
}

/** Who presents, and who watches. */
export interface Showing {
  presenter: Page;
  viewer: Profile;
  /** For the files. */
  folder: string;
}

async function decks(viewer: Profile): Promise<Shown[]> {
  const browser = viewer.context.browser();
  if (!browser) throw new Error('Its browser has gone');
  const kept = [scripts.slice(0, 4), scripts.slice(4)].map((some) => some.map((one) => one.kept));
  // Ghostscript tells of letters from elsewhere only what it could find out: those it was given as letters are there.
  const again = [[/A robot/, /12 arms/], [], [/机器人/]];
  const texts: Record<string, readonly RegExp[][]> = { printed: kept, cairo: kept, ghostscript: again };
  const made = (await producedDecks(browser)).map((one) => ({ ...one, texts: texts[one.name] ?? [] }));
  const byHand = [[new RegExp(lookedUpText)], [new RegExp(drawnText)]];
  return [...made, { name: 'by-hand', bytes: handMadeDeck(), pages: 2, texts: byHand }];
}

/** As the person could mark it. */
const textOf = (page: Page) =>
  page.evaluate(() => {
    const layer = document.querySelector('.page-text');
    const selection = getSelection();
    if (!layer || !selection) return '';
    selection.selectAllChildren(layer);
    const text = selection.toString();
    selection.removeAllRanges();
    return text.replace(/\s*\n\s*/g, ' ');
  });

/** Pictures of one colour all over show nothing. */
const coloursOf = (picture: HTMLImageElement) => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
  const context = canvas.getContext('2d');
  if (!context || canvas.width === 0) return 0;
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return new Set(Array.from({ length: data.length / 4 }, (_, at) => data[4 * at])).size;
};

export async function showDecksOfOthers({ presenter, viewer, folder }: Showing): Promise<void> {
  const all = await decks(viewer);
  for (const { name, bytes } of all) await writeFile(join(folder, `${name}.pdf`), bytes);
  await upload(presenter, ...all.map(({ name }) => join(folder, `${name}.pdf`)));
  for (const { name, bytes, pages, texts } of all) {
    await present(presenter, name);
    for (let page = 1; page <= pages; page++) {
      if (page > 1) await shown(presenter).getByRole('button', { name: 'Next page' }).click();
      await sees(viewer, bytes, page, { ofInk: mostOfInk });
      for (const text of texts[page - 1] ?? [])
        await expect.poll(() => textOf(viewer.page), { message: `${name}, page ${page}` }).toMatch(text);
    }
    await waitUntil(async () => (await row(presenter, name).locator('img').evaluate(coloursOf)) > 8, `a picture of ${name}`);
  }
}

/** Those that are taken: each is shown, or it is said that it can't be; the page answers, asks nothing and nobody, and runs nothing. */
export async function showHostileDecks({ presenter, viewer, folder }: Showing): Promise<void> {
  const taken = attackFiles().filter((one) => one.verdicts.includes('shown') && one.fileName === undefined);
  expect(taken.length).toBeGreaterThan(20);
  const names = taken.map((_, index) => `hostile ${index}`);
  for (const [index, { bytes }] of taken.entries()) await writeFile(join(folder, `${names[index]}.pdf`), bytes);
  const opened: string[] = [];
  for (const page of [presenter, viewer.page])
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => opened.push(dialog.message())));
  viewer.context.on('page', (page) => opened.push(page.url()));
  await upload(presenter, ...names.map((name) => join(folder, `${name}.pdf`)));
  await expect(list(presenter).getByRole('progressbar')).toHaveCount(0, { timeout: 120_000 });
  await expect(list(presenter).getByRole('alert')).toHaveCount(0);
  const place = shown(viewer.page);
  for (const [index, name] of names.entries()) {
    await present(presenter, name);
    const what = taken[index]?.title ?? '';
    await expect(place.locator('.page-name'), what).toHaveText(name);
    const isThere = place.locator('canvas[data-page="1"][aria-busy="false"]').or(place.getByRole('alert'));
    // While that is drawn the page answers all the same, and the next one takes its place.
    if (!taken[index]?.drawsLong) await expect(isThere.first(), what).toBeVisible();
    expect(await viewer.page.evaluate(() => 1 + 1), what).toBe(2);
  }
  expect(opened).toEqual([]);
}
