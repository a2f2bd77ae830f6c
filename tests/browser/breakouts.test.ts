// Breakout rooms with real media: planned by two hosts, opened, hopped through, helped, managed and closed; a reload and a killed server in between.
import type { Browser, Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { makeFakeDevices } from './fake-devices.ts';
import { expect, findSession, joinAs, say, scan, signInAs, signInByPassword, tile } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor, waitUntil } from './launched.ts';
import type { Rgb } from './senses.ts';
import { heardPitches, hears, near, seenColour } from './senses.ts';

const soon = 'Robots that ask for help';
const blue: Rgb = [0, 0, 255];
const adaToneHz = 1250;
const hostToneHz = 440;

let house: Launched;
const browsers: Browser[] = [];
let host: Profile;
let cohost: Profile;
let ada: Profile;
let ben: Profile;
let cai: Profile;
let dia: Profile;
/** As the lists show them. */
const names = new Map<Profile, string>();
let brokenAt: string | null = null;
beforeEach(({ task, onTestFailed }) => {
  if (brokenAt) throw new Error(`The step "${brokenAt}" failed before`);
  onTestFailed(() => {
    brokenAt = task.name;
  });
});

beforeAll(async () => {
  house = await launchStagedoor();
  const [hostDevices, adaDevices] = await Promise.all([
    makeFakeDevices(house.folder, 'host', 'red', hostToneHz),
    makeFakeDevices(house.folder, 'ada', 'blue', adaToneHz),
  ]);
  const open = async (options: Parameters<typeof openBrowser>[0]) => {
    const browser = await openBrowser(options);
    browsers.push(browser);
    return browser;
  };
  const hosts = await open({ devices: hostDevices });
  const others = await open({});
  host = await openProfile(hosts, house.origin);
  cohost = await openProfile(others, house.origin, { colorScheme: 'dark' });
  ada = await openProfile(await open({ devices: adaDevices }), house.origin);
  ben = await openProfile(others, house.origin);
  cai = await openProfile(others, house.origin, { width: 390, height: 844 });
  dia = await openProfile(others, house.origin);
});
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  expect(await house?.stop()).toBe(0);
});

const participants = () => [ada, ben, cai, dia];
const everybody = () => [host, cohost, ...participants()];
const bar = (profile: Profile) => profile.page.getByRole('group', { name: 'Your controls' });
const panel = (page: Page) => page.getByRole('region', { name: 'Breakout Rooms' });
const chips = (page: Page) => page.getByRole('navigation', { name: 'Rooms' });
const where = (profile: Profile) => profile.page.locator('.where');
const isIn = (profile: Profile, room: string) => expect(where(profile)).toContainText(room);
const nameOf = (profile: Profile) => names.get(profile) ?? '';
const roomOf = (page: Page, room: string) =>
  panel(page)
    .getByRole('listitem')
    .filter({ has: page.getByLabel(`Name of room ${room}`) });
const unfold = async (page: Page, room: string) => {
  const button = panel(page).getByRole('button', { name: `People in ${room}` });
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
};
const moveByMenu = async (page: Page, profile: Profile, room: string) => {
  await panel(page)
    .getByRole('button', { name: `Move to room, ${nameOf(profile)}` })
    .click();
  await page.getByRole('menuitem', { name: room }).click();
};
const openPanel = async ({ page }: Profile) => {
  if (await panel(page).isHidden()) await page.getByRole('button', { name: /^(Breakout|Manage) Rooms$/ }).click();
};

