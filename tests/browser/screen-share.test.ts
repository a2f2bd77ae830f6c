// Screens that are shared, as others see and hear them, in real browsers with a fake screen; then the stage around them: pinned, full, with 1 to 25 people on it.
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Visit } from '#tests/flows/app.ts';
import { visit } from '#tests/flows/app.ts';
import type { LiveClient } from '#tests/flows/live-client.ts';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { makeFakeDevices } from './fake-devices.ts';
import { liveShares, replaceDisplay, stopInBrowser, willChoose } from './fake-display.ts';
import { expect, findSession, joinAs, scan, signInAs, signInByPassword, stage, tile } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor, waitUntil } from './launched.ts';
import type { Rgb } from './senses.ts';
import { heardPitches, hears, near, seenColour } from './senses.ts';
import { expectGoodLayout } from './stage-layout.ts';

const soon = 'Robots that ask for help';
const hostName = 'Tomasz Wiśniewolski';
const cohostName = 'Ines Carvalho-Brandt';
const green = { colour: 'rgb(0, 170, 60)', rgb: [0, 170, 60] as Rgb, toneHz: 1700 };
const orange = { colour: 'rgb(240, 140, 0)', rgb: [240, 140, 0] as Rgb, toneHz: 2300 };
const purple = { colour: 'rgb(130, 40, 200)', rgb: [130, 40, 200] as Rgb, toneHz: 2900 };
const teal = { colour: 'rgb(0, 150, 160)', rgb: [0, 150, 160] as Rgb, toneHz: 3500 };
type Window = typeof green;

let house: Launched;
let host: Profile;
let cohost: Profile;
let ada: Profile;
let ben: Profile;
let adaName = '';
let visited: Visit;
let director: LiveClient;
const browsers: Browser[] = [];
let brokenAt: string | null = null;
beforeEach(({ task, onTestFailed }) => {
  if (brokenAt) throw new Error(`The step "${brokenAt}" failed before`);
  onTestFailed(() => {
    brokenAt = task.name;
  });
});

const bar = ({ page }: Profile) => page.getByRole('group', { name: 'Your controls' });
const shown = ({ page }: Profile) => page.getByRole('region', { name: 'Presentation' });
const sees = (by: Profile, { rgb }: Window, what: string) => waitUntil(async () => near(await seenColour(shown(by)), rgb), what);
const hearsTone = (by: Profile, { toneHz }: Window) =>
  waitUntil(async () => hears(await heardPitches(by.page), toneHz), `a tone of ${toneHz} Hz`);
const share = async (by: Profile, what: Window) => {
  await willChoose(by.page, what);
  await bar(by).getByRole('button', { name: 'Present' }).click();
  await by.page.getByRole('menuitem', { name: 'Share your screen' }).click();
};

interface Watched {
  looks: number;
  /** Looks at which there was no picture to see. */
  empty: number;
}
/** From now on this browser looks twenty times a second whether the shared screen has a picture. */
const watchShare = ({ page }: Profile) =>
  page.evaluate(() => {
    const watched: Watched = { looks: 0, empty: 0 };
    const context = new OffscreenCanvas(4, 4).getContext('2d', { willReadFrequently: true });
    const timer = setInterval(() => {
      const video = document.querySelector<HTMLVideoElement>('[aria-label="Presentation"] video');
      watched.looks += 1;
      if (!context || !video || video.readyState < 2 || video.videoWidth === 0) {
        watched.empty += 1;
        return;
      }
      context.drawImage(video, 0, 0, 4, 4);
      const [red = 0, green = 0, blue = 0] = context.getImageData(1, 2, 1, 1).data;
      if (red + green + blue < 90) watched.empty += 1;
    }, 50);
    Object.assign(window, { watched, stopWatching: () => clearInterval(timer) });
  });
const watchedShare = ({ page }: Profile) =>
  page.evaluate(() => {
    const { watched, stopWatching } = window as unknown as { watched: Watched; stopWatching: () => void };
    stopWatching();
    return watched;
  });

interface Noted {
  /** Heights that cameras were asked for. */
  heights: number[];
  /** How many sizes of each picture were offered to LiveKit. */
  layers: number[];
}
/** Runs in the page before its own code, on a machine with so many cores. */
function noteWishes(cores: number): void {
  Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => cores });
  const noted: Noted = { heights: [], layers: [] };
  Object.assign(window, { noted });
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (wish) => {
    const { ideal } = ((wish?.video as MediaTrackConstraints)?.height ?? {}) as ConstrainULongRange;
    if (ideal) noted.heights.push(ideal);
    return open(wish);
  };
  const add = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function (what, init) {
    if (typeof what !== 'string' && what.kind === 'video') noted.layers.push(init?.sendEncodings?.length ?? 0);
    return add.call(this, what, init);
  };
}
const noted = ({ page }: Profile) => page.evaluate(() => (window as unknown as { noted: Noted }).noted);

