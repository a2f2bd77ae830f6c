// Coming on stage with real media: asked, approved, seen and heard by everybody after the countdown, muted, taken off; declined; withdrawn; invited; without a camera.
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { makeFakeDevices } from './fake-devices.ts';
import { expect, findSession, joinAs, scan, signInAs, signInByPassword, tile } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor, waitUntil } from './launched.ts';
import type { Rgb } from './senses.ts';
import { heardPitches, hears, near, seenColour } from './senses.ts';

const soon = 'Robots that ask for help';
const blue: Rgb = [0, 0, 255];
const guestToneHz = 1250;

let house: Launched;
const browsers: Browser[] = [];
let host: Profile;
let ada: Profile;
let ben: Profile;
let adaName = '';
let brokenAt: string | null = null;
beforeEach(({ task, onTestFailed }) => {
  if (brokenAt) throw new Error(`The step "${brokenAt}" failed before`);
  onTestFailed(() => {
    brokenAt = task.name;
  });
});

beforeAll(async () => {
  house = await launchStagedoor();
  const [hostDevices, guestDevices] = await Promise.all([
    makeFakeDevices(house.folder, 'host', 'red', 440),
    makeFakeDevices(house.folder, 'guest', 'blue', guestToneHz),
  ]);
  const open = async (options: Parameters<typeof openBrowser>[0]) => {
    const browser = await openBrowser(options);
    browsers.push(browser);
    return browser;
  };
  host = await openProfile(await open({ devices: hostDevices }), house.origin);
  ada = await openProfile(await open({ devices: guestDevices }), house.origin);
  ben = await openProfile(await open({}), house.origin, { width: 390, height: 844, colorScheme: 'dark' });
});
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  expect(await house?.stop()).toBe(0);
});

const bar = (profile: Profile) => profile.page.getByRole('group', { name: 'Your controls' });
const requests = (profile: Profile) => profile.page.getByRole('region', { name: 'Requests' });
const adaIsSeen = (by: Profile) =>
  waitUntil(async () => near(await seenColour(tile(by.page, adaName)), blue), 'the picture of the guest');
const adaIsHeard = (by: Profile) =>
  waitUntil(async () => hears(await heardPitches(by.page), guestToneHz), 'the voice of the guest');
const ask = async (profile: Profile) => {
  await bar(profile).getByRole('button', { name: 'Request to join' }).click();
  await profile.page.getByRole('dialog').getByRole('button', { name: 'Send request' }).click();
};

