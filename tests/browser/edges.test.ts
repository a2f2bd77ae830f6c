// The edges of a Session in real browsers: sound that needs a click, refused devices, removal, a lost network, German in the dark.
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { BrowserOptions, Profile, ViewOptions } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { makeFakeDevices } from './fake-devices.ts';
import { expect, findSession, joinAs, say, scan, signInAs, signInByPassword, tile } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor, waitUntil } from './launched.ts';
import { heardPitches, hears } from './senses.ts';

const soon = 'Robots that ask for help';
const hostName = 'Tomasz Wiśniewolski';
const toneHz = 440;

let house: Launched;
let host: Profile;
const browsers: Browser[] = [];

async function open(options: BrowserOptions = {}, view: ViewOptions = {}): Promise<Profile> {
  const browser = await openBrowser(options);
  browsers.push(browser);
  return openProfile(browser, house.origin, view);
}

/** As many further pages of the same person would. */
const openSockets = (page: Page, count: number) =>
  page.evaluate(async (many) => {
    const sockets = Array.from({ length: many }, () => new WebSocket(`${location.origin.replace('http', 'ws')}/live`));
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.addEventListener('open', resolve))));
  }, count);

beforeAll(async () => {
  house = await launchStagedoor();
  host = await open({ devices: await makeFakeDevices(house.folder, 'host', 'red', toneHz) });
  await signInAs(host.page, 'host');
  await findSession(host.page, soon, 'Program');
  await joinAs(host.page, 'speaker');
  await host.page.getByRole('button', { name: 'Start Session' }).click();
  await expect(host.page.getByRole('status', { name: 'Live' })).toBeVisible();
});
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  await house?.stop();
});

