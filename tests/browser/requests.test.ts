// Coming on stage with real media: asked, approved, seen and heard by everybody after the countdown, muted, taken off; declined; withdrawn; invited; without a camera.
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { makeFakeDevices } from './fake-devices.ts';
import { expect, findSession, inGerman, joinAs, scan, signInAs, signInByPassword, tile } from './house.ts';
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
let benName = '';
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

const panel = (profile: Profile) => profile.page.getByRole('complementary', { name: 'Session panel' });
const openTab = (profile: Profile, name: RegExp) => profile.page.getByRole('tab', { name }).click();
const timer = (profile: Profile) => profile.page.getByRole('timer', { name: 'On screen in' });
const rest = (profile: Profile) => profile.page.mouse.move(5, 5);
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
    const join = bar(ada).getByRole('button', { name: 'Request to join' });
    await join.click();
    await expect(ada.page.getByRole('dialog')).toBeVisible();
    await ada.page.keyboard.press('Escape');
    await expect(join).toBeFocused();
    await join.click();
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

  it('asks and withdraws beside each tab', async () => {
    const row = requests(host).getByRole('listitem');
    for (const [first, second] of [
      [/^People/, /^Q&A/],
      [/^Chat/, /^People/],
    ] as const) {
      await openTab(ada, first);
      await panel(ada).getByRole('button', { name: 'Request to join' }).click();
      await ada.page.getByRole('dialog').getByRole('button', { name: 'Send request' }).click();
      await expect(panel(ada).getByText('Your request is with the speakers.')).toBeVisible();
      await expect(row).toHaveCount(1);
      await openTab(ada, second);
      await panel(ada).getByRole('button', { name: 'Withdraw request' }).click();
      await expect(row).toHaveCount(0);
    }
  });

  it('an approval takes nothing from somebody who is typing: words and countdown go on', async () => {
    await openTab(ada, /^Chat/);
    await ask(ada);
    const box = ada.page.getByRole('textbox', { name: 'Message' });
    await box.fill('hello ');
    await requests(host).getByRole('button', { name: 'Approve' }).click();
    await expect(timer(ada)).toBeVisible();
    await ada.page.keyboard.type('world and more ');
    await expect(box).toHaveValue('hello world and more ');
    await expect(timer(ada)).toBeVisible();
    // Speakers see who is coming with their list closed, too; that it is closed is their choice and holds.
    const list = host.page.getByRole('button', { name: 'Request to join, 0 waiting' });
    await list.click();
    await expect(requests(host)).toHaveCount(0);
    await expect(host.page.getByText(`${adaName} is on screen in`)).toBeVisible();
    await box.press('Escape');
    await expect(timer(ada)).toHaveCount(0);
    await list.click();
    await expect(box).toBeFocused();
    await box.fill('');
  });

  it('backs out during the countdown, and nobody has seen anything; the focus is never lost', async () => {
    await ask(ada);
    await expect(bar(ada).getByRole('button', { name: 'Withdraw request' })).toBeFocused();
    await requests(host).getByRole('button', { name: 'Approve' }).click();
    await expect(timer(ada)).toBeVisible();
    await expect(requests(host).getByText(/on screen in/)).toBeVisible();
    await expect(ada.page.getByRole('region', { name: 'On screen in' })).toBeFocused();
    await ada.page.keyboard.press('Space');
    await scan(ada.page, 'countdown');
    await expect(timer(ada)).toBeVisible();
    await ada.page.keyboard.press('Escape');
    await expect(timer(ada)).toHaveCount(0);
    await expect(bar(ada).getByRole('button', { name: 'Request to join' })).toBeFocused();
    await expect(tile(host.page, adaName)).toHaveCount(0);
  });

  it('approved, is seen and heard by everybody when the countdown ends, and not before', async () => {
    await ask(ada);
    await requests(host).getByRole('button', { name: 'Approve' }).click();
    await expect(ada.page.getByRole('timer', { name: 'On screen in' })).toBeVisible();
    await expect(tile(ben.page, adaName)).toHaveCount(0);
    await Promise.all([adaIsSeen(host), adaIsSeen(ben)]);
    await adaIsHeard(host);
    await expect(bar(ada)).toBeFocused();
    await expect(ada.page.getByRole('button', { name: 'Start Session' })).toHaveCount(0);
    await scan(host.page, 'guest-on-stage-host');
    await scan(ben.page, 'guest-on-stage-phone');
  });

  it('comes back on screen after a reload', async () => {
    await ada.page.reload();
    await expect(bar(ada).getByRole('button', { name: 'Leave stage' })).toBeVisible();
    await Promise.all([adaIsSeen(host), adaIsSeen(ben)]);
  });

  it('a full screen is said to host and invited person, each in their words; with room again, the next one comes', async () => {
    const audience = host.page.getByRole('list', { name: 'Audience' });
    await audience.getByRole('button', { name: 'Invite to stage' }).click();
    await host.page.getByRole('button', { name: 'Options for requests' }).click();
    await requests(host).getByRole('combobox').selectOption('1');
    await ben.page.getByRole('button', { name: 'Accept invitation' }).click();
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Accept invitation' }).click();
    await expect(ben.page.getByText('Your invitation stays.', { exact: false })).toBeVisible();
    await scan(ben.page, 'invitation-full-dark-phone');
    await ben.page.keyboard.press('Escape');
    await expect(ben.page.getByRole('button', { name: 'Accept invitation' })).toBeFocused();
    await expect(audience.getByText('Invited')).toBeVisible();
    await ben.page.getByRole('button', { name: 'Decline invitation' }).click();
    await expect(audience.getByText('Invited')).toHaveCount(0);
    await ask(ben);
    await expect(requests(host).getByText('The screen is full: 1')).toBeVisible();
    await requests(host).getByRole('button', { name: 'Approve' }).click();
    await expect(host.page.getByText('The screen is full', { exact: false }).last()).toBeVisible();
    await scan(host.page, 'requests-full');
    // What was refused is forgotten: when the row leaves later, the focus stays where it is by then.
    const people = host.page.getByRole('tab', { name: /^People/ });
    await people.focus();
    await bar(ben).getByRole('button', { name: 'Withdraw request' }).click();
    await expect(requests(host).getByRole('listitem')).toHaveCount(0);
    await expect(people).toBeFocused();
    await ask(ben);
    await expect(requests(host).getByRole('listitem')).toHaveCount(1);
    await expect(people).toBeFocused();
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
    await expect(ada.page.getByText(/^(?!A speaker).+ has muted your microphone$/)).toBeVisible();
    await bar(ada).getByRole('button', { name: 'Unmute microphone' }).click();
    await adaIsHeard(host);
    const person = host.page.getByRole('list', { name: 'On screen' }).getByRole('listitem', { name: adaName });
    await person.getByRole('button', { name: `Mute ${adaName}` }).click();
    await expect(bar(ada).getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
    await person.getByRole('button', { name: `More for ${adaName}` }).click();
    await host.page.getByRole('menuitem', { name: 'Remove from stage' }).click();
    await expect(tile(ben.page, adaName)).toHaveCount(0);
    await expect(ada.page.getByText(/^(?!A speaker).+ has taken you off the stage$/)).toBeVisible();
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
  });

  it('no row moves under the hand: withdrawn, approved with a double click, and the list itself stay; then the next row has the focus', async () => {
    const rows = requests(host).getByRole('listitem');
    const benRow = rows.nth(1);
    benName = (await benRow.getAttribute('aria-label')) ?? '';
    const second = requests(host).getByRole('listitem', { name: benName });
    await second.hover();
    const before = await second.boundingBox();
    await bar(ada).getByRole('button', { name: 'Withdraw request' }).click();
    await expect(requests(host).getByText('Withdrawn')).toBeVisible();
    await expect(rows).toHaveCount(1);
    expect(await second.boundingBox()).toEqual(before);
    await ask(ada);
    await expect(rows).toHaveCount(2);
    expect(await second.boundingBox()).toEqual(before);
    await rows.first().getByRole('button', { name: 'Approve' }).dblclick();
    await expect(timer(ada)).toBeVisible();
    await expect(requests(host).getByText('Approved')).toBeVisible();
    expect(await second.boundingBox()).toEqual(before);
    await ada.page.keyboard.press('Escape');
    await expect(timer(ada)).toHaveCount(0);
    await scan(host.page, 'requests-held');
    await rest(host);
    await expect(requests(host).getByText('Approved')).toHaveCount(0);
    await ask(ada);
    await expect(rows).toHaveCount(2);
    await second.getByRole('button', { name: 'Approve' }).click();
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toBeFocused();
    await host.page.keyboard.press('Space');
    await ben.page.getByRole('button', { name: 'Cancel' }).click();
    await bar(ada).getByRole('button', { name: 'Withdraw request' }).click();
    await expect(rows).toHaveCount(0);
  });

  it('switched off, an open dialog closes and the tab says so; switched on, one may ask again', async () => {
    await bar(ada).getByRole('button', { name: 'Request to join' }).click();
    await expect(ada.page.getByRole('dialog')).toBeVisible();
    const take = requests(host).getByRole('checkbox', { name: 'Take requests' });
    await take.click();
    await expect(ada.page.getByRole('dialog')).toHaveCount(0);
    await expect(panel(ada).getByText('Requests are switched off at the moment.')).toBeVisible();
    await scan(ada.page, 'requests-off');
    await take.click();
    await expect(bar(ada).getByRole('button', { name: 'Request to join' })).toBeVisible();
    await expect(ada.page.getByRole('dialog')).toHaveCount(0);
  });

  it('declined, is told politely and when to ask again', async () => {
    await ask(ada);
    await requests(host).getByRole('button', { name: 'Decline' }).click();
    await expect(ada.page.getByText('A speaker has declined your request.', { exact: false }).first()).toBeVisible();
    await expect(bar(ada).getByRole('button', { name: 'Request to join' })).toHaveAttribute('aria-disabled', 'true');
    await scan(ada.page, 'request-declined');
  });

  it('invited, looks first, accepts, and is on screen', async () => {
    const row = host.page.getByRole('list', { name: 'Audience' }).getByRole('listitem', { name: adaName });
    const decline = ada.page.getByRole('button', { name: 'Decline invitation' });
    await row.getByRole('button', { name: 'Invite to stage' }).click();
    await expect(decline).toBeVisible();
    await row.getByRole('button', { name: `More for ${adaName}` }).click();
    await host.page.getByRole('menuitem', { name: 'Take back invitation' }).click();
    await expect(ada.page.getByText(/has taken the invitation back/)).toBeVisible();
    await expect(decline).toHaveCount(0);
    await row.getByRole('button', { name: 'Invite to stage' }).click();
    await requests(host).getByRole('button', { name: 'Take back invitation' }).click();
    await expect(decline).toHaveCount(0);
    await row.getByRole('button', { name: 'Invite to stage' }).click();
    await expect(decline).toBeVisible();
    await scan(ada.page, 'invitation');
    await scan(host.page, 'requests-invited');
    await ada.page.getByRole('button', { name: 'Accept invitation' }).click();
    await expect(ada.page.getByLabel('Camera preview')).toBeVisible();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Accept invitation' }).click();
    await expect(timer(ada)).toBeVisible();
    // A reload in the countdown: the devices again, and on screen when it ends.
    await ada.page.reload();
    await Promise.all([adaIsSeen(host), adaIsSeen(ben)]);
    await tile(host.page, adaName).hover();
    await tile(host.page, adaName).getByRole('button', { name: 'Remove from stage' }).click();
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
    for (const tell of held.splice(0)) tell();
    await expect(cohost.page.getByText('has declined this request already.', { exact: false })).toBeVisible();
    await scan(cohost.page, 'second-host');
    await expect(dia.page.getByText('A speaker has declined your request.', { exact: false }).first()).toBeVisible();
    await ask(ada);
    await expect(requests(cohost).getByRole('button', { name: 'Decline' })).toBeVisible();
    isHeld = true;
    await requests(host).getByRole('button', { name: 'Approve' }).click();
    await expect(timer(ada)).toBeVisible();
    await requests(cohost).getByRole('button', { name: 'Decline' }).click();
    isHeld = false;
    for (const tell of held.splice(0)) tell();
    await expect(cohost.page.getByText('has approved this request already.', { exact: false })).toBeVisible();
    await ada.page.getByRole('button', { name: 'Cancel' }).click();
    await Promise.all([cohost, dia].map((one) => one.context.close()));
  });

  it('looks finished in German, and on a phone that lies on its side', async () => {
    for (const one of [host, ada, ben]) await inGerman(one.page);
    await ben.page.setViewportSize({ width: 844, height: 390 });
    const list = host.page.getByRole('region', { name: 'Anfragen' });
    const germanBar = (one: Profile) => one.page.getByRole('group', { name: 'Ihre Bedienelemente' });
    const askInGerman = async (one: Profile, picture: string) => {
      await germanBar(one).getByRole('button', { name: 'Teilnahme anfragen' }).click();
      await waitUntil(async () => (await seenColour(one.page.getByRole('dialog'))) !== null, 'their own picture');
      await scan(one.page, picture);
      await one.page.getByRole('dialog').getByRole('button', { name: 'Anfrage senden' }).click();
    };
    await askInGerman(ada, 'request-dialog-de');
    await askInGerman(ben, 'request-dialog-landscape-de');
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await host.page.getByRole('button', { name: 'Optionen für Anfragen' }).click();
    await scan(host.page, 'requests-host-de');
    await list.getByRole('button', { name: 'Zulassen' }).nth(1).click();
    await expect(ben.page.getByRole('timer', { name: 'Zu sehen in' })).toBeVisible();
    await scan(ben.page, 'countdown-landscape-de', '.curtain');
    await ben.page.getByRole('button', { name: 'Abbrechen' }).click();
    await list.getByRole('button', { name: 'Zulassen' }).click();
    await expect(ada.page.getByRole('timer', { name: 'Zu sehen in' })).toBeVisible();
    await scan(ada.page, 'countdown-de', '.curtain');
    await expect(germanBar(ada).getByRole('button', { name: 'Bühne verlassen' })).toBeVisible();
    const person = host.page.getByRole('list', { name: 'Publikum' }).getByRole('listitem', { name: benName });
    await person.getByRole('button', { name: 'Auf die Bühne einladen' }).click();
    await list.getByRole('combobox').selectOption('1');
    await list.getByRole('checkbox', { name: 'Anfragen annehmen' }).click();
    await expect(list.getByText('Der Bildschirm ist voll', { exact: false })).toBeVisible();
    await scan(host.page, 'requests-full-off-invited-de');
    await ben.page.getByRole('button', { name: 'Einladung annehmen' }).click();
    await scan(ben.page, 'invitation-landscape-de');
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Einladung annehmen' }).click();
    await expect(ben.page.getByText('Ihre Einladung bleibt bestehen.', { exact: false })).toBeVisible();
    await scan(ben.page, 'invitation-full-landscape-de');
    await ben.page.keyboard.press('Escape');
    await ben.page.getByRole('button', { name: 'Einladung ablehnen' }).click();
    await germanBar(ada).getByRole('button', { name: 'Bühne verlassen' }).click();
    await expect(ada.page.getByText('Anfragen sind gerade ausgeschaltet.')).toBeVisible();
    await scan(ada.page, 'requests-off-de');
  });
});
