// Breakout rooms with real media: planned by two hosts, opened, hopped through, helped, managed, warned and closed; on phones, in German, with reloads, a latecomer and a killed server in between.
import type { Browser, Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { makeFakeDevices } from './fake-devices.ts';
import { expect, findSession, inGerman, joinAs, say, scan, signInAs, signInByPassword, tile } from './house.ts';
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
/** Comes when rooms are open. */
let eve: Profile;
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
  eve = await openProfile(others, house.origin);
});
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  expect(await house?.stop()).toBe(0);
});

const participants = () => [ada, ben, cai, dia];
const everybody = () => [host, cohost, ...participants(), eve];
const bar = (profile: Profile) => profile.page.getByRole('group', { name: 'Your controls' });
const panel = (page: Page) => page.getByRole('region', { name: 'Breakout Rooms' });
const chips = (page: Page) => page.getByRole('navigation', { name: 'Rooms' });
const where = (profile: Profile) => profile.page.locator('.where');
const notice = ({ page }: Profile) => page.getByRole('region', { name: 'to all rooms' });
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
const search = async (page: Page, profile: Profile) => {
  const box = panel(page).getByRole('combobox', { name: 'Search participants here' });
  await box.fill(nameOf(profile).slice(0, 5).toLowerCase());
  await page.getByRole('option', { name: nameOf(profile) }).click();
};
/** Nobody is left without a place for the keyboard. */
const hasFocusOnStage = ({ page }: Profile) => expect(page.locator('#main')).toBeFocused();
const openPanel = async ({ page }: Profile) => {
  if (await panel(page).isHidden()) await page.getByRole('button', { name: /^(Breakout|Manage) Rooms/ }).click();
};