describe('breakout rooms', () => {
  it('a Session is live with two hosts and four participants', async () => {
    await signInAs(host.page, 'host');
    await signInAs(cohost.page, 'cohost');
    await signInAs(ada.page, 'participant');
    const emails = new Map([ben, cai, dia].map((one, at) => [one, `participant${at + 2}@demo.example`]));
    for (const [one, email] of emails) await signInByPassword(one.page, email);
    for (const one of [host, cohost]) {
      await findSession(one.page, soon, 'Program');
      await joinAs(one.page, 'speaker');
    }
    await host.page.getByRole('button', { name: 'Start Session' }).click();
    for (const one of participants()) {
      const { me }: { me: { name: string } } = await one.page.evaluate(async () => (await fetch('/api/accounts/me')).json());
      names.set(one, me.name);
      await one.page.goto(host.page.url());
      await joinAs(one.page, 'participant');
    }
    await expect(host.page.getByRole('status', { name: 'People present: 6' })).toBeVisible();
  });

  it('is planned by both hosts together: added, assigned, looked for, moved by keyboard and by mouse', async () => {
    const { page } = host;
    await openPanel(host);
    await panel(page).getByRole('button', { name: 'Add room' }).click();
    await expect(roomOf(page, 'Room 1')).toBeVisible();
    await panel(page).getByRole('button', { name: 'Add room' }).click();
    await panel(page).getByRole('button', { name: 'Auto Assign' }).click();
    await expect(panel(page).getByText('Moves 4 people. 0 stay in the main call.')).toBeVisible();
    await panel(page).getByLabel('Name of room Room 1').fill('Harbour');
    await panel(page).getByLabel('Name of room Room 1').press('Enter');
    await openPanel(cohost);
    await expect(roomOf(cohost.page, 'Harbour')).toBeVisible();
    // Ada and Ben to Harbour, Cai to Room 2, Dia to nobody.
    for (const room of ['Harbour', 'Room 2']) await unfold(page, room);
    const box = panel(page).getByRole('combobox', { name: 'Search participants here' });
    for (const one of [ada, dia]) {
      await box.fill(nameOf(one).slice(0, 5).toLowerCase());
      await page.getByRole('option', { name: nameOf(one) }).click();
      const place = page.getByRole('menuitem', { name: one === ada ? 'Harbour' : 'Not in a room' });
      if (await place.isVisible()) await place.click();
      else await page.keyboard.press('Escape');
    }
    for (const [one, room] of [
      [ben, 'Harbour'],
      [cai, 'Room 2'],
    ] as const) {
      const pill = panel(page).getByRole('button', { name: `Move to room, ${nameOf(one)}` });
      if (
        await roomOf(page, room)
          .getByRole('button', { name: `Move to room, ${nameOf(one)}` })
          .isVisible()
      )
        continue;
      await pill.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: room }).press('Enter');
    }
    await expect(panel(page).getByText('Moves 3 people. 1 stays in the main call.')).toBeVisible();
    await scan(page, 'breakouts-plan');
    // By mouse: there and back.
    const unassigned = panel(page).getByRole('region', { name: 'Unassigned' });
    const pill = (place: Locator) =>
      place
        .getByRole('listitem')
        .filter({ hasText: nameOf(dia).split(' ')[0] })
        .locator('.avatar');
    await pill(unassigned).dragTo(roomOf(page, 'Room 2'));
    await expect(panel(page).getByText('Moves 4 people. 0 stay in the main call.')).toBeVisible();
    await pill(roomOf(page, 'Room 2')).dragTo(unassigned);
    await expect(panel(page).getByText('Moves 3 people. 1 stays in the main call.')).toBeVisible();
    await scan(cohost.page, 'breakouts-plan-dark');
  });

  it('moves everybody who is assigned by itself; who is in one for the first time is asked once', async () => {
    await panel(host.page).getByRole('button', { name: 'Open Rooms' }).click();
    for (const one of [ada, ben]) await isIn(one, 'Harbour');
    await isIn(cai, 'Room 2');
    await expect(where(dia)).toBeVisible();
    await ada.page.getByRole('button', { name: 'Turn both on' }).click();
    for (const one of [ben, cai]) await one.page.getByRole('button', { name: 'Stay muted' }).click();
    await expect(ada.page.getByRole('button', { name: 'Mute microphone' })).toBeVisible();
    await waitUntil(async () => near(await seenColour(tile(ben.page, nameOf(ada))), blue), "Ada's picture in her room");
    await waitUntil(async () => hears(await heardPitches(ben.page), adaToneHz), "Ada's voice in her room");
    for (const other of [cai, host]) expect(hears(await heardPitches(other.page), adaToneHz)).toBe(false);
    expect(hears(await heardPitches(ben.page), hostToneHz)).toBe(false);
    await scan(ben.page, 'breakouts-inside');
    await scan(cai.page, 'breakouts-inside-phone');
    await scan(dia.page, 'breakouts-main-call-german');
  });

  it('a room calls for help; a host comes by one click, is heard there only, and goes back', async () => {
    await ben.page.getByRole('button', { name: 'Ask for help' }).click();
    const calls = host.page.getByRole('region', { name: 'Help calls' });
    await expect(calls.getByRole('listitem', { name: 'Harbour' })).toBeVisible();
    await scan(host.page, 'breakouts-help');
    await calls.getByRole('button', { name: 'Go there' }).click();
    await isIn(host, 'Harbour');
    await expect(calls).toHaveCount(0);
    await host.page.getByRole('button', { name: 'Turn both on' }).click();
    await waitUntil(async () => hears(await heardPitches(ben.page), hostToneHz), 'the host in Harbour');
    await waitUntil(async () => !hears(await heardPitches(cohost.page), hostToneHz), 'no host in the main call');
    await waitUntil(async () => hears(await heardPitches(host.page), adaToneHz), 'Ada at the host');
    await chips(host.page).getByRole('button', { name: 'Main call' }).click();
    await waitUntil(async () => hears(await heardPitches(cohost.page), hostToneHz), 'the host back in the main call');
    await expect(host.page.getByRole('button', { name: 'Mute microphone' })).toBeVisible();
  });

  it('what is written in a room stays there; a message to all rooms reaches all', async () => {
    await say(ada.page, 'Only for Harbour');
    await ben.page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(ben.page.getByRole('log', { name: 'Chat messages' })).toContainText('Only for Harbour');
    await openPanel(host);
    await panel(host.page).getByRole('button', { name: 'Message all rooms' }).click();
    await panel(host.page).getByRole('textbox', { name: 'Message to all rooms' }).fill('Five more minutes');
    await panel(host.page).getByRole('button', { name: 'Send to all' }).click();
    for (const one of [ada, ben, cai]) await expect(one.page.getByText('Five more minutes')).toBeVisible();
    await cai.page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(cai.page.getByRole('log', { name: 'Chat messages' })).not.toContainText('Only for Harbour');
  });

  it('a reload leads back into the room, with the microphone as it was', async () => {
    await ada.page.reload();
    await isIn(ada, 'Harbour');
    await expect(ada.page.getByRole('button', { name: 'Mute microphone' })).toBeVisible();
    await waitUntil(async () => hears(await heardPitches(ben.page), adaToneHz), 'Ada after her reload');
  });

  it('the app server is killed: everybody stays where they are', async () => {
    await house.killAndAwait('app');
    await waitUntil(async () => hears(await heardPitches(ben.page), adaToneHz), 'Ada after the kill');
    await say(ada.page, 'Still in Harbour');
    await expect(ben.page.getByRole('log', { name: 'Chat messages' })).toContainText('Still in Harbour');
  });

  it('is managed while open: renamed, people moved, one added and closed, time given', async () => {
    const { page } = host;
    await openPanel(host);
    await panel(page).getByLabel('Name of room Room 2').fill('Rail yard');
    await panel(page).getByLabel('Name of room Room 2').press('Enter');
    await isIn(cai, 'Rail yard');
    await moveByMenu(page, dia, 'Rail yard');
    await isIn(dia, 'Rail yard');
    await panel(page).getByRole('button', { name: 'Add 5 min' }).click();
    await expect(ben.page.getByRole('timer', { name: 'Time left in rooms' })).toBeVisible();
    await unfold(page, 'Harbour');
    await moveByMenu(page, ben, 'Rail yard');
    await isIn(ben, 'Rail yard');
    await waitUntil(async () => !hears(await heardPitches(ben.page), adaToneHz), 'silence from the room that Ben left');
    await panel(page).getByRole('button', { name: 'More for Harbour' }).click();
    await page.getByRole('menuitem', { name: 'Close this room' }).click();
    await ada.page.getByRole('button', { name: 'Return now' }).click();
    await expect(bar(ada).getByRole('button', { name: 'Request to join' })).toBeVisible();
    await expect(roomOf(page, 'Harbour')).toHaveCount(0);
    await ben.page.getByRole('tab', { name: 'People' }).click();
    await expect(ben.page.getByRole('listitem', { name: nameOf(cai) })).toContainText('Rail yard');
    await scan(page, 'breakouts-manage');
  });

  it('closes after a notice that a host can skip; nobody is left, and everybody is as they were before', async () => {
    await panel(host.page).getByRole('button', { name: 'Close Rooms' }).click();
    await expect(ben.page.getByRole('button', { name: 'Return now' })).toBeVisible();
    await scan(ben.page, 'breakouts-closing');
    await scan(cai.page, 'breakouts-closing-phone');
    await panel(host.page).getByRole('button', { name: 'Close now' }).click();
    for (const one of [ben, cai]) await expect(bar(one).getByRole('button', { name: 'Request to join' })).toBeVisible();
    await expect(chips(host.page)).toHaveCount(0);
    for (const one of [host, cohost]) await expect(one.page.getByRole('button', { name: 'Mute microphone' })).toBeVisible();
    await waitUntil(async () => hears(await heardPitches(ben.page), hostToneHz), 'the host in the main call');
    expect(hears(await heardPitches(ben.page), adaToneHz)).toBe(false);
    await expect(host.page.getByRole('button', { name: 'Breakout Rooms' })).toBeVisible();
  });

  it('asked no other host, and threw nothing', () => {
    for (const one of everybody())
      expect({ foreign: one.foreign, problems: one.problems }).toEqual({ foreign: [], problems: [] });
  });
});