describe('edges', () => {
  it('where the browser wants a click before sound, "Turn on sound" is that click', async () => {
    const { page: first, context } = await open({ autoplay: false });
    await signInByPassword(first, 'participant3@demo.example');
    await findSession(first, soon, 'Lobby');
    await joinAs(first, 'participant');
    await waitUntil(async () => hears(await heardPitches(first), toneHz), 'sound after the click on Join');
    // As when a browser restores its tabs: the tab knows that it was inside, and nobody has clicked in it yet.
    const kept = await first.evaluate(() => JSON.stringify({ ...sessionStorage }));
    const page = await context.newPage();
    await page.addInitScript((entries) => {
      for (const [key, value] of Object.entries(JSON.parse(entries))) sessionStorage.setItem(key, String(value));
    }, kept);
    const devtools = await context.newCDPSession(page);
    await page.goto(first.url());
    // Playwright's own questions count as a gesture; this one does not.
    const asked = { expression: "document.body.innerText.includes('Turn on sound')", userGesture: false };
    await waitUntil(async () => (await devtools.send('Runtime.evaluate', asked)).result.value === true, 'the offer of sound');
    await page.getByRole('button', { name: 'Turn on sound' }).click();
    await waitUntil(async () => hears(await heardPitches(page), toneHz), 'sound after the click');
    await expect(page.getByRole('button', { name: 'Turn on sound' })).toHaveCount(0);
  });

  it('a speaker whose browser refuses the devices is told how to allow them, and joins without', async () => {
    const { page } = await open({ allowDevices: false });
    await signInAs(page, 'cohost');
    await findSession(page, soon, 'Program');
    await expect(page.getByText(/Your browser blocks/).first()).toBeVisible();
    await scan(page, 'entrance-refused');
    await joinAs(page, 'speaker');
    const own = tile(page, 'Ines Carvalho-Brandt');
    await expect(own.getByRole('img', { name: 'Camera off' })).toBeVisible();
    await expect(tile(host.page, 'Ines Carvalho-Brandt').getByRole('img', { name: 'Microphone off' })).toBeVisible();
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await expect(tile(host.page, 'Ines Carvalho-Brandt')).toHaveCount(0);
  });

  it('a removed person is told, stays out after a reload, and is let back in', async () => {
    const { page } = await open();
    await signInByPassword(page, 'participant4@demo.example');
    await findSession(page, soon, 'Program');
    await joinAs(page, 'participant');
    await expect(tile(page, hostName)).toBeVisible();
    await host.page.getByRole('tab', { name: 'People' }).click();
    const name = await page.evaluate(async () => {
      const answer = await fetch('/api/accounts/me');
      return ((await answer.json()) as { me: { name: string } }).me.name;
    });
    await host.page
      .getByRole('listitem', { name })
      .or(host.page.getByRole('listitem').filter({ hasText: name }))
      .first()
      .hover();
    await host.page
      .getByRole('listitem')
      .filter({ hasText: name })
      .getByRole('button', { name: `More for ${name}` })
      .click();
    await host.page.getByRole('menuitem', { name: 'Remove from Session' }).click();
    await host.page.getByRole('button', { name: 'Remove from Session', exact: true }).last().click();
    await expect(page.getByRole('heading', { name: 'You were removed from this Session' })).toBeVisible();
    await scan(page, 'removed');
    await page.reload();
    await expect(page.getByRole('heading', { name: 'You were removed from this Session' })).toBeVisible();
    await expect(page.locator('video')).toHaveCount(0);
    await host.page.getByRole('button', { name: /^Let back in/ }).click();
    await expect(page.getByRole('heading', { name: 'You were removed from this Session' })).toHaveCount(0);
  });

  it('a lost network is said, and mended by itself; what was typed stays; one page too many is said too', async () => {
    const { page, context } = await open();
    await signInByPassword(page, 'participant5@demo.example');
    await findSession(page, soon, 'Program');
    await joinAs(page, 'participant');
    await say(page, 'before the tunnel');
    await page.getByRole('textbox', { name: 'Message' }).fill('half a thought');
    await context.setOffline(true);
    await page.evaluate(() => window.dispatchEvent(new Event('offline')));
    await expect(page.getByText('Reconnecting.', { exact: true })).toBeVisible({ timeout: 40_000 });
    await host.page.getByRole('tab', { name: /^Chat/ }).click();
    await say(host.page, 'said meanwhile');
    await context.setOffline(false);
    await expect(page.getByRole('log', { name: 'Chat messages' })).toContainText('said meanwhile');
    await expect(page.getByText('Reconnecting.', { exact: true })).toHaveCount(0);
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('half a thought');
    await openSockets(page, 16);
    const stopped = page.getByRole('alertdialog', { name: 'This page was stopped' });
    await expect(stopped).toBeVisible();
    await scan(page, 'stopped');
    await stopped.getByRole('button', { name: 'Load anew' }).click();
    await say(page, 'after loading anew');
  });

  it('signs up, sets the profile, and reads everything in German, in the dark, on a phone', async () => {
    const { page } = await open({}, { width: 390, height: 844, locale: 'de-DE', colorScheme: 'dark' });
    await page.goto('/sign-up');
    await scan(page, 'de-dark-sign-up');
    await page.getByRole('textbox', { name: 'Name' }).fill('Zoë Ångström');
    await page.getByRole('textbox', { name: 'E-Mail' }).fill('zoe@example.org');
    await page.getByLabel('Passwort', { exact: true }).fill('vier zufällige wörter hier');
    await page.getByRole('button', { name: 'Konto anlegen' }).click();
    await page.waitForURL('**/events');
    for (const path of [
      'events',
      'events/baltic-career-days',
      'events/baltic-career-days/program',
      'events/baltic-career-days/schedule',
      'events/baltic-career-days/companies',
      'profile',
    ]) {
      await page.goto(`/${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await scan(page, `de-dark-${path.replaceAll('/', '-')}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
    await page.goto('/profile');
    await page.getByLabel('Aktuelles Passwort').fill('ein ganz anderes');
    await page.getByLabel('Neues Passwort').fill('fünf andere zufällige wörter hier');
    await page.getByRole('button', { name: 'Passwort ändern' }).click();
    await expect(page.getByText('Das ist nicht Ihr Passwort.')).toBeVisible();
    await page.getByLabel('Aktuelles Passwort').fill('vier zufällige wörter hier');
    await page.getByRole('button', { name: 'Passwort ändern' }).click();
    await expect(page.getByText('Passwort geändert')).toBeVisible();
    await expect(page.getByLabel('Neues Passwort')).toHaveValue('');
    await page.goto('/events/baltic-career-days/program');
    await page.getByRole('article').filter({ hasText: soon }).getByRole('link', { name: 'Beitreten' }).click();
    await page.getByRole('button', { name: 'Im Publikum teilnehmen' }).click();
    await expect(page.locator('video').first()).toBeVisible();
    await scan(page, 'de-dark-live');
  });
});
