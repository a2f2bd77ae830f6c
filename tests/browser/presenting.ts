// Owns what people do with materials on the pages, by the names that product.md promises, and whether they see a page as it ought to look.
import type { Locator, Page } from '@playwright/test';
import { differenceFromPage } from '#tests/materials/rendered-page.ts';
import { expect } from './house.ts';
import { waitUntil } from './launched.ts';

export const shown = (page: Page): Locator => page.getByRole('region', { name: 'Presentation' });
export const list = (page: Page): Locator => page.getByRole('region', { name: 'Materials' });
export const row = (page: Page, name: string): Locator => list(page).getByRole('listitem', { name, exact: true });
export const bar = (page: Page): Locator => page.getByRole('group', { name: 'Your controls' });
export const isOn = (page: Page, text: string): Promise<void> =>
  expect(shown(page).getByText(text, { exact: true })).toBeVisible();

export async function choose(page: Page, entry: string): Promise<void> {
  await bar(page).getByRole('button', { name: 'Present', exact: true }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

export async function upload(page: Page, ...files: string[]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose(page, 'Upload presentation')]);
  await chooser.setFiles(files);
}

/** What is uploaded from now on is held on its way, until what is answered is called. */
export async function holdUploads(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/materials?*', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

export const present = (page: Page, name: string): Promise<void> =>
  row(page, name).getByRole('button', { name: 'Present', exact: true }).click();

/** From the entry of the menu beside a row to an entry beside that. */
export async function more(page: Page, name: string, entry: string): Promise<void> {
  await row(page, name).getByRole('button', { name: 'More' }).click();
  await page
    .getByRole('menuitem', { name: entry })
    .or(page.getByRole('menuitemcheckbox', { name: entry }))
    .click();
}

export async function remove(page: Page, name: string): Promise<void> {
  await more(page, name, 'Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
}

/** What the person sees is the page as it ought to look, and nothing else. `most`: of its points, or of its ink alone. */
export async function sees(
  { page }: { page: Page },
  bytes: Buffer,
  number: number,
  most: { ofAll: number } | { ofInk: number } = { ofAll: 0.03 },
): Promise<void> {
  const canvas = shown(page).locator(`canvas[data-page="${number}"][aria-busy="false"]`);
  await expect(canvas).toBeVisible();
  await waitUntil(async () => {
    const url = await canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL('image/png'));
    const difference = await differenceFromPage(Buffer.from(url.replace(/^.*,/, ''), 'base64'), bytes, number);
    return 'ofInk' in most ? difference.ofInk < most.ofInk : difference.ofAll < most.ofAll;
  }, `page ${number} as it ought to look`);
}