describe('coming on stage', () => {
  it('a Session is live, with one host and two participants', async () => {
    await signInAs(host.page, 'host');
    await signInAs(ada.page, 'participant');
    await signInByPassword(ben.page, 'participant2@demo.example');
    await findSession(host.page, soon, 'Program');
    await joinAs(host.page, 'speaker');
    await host.page.getByRole('button', { name: 'Start Session' }).click();
    for (const one of [ada, ben]) {
      await findSession(one.page, soon, 'Program');
      await joinAs(one.page, 'participant');
      await expect(bar(one).getByRole('button', { name: 'Request to join' })).toBeVisible();
    }
  });

  it('a participant looks at themself, sends, and withdraws', async () => {
    await bar(ada).getByRole('button', { name: 'Request to join' }).click();
    await expect(ada.page.getByLabel('Camera preview')).toBeVisible();
    const preview = ada.page.getByRole('dialog');
    await waitUntil(async () => near(await seenColour(preview), blue), 'their own picture');
    await scan(ada.page, 'request-dialog');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Send request' }).click();
    const row = requests(host).getByRole('listitem');
    await expect(row).toHaveCount(1);
    adaName = (await row.getAttribute('aria-label')) ?? '';
    await expect(host.page.getByRole('button', { name: 'Request to join, 1 waiting' })).toBeVisible();
    await scan(host.page, 'requests-host');
    await bar(ada).getByRole('button', { name: 'Withdraw request' }).click();
    await expect(row).toHaveCount(0);
  });

  it('backs out during the countdown, and nobody has seen anything', async () => {
    await ask(ada);
    await requests(host).getByRole('button', { name: 'Approve' }).click();
    await expect(ada.page.getByRole('timer', { name: 'On screen in' })).toBeVisible();
    await expect(requests(host).getByText(/on screen in/)).toBeVisible();
    await scan(ada.page, 'countdown');
    await ada.page.getByRole('button', { name: 'Cancel' }).click();
    await expect(ada.page.getByRole('timer', { name: 'On screen in' })).toHaveCount(0);
    await expect(tile(host.page, adaName)).toHaveCount(0);
  });

  it('approved, is seen and heard by everybody when the countdown ends, and not before', async () => {
    await ask(ada);
    await requests(host).getByRole('button', { name: 'Approve' }).click();
    await expect(ada.page.getByRole('timer', { name: 'On screen in' })).toBeVisible();
    await expect(tile(ben.page, adaName)).toHaveCount(0);
    await Promise.all([adaIsSeen(host), adaIsSeen(ben)]);
    await adaIsHeard(host);
    await expect(ada.page.getByRole('button', { name: 'Start Session' })).toHaveCount(0);
    await scan(host.page, 'guest-on-stage-host');
    await scan(ben.page, 'guest-on-stage-phone');
  });

  it('comes back on screen after a reload', async () => {
    await ada.page.reload();
    await expect(bar(ada).getByRole('button', { name: 'Leave stage' })).toBeVisible();
    await Promise.all([adaIsSeen(host), adaIsSeen(ben)]);
  });

  it('a full screen is said; with room again, the next one comes', async () => {
    await ask(ben);
    await host.page.getByRole('button', { name: 'Options for requests' }).click();
    await requests(host).getByRole('combobox').selectOption('1');
    await expect(requests(host).getByText('The screen is full: 1')).toBeVisible();
    await requests(host).getByRole('button', { name: 'Approve' }).click();
    await expect(host.page.getByText('The screen is full', { exact: false }).last()).toBeVisible();
    await scan(host.page, 'requests-full');
    await requests(host).getByRole('combobox').selectOption('10');
    await requests(host).getByRole('button', { name: 'Approve' }).click();
    await expect(ben.page.getByRole('timer', { name: 'On screen in' })).toBeVisible();
    await scan(ben.page, 'countdown-dark-phone');
    await ben.page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('is muted by the host, switches on again, and is taken off', async () => {
    await tile(host.page, adaName).hover();
    await tile(host.page, adaName)
      .getByRole('button', { name: `Mute ${adaName}` })
      .click();
    await expect(bar(ada).getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
    await expect(ada.page.getByText('A speaker has muted your microphone')).toBeVisible();
    await bar(ada).getByRole('button', { name: 'Unmute microphone' }).click();
    await adaIsHeard(host);
    await tile(host.page, adaName).hover();
    await tile(host.page, adaName).getByRole('button', { name: 'Remove from stage' }).click();
    await expect(tile(ben.page, adaName)).toHaveCount(0);
    await expect(bar(ada).getByRole('button', { name: 'Request to join' })).toBeVisible();
  });

  it('whose camera is refused during the countdown goes on without it', async () => {
    await ask(ada);
    await expect(bar(ada).getByRole('button', { name: 'Withdraw request' })).toBeVisible();
    await ada.page.evaluate(() => {
      const { mediaDevices } = navigator;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (wish) => {
        if (wish?.video) throw new DOMException('Refused', 'NotAllowedError');
        return open(wish);
      };
    });
    await requests(host).getByRole('button', { name: 'Approve' }).click();
    await expect(tile(host.page, adaName).getByRole('img', { name: 'Camera off' })).toBeVisible();
    await adaIsHeard(host);
    await bar(ada).getByRole('button', { name: 'Leave stage' }).click();
    await expect(tile(host.page, adaName)).toHaveCount(0);
    await ada.page.reload();
    await expect(bar(ada).getByRole('button', { name: 'Request to join' })).toBeVisible();
  });

  it('of two who ask, the next row takes the focus; who asks keeps their name in People, and the invitation in the menu', async () => {
    await ask(ada);
    await ask(ben);
    const rows = requests(host).getByRole('listitem');
    await expect(rows).toHaveCount(2);
    const person = host.page.getByRole('list', { name: 'Audience' }).getByRole('listitem', { name: adaName });
    await expect(person).toContainText('Asks to join');
    await expect(person.getByRole('button', { name: 'Invite to stage' })).toHaveCount(0);
    const shown = await person.locator('b').evaluate((name) => name.clientWidth / name.scrollWidth);
    expect(shown).toBeGreaterThan(0.5);
    await person.getByRole('button', { name: `More for ${adaName}` }).click();
    await expect(host.page.getByRole('menuitem', { name: 'Invite to stage' })).toBeVisible();
    await host.page.keyboard.press('Escape');
    await rows.nth(1).getByRole('button', { name: 'Decline' }).click();
    await expect(rows).toHaveCount(1);
    await expect(rows.first().getByRole('button', { name: 'Approve' })).toBeFocused();
    await bar(ada).getByRole('button', { name: 'Withdraw request' }).click();
    await expect(rows).toHaveCount(0);
  });

  it('declined, is told politely and when to ask again', async () => {
    await ask(ada);
    await requests(host).getByRole('button', { name: 'Decline' }).click();
    await expect(ada.page.getByText('A speaker has declined your request.', { exact: false }).first()).toBeVisible();
    await expect(bar(ada).getByRole('button', { name: 'Request to join' })).toHaveAttribute('aria-disabled', 'true');
    await scan(ada.page, 'request-declined');
  });

  it('invited, looks first, accepts, and is on screen', async () => {
    const row = host.page.getByRole('listitem', { name: adaName });
    await row.getByRole('button', { name: 'Invite to stage' }).click();
    await expect(ada.page.getByRole('button', { name: 'Decline invitation' })).toBeVisible();
    await scan(ada.page, 'invitation');
    await ada.page.getByRole('button', { name: 'Accept invitation' }).click();
    await expect(ada.page.getByLabel('Camera preview')).toBeVisible();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Accept invitation' }).click();
    await expect(ada.page.getByRole('timer', { name: 'On screen in' })).toBeVisible();
    await Promise.all([adaIsSeen(host), adaIsSeen(ben)]);
    await bar(ada).getByRole('button', { name: 'Leave stage' }).click();
    await expect(tile(host.page, adaName)).toHaveCount(0);
  });

  it('of two hosts who decide at once, the slower one is told who has decided', async () => {
    const [cohost, dia] = [
      await openProfile(browsers[2] as Browser, house.origin),
      await openProfile(browsers[2] as Browser, house.origin),
    ];
    // What the server says is held back, so that the second host clicks before they can know.
    let isHeld = false;
    const held: (() => void)[] = [];
    await cohost.page.routeWebSocket(/\/live/, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => {
        if (isHeld) held.push(() => socket.send(message));
        else socket.send(message);
      });
    });
    await signInAs(cohost.page, 'cohost');
    await findSession(cohost.page, soon, 'Program');
    await joinAs(cohost.page, 'speaker');
    await signInByPassword(dia.page, 'participant3@demo.example');
    await dia.page.goto(host.page.url());
    await joinAs(dia.page, 'participant');
    await ask(dia);
    await expect(requests(cohost).getByRole('button', { name: 'Approve' })).toBeVisible();
    isHeld = true;
    await requests(host).getByRole('button', { name: 'Decline' }).click();
    await expect(requests(host).getByRole('listitem')).toHaveCount(0);
    await requests(cohost).getByRole('button', { name: 'Approve' }).click();
    isHeld = false;
    for (const tell of held) tell();
    await expect(cohost.page.getByText('has declined this request already.', { exact: false })).toBeVisible();
    await scan(cohost.page, 'second-host');
    await expect(dia.page.getByText('A speaker has declined your request.', { exact: false }).first()).toBeVisible();
  });
});
