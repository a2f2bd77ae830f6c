// Materials in real browsers: two speakers, a participant and a latecomer; uploaded, rehearsed, presented, followed page by page, taken over, looked at for oneself (rules MA6–MA9, MA16, MA19, MA28–MA30).
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { deck } from '#tests/materials/decks.ts';
import { scannedDeck } from '#tests/materials/scans.ts';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { showDecksOfOthers, showHostileDecks } from './foreign-decks.ts';
import { expect, findSession, joinAs, scan, signInAs, signInByPassword } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor, waitUntil } from './launched.ts';
import { bar, choose, holdUploads, isOn, list, more, remove, row, sees, shown, upload } from './presenting.ts';

const soon = 'Robots that ask for help';
const shift = deck({ pages: 12, text: 'How a shift works' });
const fleet = deck({ pages: 3, seed: 3, text: 'The fleet learns' });
const scans = scannedDeck();
const talks = ['opening.pdf', 'arms.pdf', 'eyes.pdf', 'legs.pdf', 'closing.pdf'];

let house: Launched;
let browser: Browser;
let host: Profile;
let cohost: Profile;
let ada: Profile;
let ben: Profile;
let folder: string;
const at = (name: string) => join(folder, name);
let brokenAt: string | null = null;
beforeEach(({ task, onTestFailed }) => {
  if (brokenAt) throw new Error(`The step "${brokenAt}" failed before`);
  onTestFailed(() => {
    brokenAt = task.name;
  });
});

beforeAll(async () => {
  house = await launchStagedoor();
  folder = await mkdtemp(join(house.folder, 'decks-'));
  const files = { 'shift.pdf': shift, 'fleet.pdf': fleet, 'scans.pdf': scans, 'notes.pdf': Buffer.from('only words') };
  for (const [seed, name] of talks.entries()) await writeFile(at(name), deck({ pages: 1, seed: 20 + seed }));
  for (const [name, content] of Object.entries(files)) await writeFile(at(name), content);
  browser = await openBrowser();
  host = await openProfile(browser, house.origin);
  cohost = await openProfile(browser, house.origin, { colorScheme: 'dark' });
  ada = await openProfile(browser, house.origin);
  ben = await openProfile(browser, house.origin, { width: 390, height: 844 });
});
afterAll(async () => {
  await browser?.close();
  expect(await house?.stop()).toBe(0);
});