beforeAll(async () => {
  house = await launchStagedoor();
  visited = visit(house.origin);
  const devices = await makeFakeDevices(house.folder, 'host', 'red', 440);
  const open = async (options: Parameters<typeof openBrowser>[0]) => {
    const browser = await openBrowser(options);
    browsers.push(browser);
    return browser;
  };
  const [speakers, audience] = [await open({ devices }), await open({})];
  host = await openProfile(speakers, house.origin);
  cohost = await openProfile(speakers, house.origin);
  ada = await openProfile(audience, house.origin);
  ben = await openProfile(audience, house.origin);
  for (const { context } of [host, cohost, ada]) await context.addInitScript(replaceDisplay);
  // As where graphics acceleration is switched off.
  await cohost.context.addInitScript(() => {
    OffscreenCanvas.prototype.getContext = () => null;
  });
  await host.context.addInitScript(noteWishes, 2);
  await ada.context.addInitScript(noteWishes, 8);
});
afterAll(async () => {
  visited?.cutAll();
  await Promise.all(browsers.map((browser) => browser.close()));
  expect(await house?.stop()).toBe(0);
});

describe('shared screens', () => {
  it('a Session is live; one and two on stage have their place at every size', async () => {
    await signInAs(host.page, 'host');
    await findSession(host.page, soon, 'Program');
    await joinAs(host.page, 'speaker');
    await expectGoodLayout(host.page, 1, 'alone');
    await signInAs(cohost.page, 'cohost');
    await findSession(cohost.page, soon, 'Program');
    await joinAs(cohost.page, 'speaker');
    await expect(tile(host.page, cohostName)).toBeVisible();
    await expectGoodLayout(host.page, 2, 'two');
    const backgrounds = bar(cohost).getByRole('button', { name: 'Virtual backgrounds' });
    await expect(backgrounds).toHaveAccessibleDescription(/need graphics acceleration/);
    await expect(backgrounds).toHaveAttribute('title', /need graphics acceleration/);
    await host.page.getByRole('button', { name: 'Start Session' }).click();
    await signInAs(ada.page, 'participant');
    await signInByPassword(ben.page, 'participant2@demo.example');
    for (const one of [ada, ben]) {
      await findSession(one.page, soon, 'Program');
      await joinAs(one.page, 'participant');
      await expect(tile(one.page, hostName)).toBeVisible();
    }
  });

  it('a speaker’s is seen and heard by the audience, and by themself', async () => {
    await share(host, green);
    await sees(ben, green, 'the screen of the host');
    await sees(host, green, 'one’s own screen');
    await hearsTone(ben, green);
    await expect(shown(ben).getByText(`${hostName} is sharing their screen`)).toBeVisible();
    await expect(shown(host).getByText('You are sharing your screen')).toBeVisible();
    expect(hears(await heardPitches(host.page), green.toneHz), 'one does not hear oneself').toBe(false);
    await scan(host.page, 'screen-own');
    await scan(ben.page, 'screen-audience');
  });

  it('another window takes its place without an empty frame, and nothing stops meanwhile', async () => {
    await watchShare(ben);
    await willChoose(host.page, orange);
    await shown(host).getByRole('button', { name: 'Share another window' }).click();
    await sees(ben, orange, 'the other window');
    await hearsTone(ben, orange);
    const { looks, empty } = await watchedShare(ben);
    expect(looks).toBeGreaterThan(10);
    expect(empty, 'looks without a picture').toBe(0);
    // Picture and sound of the other one.
    expect(await liveShares(host.page)).toBe(2);
  });

  it('the browser’s own bar ends it for everybody', async () => {
    await stopInBrowser(host.page);
    for (const one of [host, ben]) await expect(shown(one)).toHaveCount(0);
    await expect(bar(host).getByRole('button', { name: 'Stop sharing' })).toHaveCount(0);
  });

  it('our bar ends it too, and lets go of the window', async () => {
    await share(host, green);
    await sees(ben, green, 'the screen of the host');
    await bar(host).getByRole('button', { name: 'Stop sharing' }).click();
    await expect(shown(ben)).toHaveCount(0);
    expect(await liveShares(host.page)).toBe(0);
  });

  it('another speaker is asked before they take over; the one who shared is told', async () => {
    await share(host, green);
    await sees(cohost, green, 'the screen of the host');
    await share(cohost, purple);
    const question = cohost.page.getByRole('alertdialog', { name: `${hostName} is presenting` });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toHaveCount(0);
    await sees(ben, green, 'still the screen of the host');
    expect(await liveShares(cohost.page)).toBe(0);
    await share(cohost, purple);
    await scan(cohost.page, 'screen-take-over');
    await question.getByRole('button', { name: 'Take over' }).click();
    await sees(ben, purple, 'the screen of the cohost');
    await hearsTone(ben, purple);
    await expect(host.page.getByText('Your screen is no longer shared')).toBeVisible();
    expect(await liveShares(host.page)).toBe(0);
  });

  it('a participant’s stands beside a speaker’s, and comes into focus after it', async () => {
    await bar(ada).getByRole('button', { name: 'Request to join' }).click();
    const dialog = ada.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Mute microphone' }).click();
    await dialog.getByRole('button', { name: 'Send request' }).click();
    const row = host.page.getByRole('region', { name: 'Requests' }).getByRole('listitem');
    adaName = (await row.getAttribute('aria-label')) ?? '';
    await row.getByRole('button', { name: 'Approve' }).click();
    // Their machine is strong: a large picture, in three sizes for those who see it large or small. The host's is weak.
    await waitUntil(async () => (await seenColour(tile(ben.page, adaName))) !== null, 'the picture of the participant');
    const [strong, weak] = [await noted(ada), await noted(host)];
    expect([new Set(strong.heights), strong.layers, new Set(weak.heights)]).toEqual([new Set([720]), [3], new Set([360])]);
    await bar(ada).getByRole('button', { name: 'Turn camera off' }).click();
    await willChoose(ada.page, teal);
    await bar(ada).getByRole('button', { name: 'Share your screen' }).click();
    const beside = tile(ben.page, `Screen of ${adaName}`);
    await waitUntil(async () => near(await seenColour(beside), teal.rgb), 'the participant’s screen, small');
    await waitUntil(async () => near(await seenColour(tile(ada.page, 'Your screen')), teal.rgb), 'one’s own, small');
    await sees(ben, purple, 'still the screen of the cohost');
    await scan(ben.page, 'screen-beside');
    // Small, it can be made large for oneself; the other one stays.
    await beside.hover();
    await beside.getByRole('button', { name: `Pin Screen of ${adaName}` }).click();
    await waitUntil(async () => ((await beside.boundingBox())?.width ?? 0) > 250, 'a large tile');
    await scan(ben.page, 'screen-beside-pinned');
    await beside.getByRole('button', { name: /^Unpin/ }).click();
    await bar(cohost).getByRole('button', { name: 'Stop sharing' }).click();
    await sees(ben, teal, 'the participant’s screen in focus');
    await hearsTone(ben, teal);
  });

  it('a reload leaves nothing of it', async () => {
    await ada.page.reload();
    await expect(shown(ben)).toHaveCount(0);
    await expect(bar(ada).getByRole('button', { name: 'Share your screen' })).toBeVisible();
    await expect(shown(ada)).toHaveCount(0);
  });

  it('in a breakout room it is for those who are there', async () => {
    director = await visited.join('organiser', (await visited.point(soon)).id, 'speaker');
    const direct = async (type: string, body: Record<string, unknown> = {}) =>
      expect(await director.send(type, body), type).toBeNull();
    const idOf = ({ page }: Profile) =>
      page.evaluate(async () => ((await (await fetch('/api/accounts/me')).json()) as { me: { id: string } }).me.id);
    await direct('breakouts.add-room');
    for (const one of [ada, ben]) await direct('breakouts.move', { person: await idOf(one), room: 'r1' });
    await direct('breakouts.open');
    await expect(tile(ben.page, adaName)).toBeVisible();
    await willChoose(ada.page, green);
    await bar(ada).getByRole('button', { name: 'Share your screen' }).click();
    await sees(ben, green, 'the screen in the room');
    await hearsTone(ben, green);
    await expect(shown(host)).toHaveCount(0);
    await direct('breakouts.close-now');
    await expect(tile(ben.page, hostName)).toBeVisible();
    await expect(shown(ben)).toHaveCount(0);
    expect(await liveShares(ada.page)).toBe(0);
  });
});

