// Screens that are shared, as others see and hear them, in real browsers with a fake screen; and the stage around them at four sizes.
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { makeFakeDevices } from './fake-devices.ts';
import { liveShares, replaceDisplay, stopInBrowser, willChoose } from './fake-display.ts';
import { expect, findSession, joinAs, scan, signInAs, signInByPassword, tile } from './house.ts';
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
type Window = typeof green;

let house: Launched;
let host: Profile;
let cohost: Profile;
let ada: Profile;
let ben: Profile;
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

beforeAll(async () => {
  house = await launchStagedoor();
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
});
afterAll(async () => {
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

  it('nothing came from another host, and nothing broke the policy', () => {
    for (const { foreign, problems } of [host, cohost, ada, ben]) expect([foreign, problems]).toEqual([[], []]);
  });
});