describe('breakout rooms', () => {
  it('a Session is planned backstage, and then live with two hosts and four participants, one of them on stage', async () => {
    await signInAs(host.page, 'host');
    await signInAs(cohost.page, 'cohost');
    await signInAs(ada.page, 'participant');
    const emails = new Map([ben, cai, dia, eve].map((one, at) => [one, `participant${at + 2}@demo.example`]));
    for (const [one, email] of emails) await signInByPassword(one.page, email);
    for (const one of [host, cohost]) {
      await findSession(one.page, soon, 'Program');
      await joinAs(one.page, 'speaker');
    }
    await openPanel(host);
    await panel(host.page).getByRole('button', { name: 'Add room' }).click();
    await expect(roomOf(host.page, 'Room 1')).toBeVisible();
    await expect(panel(host.page).getByRole('button', { name: 'Open Rooms' })).toBeDisabled();
    await host.page.getByRole('button', { name: 'Start Session' }).click();
    for (const one of [...participants(), eve]) {
      const { me }: { me: { name: string } } = await one.page.evaluate(async () => (await fetch('/api/accounts/me')).json());
      names.set(one, me.name);
      await one.page.goto(host.page.url());
      if (one !== eve) await joinAs(one.page, 'participant');
    }
    await expect(host.page.getByRole('status', { name: 'People present: 6' })).toBeVisible();
    await cohost.page
      .getByRole('listitem', { name: nameOf(ben) })
      .getByRole('button', { name: 'Invite to stage' })
      .click();
    await ben.page.getByRole('button', { name: 'Accept invitation' }).click();
    const dialog = ben.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Mute microphone' }).click();
    await dialog.getByRole('button', { name: 'Accept invitation' }).click();
    await expect(tile(cohost.page, nameOf(ben))).toBeVisible();
  });

  it('is planned by both hosts together: added, assigned, looked for, moved by keyboard and by mouse', async () => {
    const { page } = host;
    await panel(page).getByRole('button', { name: 'Add room' }).click();
    await panel(page).getByRole('button', { name: 'Auto Assign' }).click();
    await expect(panel(page).getByText('Moves 4 people. 0 stay in the main call.')).toBeVisible();
    await panel(page).getByLabel('Name of room Room 1').fill('Harbour');
    await panel(page).getByLabel('Name of room Room 1').press('Enter');
    await openPanel(cohost);
    await expect(roomOf(cohost.page, 'Harbour')).toBeVisible();
    // Ada and Ben to Harbour, Cai to Room 2, Dia to nobody.
    for (const room of ['Harbour', 'Room 2']) await unfold(page, room);
    for (const one of [ada, dia]) {
      await search(page, one);
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
    // By mouse: there and back. In a tall window, since what scrolls under a pressed mouse is not what is dragged.
    await page.setViewportSize({ width: 1280, height: 1100 });
    const unassigned = panel(page).getByRole('region', { name: 'Unassigned' });
    const pill = (place: Locator) =>
      place
        .getByRole('listitem')
        .filter({ hasText: nameOf(dia) })
        .locator('.avatar');
    await pill(unassigned).dragTo(roomOf(page, 'Room 2'));
    await expect(panel(page).getByText('Moves 4 people. 0 stay in the main call.')).toBeVisible();
    await pill(roomOf(page, 'Room 2')).dragTo(unassigned);
    await expect(panel(page).getByText('Moves 3 people. 1 stays in the main call.')).toBeVisible();
    await page.setViewportSize({ width: 1280, height: 720 });
    // A speaker may be planned into a room too; here it stays with a look.
    await expect(panel(page).getByRole('region', { name: 'Speakers' }).getByRole('listitem')).toHaveCount(2);
    await scan(cohost.page, 'breakouts-plan-dark');
  });

  it('moves everybody who is assigned by itself; who is in one for the first time is asked once', async () => {
    await panel(host.page).getByRole('button', { name: 'Open Rooms' }).click();
    for (const one of [ada, ben]) await isIn(one, 'Harbour');
    await isIn(cai, 'Room 2');
    await expect(where(dia)).toBeVisible();
    await ada.page.getByRole('button', { name: 'Turn both on' }).click();
    await hasFocusOnStage(ada);
    for (const one of [ben, cai]) await one.page.getByRole('button', { name: 'Stay muted' }).click();
    await expect(ada.page.getByText('You are now in Harbour.')).toBeAttached();
    for (const [room, count] of [
      ['Main call', '3 people'],
      ['Harbour', '2 people'],
      ['Room 2', '1 person'],
    ])
      await expect(chips(host.page).getByRole('button', { name: `${room}, ${count}`, exact: true })).toBeVisible();
    for (const one of participants()) await expect(chips(one.page)).toHaveCount(0);
    await expect(ada.page.getByRole('button', { name: 'Mute microphone' })).toBeVisible();
    await waitUntil(async () => near(await seenColour(tile(ben.page, nameOf(ada))), blue), "Ada's picture in her room");
    await waitUntil(async () => hears(await heardPitches(ben.page), adaToneHz), "Ada's voice in her room");
    for (const other of [cai, host]) expect(hears(await heardPitches(other.page), adaToneHz)).toBe(false);
    expect(hears(await heardPitches(ben.page), hostToneHz)).toBe(false);
    await scan(ben.page, 'breakouts-inside');
    await scan(cai.page, 'breakouts-inside-phone');
    await cai.page.setViewportSize({ width: 844, height: 390 });
    await scan(cai.page, 'breakouts-inside-landscape');
    await cai.page.setViewportSize({ width: 390, height: 844 });
    await inGerman(dia.page);
    await expect(where(dia)).toContainText('Hauptgespräch');
    await scan(dia.page, 'breakouts-main-call-german');
  });

  it('a latecomer lands in the main call, and the hosts are told', async () => {
    await joinAs(eve.page, 'participant');
    await expect(where(eve)).toContainText('You are in the main call');
    await expect(host.page.getByRole('button', { name: 'Manage Rooms, 1 person came later' })).toBeVisible();
  });

  it('a room calls for help; a host comes by one click, is heard there only, and goes back', async () => {
    await ben.page.getByRole('button', { name: 'Ask for help' }).click();
    const calls = host.page.getByRole('region', { name: 'Help calls' });
    await expect(calls.getByRole('listitem', { name: 'Harbour' })).toBeVisible();
    await expect(chips(host.page).getByRole('button', { name: 'Harbour, 2 people, asks for help' })).toBeVisible();
    await cai.page.getByRole('button', { name: 'Ask for help' }).click();
    await calls.getByRole('listitem', { name: 'Room 2' }).getByRole('button', { name: 'Dismiss' }).click();
    await expect(cai.page.getByRole('button', { name: 'Ask for help' })).toBeFocused();
    await scan(host.page, 'breakouts-help');
    await calls.getByRole('button', { name: 'Go there' }).click();
    await isIn(host, 'Harbour');
    await expect(calls).toHaveCount(0);
    await hasFocusOnStage(host);
    await host.page.getByRole('button', { name: 'Turn both on' }).click();
    await waitUntil(async () => hears(await heardPitches(ben.page), hostToneHz), 'the host in Harbour');
    await waitUntil(async () => !hears(await heardPitches(cohost.page), hostToneHz), 'no host in the main call');
    await waitUntil(async () => hears(await heardPitches(host.page), adaToneHz), 'Ada at the host');
    // What acts on the main call's stage is not offered here.
    await tile(host.page, nameOf(ben)).hover();
    await expect(tile(host.page, nameOf(ben)).getByRole('button', { name: 'to the main call' })).toBeVisible();
    await expect(host.page.getByRole('button', { name: 'Remove from stage' })).toHaveCount(0);
    // A room that calls while a host is in it: they need not come, only say so.
    await ben.page.getByRole('button', { name: 'Ask for help' }).click();
    await calls.getByRole('button', { name: 'Go there' }).click();
    await expect(calls).toHaveCount(0);
    await chips(host.page).getByRole('button', { name: 'Room 2' }).click();
    await isIn(host, 'Room 2');
    await waitUntil(async () => !hears(await heardPitches(ben.page), hostToneHz), 'no host in Harbour');
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
    await expect(panel(host.page).getByRole('button', { name: 'Message all rooms' })).toBeFocused();
    for (const one of [ada, ben, cai]) await expect(notice(one)).toContainText('Five more minutes');
    for (const one of [ada, cai]) await one.page.getByRole('button', { name: 'Close message' }).click();
    await hasFocusOnStage(ada);
    await cai.page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(cai.page.getByRole('log', { name: 'Chat messages' })).not.toContainText('Only for Harbour');
  });

  it('a reload leads back into the room, with the microphone as it was', async () => {
    await ada.page.reload();
    await isIn(ada, 'Harbour');
    await expect(ada.page.getByRole('button', { name: 'Mute microphone' })).toBeVisible();
    await waitUntil(async () => hears(await heardPitches(ben.page), adaToneHz), 'Ada after her reload');
    await expect(notice(ada)).toHaveCount(0);
    // Who comes anew is told nothing from before.
    await expect(notice(eve)).toBeVisible();
    await eve.page.evaluate(() => sessionStorage.clear());
    await eve.page.reload();
    await joinAs(eve.page, 'participant');
    await expect(where(eve)).toBeVisible();
    await expect(notice(eve)).toHaveCount(0);
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
    await dia.page.getByRole('button', { name: 'Hauptgespräch' }).click();
    await expect(where(dia)).toContainText('Sie sind im Hauptgespräch');
    await moveByMenu(page, dia, 'Rail yard');
    await isIn(dia, 'Rail yard');
    await moveByMenu(page, eve, 'Rail yard');
    await isIn(eve, 'Rail yard');
    await unfold(page, 'Harbour');
    await moveByMenu(page, ben, 'Rail yard');
    await isIn(ben, 'Rail yard');
    await waitUntil(async () => !hears(await heardPitches(ben.page), adaToneHz), 'silence from the room that Ben left');
    await panel(page).getByRole('button', { name: 'More for Harbour' }).click();
    await page.getByRole('menuitem', { name: 'Close this room' }).click();
    await expect(ada.page.getByText('Harbour is closing. You return to the main call.')).toBeAttached();
    await ada.page.getByRole('button', { name: 'Return now' }).click();
    await hasFocusOnStage(ada);
    await expect(bar(ada).getByRole('button', { name: 'Request to join' })).toBeVisible();
    await expect(roomOf(page, 'Harbour')).toHaveCount(0);
    await ben.page.getByRole('tab', { name: 'People' }).click();
    await expect(ben.page.getByRole('listitem', { name: nameOf(cai) })).toContainText('Rail yard');
    await scan(page, 'breakouts-manage');
  });

  it('lets people choose where that is on, by chips, on a phone too', async () => {
    const { page } = host;
    await panel(page).getByRole('button', { name: 'Add room' }).click();
    await panel(page).getByRole('switch', { name: 'Free choice' }).click();
    for (const one of [cai, ben]) {
      await chips(one.page).getByRole('button', { name: 'Room 1' }).click();
      await isIn(one, 'Room 1');
    }
    await scan(cai.page, 'breakouts-chips-phone');
    await chips(ben.page).getByRole('button', { name: 'Rail yard' }).click();
    await isIn(ben, 'Rail yard');
    await panel(page).getByRole('switch', { name: 'Free choice' }).click();
    await expect(chips(cai.page)).toHaveCount(0);
  });

  it('says that one minute is left, and gives more by one click', async () => {
    const { page } = host;
    await panel(page).getByLabel('Timer', { exact: true }).selectOption('other');
    await panel(page).getByLabel('Minutes').fill('1');
    await panel(page).getByLabel('Minutes').press('Enter');
    await expect(panel(page).getByRole('button', { name: 'Close Rooms' })).toBeFocused();
    for (const one of [ben, cai]) {
      await expect(one.page.getByRole('timer', { name: 'Time left in rooms' })).toBeVisible();
      await expect(one.page.getByRole('region', { name: 'One minute left in the rooms' })).toBeVisible();
      await expect(one.page.getByRole('button', { name: 'Add 5 min' })).toHaveCount(0);
    }
    await expect(ben.page.getByText('One minute left in the rooms.')).toBeAttached();
    await scan(cai.page, 'breakouts-minute-phone');
    for (const [view, width, height] of [
      ['phone', 390, 844],
      ['landscape', 844, 390],
    ] as const) {
      await page.setViewportSize({ width, height });
      await scan(page, `breakouts-host-${view}`);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.getByRole('region', { name: 'One minute left in the rooms' }).getByRole('button', { name: 'Add 5 min' }).click();
    for (const one of [host, ben]) await expect(one.page.getByRole('region', { name: 'One minute left' })).toHaveCount(0);
    await expect(ben.page.getByText('One minute left in the rooms.')).toHaveCount(0);
    await panel(page).getByRole('button', { name: 'No timer' }).click();
    await expect(ben.page.getByRole('timer', { name: 'Time left in rooms' })).toHaveCount(0);
  });

  it('closes after a notice that a host can take back or skip', async () => {
    await panel(host.page).getByRole('button', { name: 'Close Rooms' }).click();
    await expect(ben.page.getByRole('button', { name: 'Return now' })).toBeVisible();
    await panel(host.page).getByRole('button', { name: 'Keep open' }).click();
    await expect(ben.page.getByRole('button', { name: 'Return now' })).toHaveCount(0);
    await expect(ben.page.getByText('The rooms stay open.')).toBeAttached();
    await isIn(ben, 'Rail yard');
    await panel(host.page).getByRole('button', { name: 'Close Rooms' }).click();
    await panel(host.page).getByRole('button', { name: 'Close now' }).click();
    for (const one of [cai, eve]) await expect(bar(one).getByRole('button', { name: 'Request to join' })).toBeVisible();
    await expect(chips(host.page)).toHaveCount(0);
  });

  it('opened again and closed by itself, nobody is left, also who reloads meanwhile, and everybody is as they were before', async () => {
    await panel(host.page).getByRole('button', { name: 'Open Rooms' }).click();
    // As they were last, also those of the room that was closed alone.
    await isIn(ada, 'Harbour');
    for (const one of [ben, dia]) await isIn(one, 'Rail yard');
    await panel(host.page).getByRole('button', { name: 'Close Rooms' }).click();
    await expect(ben.page.getByRole('button', { name: 'Return now' })).toBeVisible();
    await cai.page.reload();
    await scan(ben.page, 'breakouts-closing');
    for (const one of [cai, ada]) await expect(bar(one).getByRole('button', { name: 'Request to join' })).toBeVisible();
    await expect(bar(ben).getByRole('button', { name: 'Leave stage' })).toBeVisible();
    await expect(tile(cai.page, nameOf(ben))).toBeVisible();
    await expect(chips(host.page)).toHaveCount(0);
    for (const one of [host, cohost]) await expect(one.page.getByRole('button', { name: 'Mute microphone' })).toBeVisible();
    await waitUntil(async () => hears(await heardPitches(ben.page), hostToneHz), 'the host in the main call');
    expect(hears(await heardPitches(ben.page), adaToneHz)).toBe(false);
    await expect(host.page.getByRole('button', { name: 'Breakout Rooms' })).toBeVisible();
  });

  it('asked no other host, and threw nothing', () => {
    for (const one of everybody())
      expect({ foreign: one.foreign, problems: one.problems }).toEqual({ foreign: [], problems: [] });
    // Nothing of it opens a second window.
    for (const one of everybody()) expect(one.context.pages()).toHaveLength(1);
  });
});
