// The People tab of a speaker in a real browser: two thousand people, search, what a speaker does about one, and where the focus goes.
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { visit } from '#tests/flows/app.ts';
import type { LiveClient } from '#tests/flows/live-client.ts';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { crowded, longName } from './crowded.ts';
import { expect, findSession, inGerman, joinAs, scan, signInAs } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor } from './launched.ts';

const soon = 'Robots that ask for help';
let house: Launched;
let browser: Browser;
let host: Profile;
let ada: LiveClient;
let ben: LiveClient;
let cohost: LiveClient;
let cutAll: () => void;

const panel = (page: Page) => page.getByRole('region', { name: 'People', exact: true });

beforeAll(async () => {
  house = await launchStagedoor();
  browser = await openBrowser();
  host = await openProfile(browser, house.origin);
  await signInAs(host.page, 'host');
  await findSession(host.page, soon, 'Program');
  const stream = new URL(host.page.url()).pathname.split('/').at(-1) as string;
  await joinAs(host.page, 'speaker');
  await host.page.getByRole('button', { name: 'Start Session' }).click();
  await expect(host.page.getByRole('status', { name: 'Live' })).toBeVisible();
  const visited = visit(house.origin);
  cutAll = visited.cutAll;
  ada = await visited.join('participant1', stream);
  ben = await visited.join('participant2', stream);
  cohost = await visited.join('cohost', stream, 'speaker');
});
afterAll(async () => {
  cutAll?.();
  await browser?.close();
  await house?.stop();
});

describe('people', () => {
  it('nobody moves under the hand that is about to invite somebody: who leaves keeps their place until it is gone', async () => {
    const { page } = host;
    const rows = panel(page).getByRole('list', { name: 'Audience' }).getByRole('listitem');
    await expect(rows).toHaveCount(2);
    const invite = rows.nth(1).getByRole('button', { name: 'Invite to stage' });
    await invite.hover();
    const name = (await rows.nth(1).getAttribute('aria-label')) ?? '';
    const first = (await rows.first().getAttribute('data-person')) ?? '';
    const second = rows.and(page.getByRole('listitem', { name }));
    const before = await second.boundingBox();
    expect(await cohost.send('people.remove', { person: first })).toBeNull();
    await expect(panel(page).getByText('Has left')).toBeVisible();
    await expect(rows).toHaveCount(1);
    expect(await second.boundingBox()).toEqual(before);
    await page.mouse.move(5, 5);
    await expect(panel(page).getByText('Has left')).toHaveCount(0);
    expect((await second.boundingBox())?.y).toBeLessThan(before?.y ?? 0);
    expect(await cohost.send('people.readmit', { person: first })).toBeNull();
    await cohost.close();
    await expect(rows).toHaveCount(2);
  });

  it('a speaker invites, bans and removes by menu; the focus goes to the row that takes its place', async () => {
    const { page, problems } = host;
    const rows = panel(page).getByRole('list', { name: 'Audience' }).getByRole('listitem');
    await expect(rows).toHaveCount(2);
    const first = rows.first();
    await first.getByRole('button', { name: 'Invite to stage' }).click();
    await expect(first).toContainText('Invited');
    await first.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Ban from chat' }).click();
    await expect(first.getByRole('img', { name: 'Banned from chat' })).toBeVisible();
    await scan(page, 'people-host');
    await first.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Remove from Session' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove from Session' }).click();
    await expect(rows).toHaveCount(1);
    await expect(rows.first().getByRole('button').first()).toBeFocused();
    const gone = [ada, ben].find((one) => !('all' in one.slices)) as LiveClient;
    expect(gone).toBeDefined();
    await page.getByRole('button', { name: 'Let back in' }).click();
    await gone.until(() => 'all' in gone.slices, 'being let back in');
    expect(problems).toEqual([]);
  });

  it.each([
    ['people-2000', { width: 1280, height: 720 }],
    ['people-2000-phone-dark-de', { width: 390, height: 844, colorScheme: 'dark' as const, locale: 'de-DE' }],
  ])('%s: two thousand scroll and are found, few are drawn', async (name, view) => {
    const watcher = await openProfile(browser, house.origin, { ...view, locale: 'en-GB' });
    const { page } = watcher;
    await crowded(page, 2000);
    await signInAs(page, 'cohost');
    await findSession(page, soon, 'Program');
    await joinAs(page, 'speaker');
    const german = 'locale' in view;
    if (german) await inGerman(page);
    const region = page.getByRole('region', { name: german ? 'Personen' : 'People', exact: true });
    await expect(region.getByText(longName)).toBeVisible();
    await scan(page, name);
    expect(await region.locator('.person').count()).toBeLessThan(60);
    await region.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await expect(region.getByText('Guest Number 2000', { exact: true })).toBeVisible();
    expect(await region.locator('.person').count()).toBeLessThan(60);
    const [people, chat] = [page.getByRole('tab').first(), page.getByRole('tab', { name: /^Chat/ })];
    await chat.click();
    await people.click();
    await expect(region.getByText('Guest Number 2000', { exact: true })).toBeVisible();
    await page.getByRole('searchbox').fill('quillon 1777');
    await expect(region.getByText('Guest Number 1777', { exact: true })).toBeVisible();
    await expect(region.locator('.person')).toHaveCount(1);
    await chat.click();
    await people.click();
    await expect(page.getByRole('searchbox')).toHaveValue('quillon 1777');
    await expect(region.locator('.person')).toHaveCount(1);
    expect([...watcher.problems, ...watcher.foreign]).toEqual([]);
    await watcher.context.close();
  });
});