describe('materials', () => {
  it('a speaker uploads from their schedule, long before they enter', async () => {
    await signInAs(host.page, 'host');
    const { page } = host;
    await page.goto('/events');
    await page.getByRole('link', { name: 'Baltic Career Days' }).first().click();
    await page.getByRole('tab', { name: 'My Schedule' }).click();
    const point = page.getByRole('article').filter({ has: page.getByRole('heading', { name: soon }) });
    await point.getByRole('button', { name: 'Upload presentation' }).click();
    const dialog = page.getByRole('dialog', { name: 'Materials' });
    const send = async (name: string) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        dialog.getByRole('button', { name: 'Upload presentation' }).click(),
      ]);
      await chooser.setFiles(at(name));
    };
    // The first time it is not drawn yet.
    await page.route('**/thumbnails/1', (route) => route.fulfill({ status: 503 }), { times: 1 });
    await send('shift.pdf');
    const first = dialog.getByRole('listitem', { name: 'shift', exact: true });
    await expect(first).toContainText('12 pages');
    await waitUntil(
      () => first.locator('img').evaluate((picture: HTMLImageElement) => picture.naturalWidth > 0),
      'its small picture, asked for again',
    );
    await send('fleet.pdf');
    await dialog.getByRole('button', { name: 'Delete fleet' }).click();
    await scan(page, 'materials-schedule');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect(dialog.getByRole('listitem', { name: 'fleet', exact: true })).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  it('backstage it is there; refusals are said in words, and an upload can be cancelled', async () => {
    await Promise.all([
      signInAs(cohost.page, 'cohost'),
      signInAs(ada.page, 'participant'),
      signInByPassword(ben.page, 'participant2@demo.example'),
      findSession(host.page, soon, 'Program'),
    ]);
    await Promise.all([cohost, ada].map(({ page }) => page.goto(host.page.url())));
    await Promise.all([joinAs(host.page, 'speaker'), joinAs(cohost.page, 'speaker'), joinAs(ada.page, 'participant')]);
    const { page } = host;
    await bar(page).getByRole('button', { name: 'Present', exact: true }).click();
    await expect(page.getByText('Uploading now saves the audience the wait.')).toBeVisible();
    await scan(page, 'materials-menu');
    await page.keyboard.press('Escape');
    await upload(page, at('notes.pdf'));
    await expect(list(page).getByRole('alert')).toContainText('This file is not a PDF.');
    await scan(page, 'materials-refused');
    // Whoever sees the list is not told twice.
    await expect(page.getByText('notes.pdf was not uploaded')).toHaveCount(1);
    await list(page).getByRole('button', { name: 'Dismiss' }).click();
    await expect(row(page, 'shift')).toContainText('12 pages');
    // Held on its way, so that there is time to change one's mind.
    await page.route('**/materials?*', () => undefined);
    await upload(page, at('fleet.pdf'));
    await expect(list(page).getByRole('progressbar', { name: 'Uploading fleet.pdf' })).toBeVisible();
    await list(page).getByRole('button', { name: 'Cancel the upload of fleet.pdf' }).click();
    await expect(list(page).getByRole('progressbar')).toHaveCount(0);
    await page.unroute('**/materials?*');
    await expect(list(page).getByRole('listitem')).toHaveCount(1);
  });

  it('five chosen at once take turns; how far they are is seen with the list closed, and how it ended', async () => {
    const { page } = host;
    const release = await holdUploads(page);
    await upload(page, ...talks.map(at));
    await expect(list(page).getByRole('progressbar')).toHaveCount(2);
    await expect(list(page).getByText('Waiting', { exact: true })).toHaveCount(3);
    await scan(page, 'materials-five-at-once');
    await list(page).getByRole('button', { name: 'Close' }).click();
    await expect(bar(page).getByRole('button', { name: /^Present, \d+ % uploaded/ })).toBeVisible();
    await scan(page, 'materials-upload-unseen');
    release();
    const told = page.getByRole('group').filter({ hasText: `${talks.at(-1)} is uploaded` });
    await told.getByRole('button', { name: 'Materials' }).click();
    for (const name of talks) await expect(row(page, name.replace('.pdf', ''))).toContainText('1 page');
    await expect(bar(page).getByRole('button', { name: 'Present', exact: true })).toBeVisible();
    for (const name of talks) {
      await remove(page, name.replace('.pdf', ''));
    }
    await expect(list(page).getByRole('listitem')).toHaveCount(1);
  });

  it('what is rehearsed backstage is seen by speakers only; the start carries it to everybody', async () => {
    await row(host.page, 'shift').getByRole('button', { name: 'Present', exact: true }).click();
    await isOn(host.page, 'Page 1 of 12');
    await shown(host.page).getByRole('button', { name: 'Next page' }).click();
    await sees(cohost, shift, 2);
    await expect(shown(ada.page)).toHaveCount(0);
    await host.page.getByRole('button', { name: 'Start Session' }).click();
    await isOn(ada.page, 'Page 2 of 12');
    await sees(ada, shift, 2);
    await scan(cohost.page, 'materials-other-speaker-dark');
  });

  it('everyone follows: by button, by key, by small picture', async () => {
    await shown(host.page).getByRole('button', { name: 'Next page' }).click();
    await sees(ada, shift, 3);
    await host.page.keyboard.press('ArrowRight');
    await sees(ada, shift, 4);
    await shown(host.page).getByRole('button', { name: 'Page 9', exact: true }).click();
    await sees(ada, shift, 9);
    await expect(shown(ada.page).locator('.page-text')).toContainText('How a shift works');
    // While somebody writes, keys are letters.
    await host.page.getByRole('button', { name: 'Close' }).click();
    await host.page.getByRole('tab', { name: /^Chat/ }).click();
    await host.page.getByRole('textbox', { name: 'Message' }).press('ArrowLeft');
    await shown(host.page).getByRole('button', { name: 'Previous page' }).click();
    await sees(ada, shift, 8);
    await isOn(host.page, 'Page 8 of 12');
  });

  it('a participant looks at other pages for themself, and comes back to the presenter', async () => {
    await shown(ada.page).getByRole('button', { name: 'Page 5', exact: true }).click();
    await sees(ada, shift, 5);
    await shown(host.page).getByRole('button', { name: 'Next page' }).click();
    await sees(cohost, shift, 9);
    await isOn(ada.page, 'Page 5 of 12');
    await scan(ada.page, 'materials-own-page');
    await shown(ada.page).getByRole('button', { name: 'Follow presenter' }).click();
    await sees(ada, shift, 9);
    await expect(shown(ada.page).getByRole('button', { name: 'Follow presenter' })).toHaveCount(0);
  });

  it('is sharp at any zoom', async () => {
    const canvas = shown(ada.page).locator('canvas');
    const widthOf = () => canvas.evaluate((element: HTMLCanvasElement) => element.width);
    const isSharp = () =>
      canvas.evaluate((element: HTMLCanvasElement) => element.width >= Math.floor(element.clientWidth * devicePixelRatio) - 2);
    const before = await widthOf();
    await shown(ada.page).getByRole('button', { name: 'Zoom in' }).click();
    await shown(ada.page).getByRole('button', { name: 'Zoom in' }).click();
    await waitUntil(async () => (await widthOf()) > before * 1.9 && (await isSharp()), 'twice as many points');
    await sees(ada, shift, 9);
    await shown(ada.page).getByRole('button', { name: 'Zoom out' }).click();
    await shown(ada.page).getByRole('button', { name: 'Zoom out' }).click();
    await waitUntil(async () => (await widthOf()) === before, 'as before');
    await shown(ada.page).getByRole('button', { name: 'Full screen' }).click();
    await waitUntil(async () => (await widthOf()) > before && (await isSharp()), 'full screen');
    await shown(ada.page).getByRole('button', { name: 'Exit full screen' }).click();
    await waitUntil(async () => (await widthOf()) === before, 'as before full screen');
  });

  it('MA31 in full screen a host still sees who asks to join, and what is noticed', async () => {
    const { page } = host;
    const release = await holdUploads(page);
    await upload(page, at('fleet.pdf'));
    await list(page).getByRole('button', { name: 'Close' }).click();
    await shown(page).getByRole('button', { name: 'Full screen' }).click();
    await expect(bar(page)).toBeHidden();
    await expect(page.getByRole('button', { name: /^Request to join/ })).toHaveCount(0);
    await bar(ada.page).getByRole('button', { name: 'Request to join' }).click();
    await ada.page.getByRole('button', { name: 'Send request' }).click();
    const waiting = page.getByRole('button', { name: 'Request to join, 1 waiting' });
    await expect(waiting).toBeVisible();
    await scan(page, 'materials-full-screen-asked');
    await waiting.click();
    await page.getByRole('region', { name: 'Requests' }).getByRole('button', { name: 'Decline' }).click();
    await expect(waiting).toHaveCount(0);
    release();
    await page.getByRole('group').filter({ hasText: 'fleet.pdf is uploaded' }).getByRole('button', { name: 'Materials' }).click();
    // What was asked for would lie under it.
    await expect(row(page, 'fleet')).toContainText('3 pages');
    await expect(shown(page).getByRole('button', { name: 'Full screen', exact: true })).toBeVisible();
    await remove(page, 'fleet');
    await list(page).getByRole('button', { name: 'Close' }).click();
  });

  it('a latecomer sees the page at once, on a phone too; a reload changes nothing', async () => {
    await ben.page.goto(host.page.url());
    await joinAs(ben.page, 'participant');
    await sees(ben, shift, 9);
    await scan(ben.page, 'materials-phone');
    await ada.page.reload();
    await sees(ada, shift, 9);
    await host.page.reload();
    await isOn(host.page, 'Page 9 of 12');
    await shown(host.page).getByRole('button', { name: 'Next page' }).click();
    await sees(ada, shift, 10);
  });

  it('another speaker is asked before they take over, and then turns the pages', async () => {
    await upload(cohost.page, at('fleet.pdf'));
    await expect(row(cohost.page, 'fleet')).toContainText('3 pages');
    await row(cohost.page, 'fleet').getByRole('button', { name: 'Present', exact: true }).click();
    const question = cohost.page.getByRole('alertdialog');
    await expect(question).toContainText('is presenting');
    await scan(cohost.page, 'materials-take-over');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await sees(ada, shift, 10);
    await row(cohost.page, 'fleet').getByRole('button', { name: 'Present', exact: true }).click();
    await question.getByRole('button', { name: 'Take over' }).click();
    await sees(ada, fleet, 1);
    await shown(cohost.page).getByRole('button', { name: 'Next page' }).click();
    await sees(ben, fleet, 2);
    await sees(host, fleet, 2);
  });

  it('a speaker starts a deck for the one who speaks next', async () => {
    await choose(host.page, 'Materials');
    await more(host.page, 'shift', 'Start for');
    await host.page.getByRole('menuitemradio').nth(1).click();
    await host.page.getByRole('alertdialog').getByRole('button', { name: 'Take over' }).click();
    // It goes on where it was put away.
    await sees(ada, shift, 10);
    await shown(cohost.page).getByRole('button', { name: 'Next page' }).click();
    await sees(ada, shift, 11);
  });

  it('is renamed, allowed to be downloaded, put in order and deleted', async () => {
    const { page } = host;
    await more(page, 'shift', 'Rename');
    await list(page).getByRole('textbox', { name: 'Name of shift' }).fill('A shift');
    await page.keyboard.press('Enter');
    await expect(row(page, 'A shift')).toBeVisible();
    await expect(ada.page.getByRole('button', { name: 'Materials' })).toHaveCount(0);
    await more(page, 'A shift', 'Allow download');
    const [download] = await Promise.all([
      ada.page.waitForEvent('download'),
      shown(ada.page).getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('A shift.pdf');
    await bar(ada.page).getByRole('button', { name: 'Materials' }).click();
    await expect(row(ada.page, 'A shift').getByRole('link', { name: 'Download A shift' })).toBeVisible();
    await more(page, 'fleet', 'Move up');
    await expect(list(page).getByRole('listitem').first()).toContainText('fleet');
    await row(page, 'fleet')
      .locator('.material-picture')
      .dragTo(row(page, 'A shift'), { targetPosition: { x: 20, y: 44 } });
    await expect(list(page).getByRole('listitem').first()).toContainText('A shift');
    await scan(page, 'materials-list');
    await remove(page, 'fleet');
    await expect(list(cohost.page).getByRole('listitem')).toHaveCount(1);
  });

  it('scanned pages are not blank', async () => {
    await upload(cohost.page, at('scans.pdf'));
    await row(cohost.page, 'scans').getByRole('button', { name: 'Present', exact: true }).click();
    await sees(ada, scans, 1);
    await shown(cohost.page).getByRole('button', { name: 'Next page' }).click();
    await sees(ada, scans, 2);
  });

  it('decks of other producers look as they were made, in seven scripts, with their text and small pictures', () =>
    showDecksOfOthers({ presenter: cohost.page, viewer: ada, folder }));

  it('whatever mean decks hold, nothing of it runs, nothing is asked for, and the page answers', async () => {
    // Who watches no more need not draw them.
    await Promise.all([host.page.goto('/events'), ben.page.goto('/events')]);
    await showHostileDecks({ presenter: cohost.page, viewer: ada, folder });
  });

  it('stopping leaves the people', async () => {
    await shown(cohost.page).getByRole('button', { name: 'Stop presenting' }).click();
    for (const { page } of [cohost, ada]) await expect(shown(page)).toHaveCount(0);
  });

  it('asked no other host, and broke no rule of the page', () => {
    for (const one of [host, cohost, ada, ben]) {
      expect(one.foreign).toEqual([]);
      expect(one.problems).toEqual([]);
    }
  });
});