describe('the stage around them', () => {
  it('who is pinned is large for oneself alone, and stays so while others come and go', async () => {
    const widthOf = async (by: Profile, name: string) => (await tile(by.page, name).boundingBox())?.width ?? 0;
    const [atBen, atAda] = [await widthOf(ben, cohostName), await widthOf(ada, cohostName)];
    await tile(ben.page, cohostName).hover();
    await tile(ben.page, cohostName)
      .getByRole('button', { name: `Pin ${cohostName}` })
      .click();
    await waitUntil(async () => (await widthOf(ben, cohostName)) > 1.3 * atBen, 'a large tile');
    await expect(tile(ben.page, cohostName).getByRole('button', { name: /^Unpin/ })).toBeFocused();
    expect(await widthOf(ben, hostName)).toBeLessThan(atBen);
    expect(await widthOf(ada, cohostName)).toBe(atAda);
    await scan(ben.page, 'stage-pinned');
    await expectGoodLayout(ben.page, 3, 'pinned');
    await tile(ben.page, cohostName)
      .getByRole('button', { name: /^Unpin/ })
      .click();
    await waitUntil(async () => (await widthOf(ben, cohostName)) === atBen, 'as before');
  });

  it('who only watches has settings for what they hear, and for keys', async () => {
    await bar(ben).getByRole('button', { name: 'Settings' }).click();
    const settings = ben.page.getByRole('region', { name: 'Settings' });
    await expect(settings.getByLabel('Speaker', { exact: true })).toBeVisible();
    await expect(settings.getByLabel('Camera', { exact: true })).toHaveCount(0);
    await expect(settings.getByText(/Space to talk, arrows/)).toBeVisible();
    await scan(ben.page, 'settings-audience');
    await settings.getByRole('button', { name: 'Play a test sound' }).click();
    const played = await heardPitches(ben.page);
    expect(hears(played, 523) && hears(played, 784), 'the test sound').toBe(true);
    await ben.page.keyboard.press('Escape');
    await expect(bar(ben).getByRole('button', { name: 'Settings' })).toBeFocused();
  });

  it('fills the screen, with the switches of those who are on it, and what is urgent', async () => {
    const { page } = host;
    await stage(page).hover();
    await stage(page).getByRole('button', { name: 'Full screen' }).click();
    const leave = stage(page).getByRole('button', { name: 'Exit full screen' });
    await expect(leave).toBeFocused();
    await expect(page.getByRole('tab', { name: 'People' })).toBeHidden();
    await expect(bar(host).getByRole('button', { name: 'Mute microphone' })).toBeVisible();
    await expect(bar(host).getByRole('button', { name: 'Leave', exact: true })).toBeHidden();
    await bar(ben).getByRole('button', { name: 'Request to join' }).click();
    await ben.page.getByRole('button', { name: 'Send request' }).click();
    await expect(page.getByRole('button', { name: 'Request to join, 1 waiting' })).toBeVisible();
    await scan(page, 'stage-full');
    await leave.click();
    await expect(page.getByRole('tab', { name: 'People' })).toBeVisible();
    await expect(bar(host).getByRole('button', { name: 'Leave', exact: true })).toBeVisible();
    await bar(ben).getByRole('button', { name: 'Withdraw request' }).click();
  });

  it('five, nine, sixteen and twenty-five have their place at every size, also beside a screen', async () => {
    const { stream } = director.options;
    let next = 3;
    const people = () => director.all.stage.onStage.length;
    expect(await director.send('requests.set-limit', { limit: 24 })).toBeNull();
    for (const count of [5, 9, 16, 25]) {
      const names = Array.from({ length: count - people() }, () => `participant${next++}`);
      const come = async (name: string) => {
        const one = await visited.join(name, stream);
        expect(await one.send('requests.send', { microphone: false, camera: false })).toBeNull();
        expect(await director.send('requests.approve', { person: one.personId })).toBeNull();
      };
      await Promise.all(names.map(come));
      await director.until(() => people() === count, `${count} on stage`);
      await expectGoodLayout(ben.page, count, 'crowd');
    }
    await share(host, green);
    await sees(ben, green, 'the screen of the host');
    await expectGoodLayout(ben.page, 25, 'strip');
    await scan(ben.page, 'stage-strip-25');
  });

  it('on a phone five tools are in the bar, and the rest behind “More”', async () => {
    for (const one of [host, ada, ben]) {
      await one.page.setViewportSize({ width: 390, height: 844 });
      const tools = bar(one).getByRole('button');
      await expect.poll(async () => tools.count()).toBeLessThanOrEqual(5);
      await expect(bar(one).getByRole('button', { name: 'Leave', exact: true })).toBeVisible();
    }
    await scan(ben.page, 'bar-phone-audience');
    await scan(ada.page, 'bar-phone-participant');
    await bar(host).getByRole('button', { name: 'More' }).click();
    for (const name of ['Settings', 'Virtual backgrounds', 'Breakout Rooms', 'Support'])
      await expect(bar(host).getByRole('button', { name })).toBeVisible();
    await scan(host.page, 'bar-phone-speaker');
    await bar(host).getByRole('button', { name: 'Settings' }).click();
    await expect(host.page.getByRole('region', { name: 'Settings' })).toBeVisible();
    await host.page.keyboard.press('Escape');
    await expect(bar(host).getByRole('button', { name: 'More' })).toBeFocused();
  });

  it('nothing came from another host, and nothing broke the policy', () => {
    for (const { foreign, problems } of [host, cohost, ada, ben]) expect([foreign, problems]).toEqual([[], []]);
  });
});
