// Four people and one Session, on `npm start`'s own set-up, with real media: from signing in to the closing page, through reloads and kills.
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { makeFakeDevices } from './fake-devices.ts';
import { expect, findSession, joinAs, say, scan, signInAs, signInByPassword, stage, tile } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor, waitUntil } from './launched.ts';
import type { Rgb } from './senses.ts';
import { decodedFrames, heardPitches, hears, near, seenColour } from './senses.ts';

const soon = 'Robots that ask for help';
const hostName = 'Tomasz Wiśniewolski';
const cohostName = 'Ines Carvalho-Brandt';
const red: Rgb = [255, 0, 0];
const blue: Rgb = [0, 0, 255];
const [hostToneHz, cohostToneHz] = [440, 1250];

let house: Launched;
const browsers: Browser[] = [];
let host: Profile;
let cohost: Profile;
let ada: Profile;
let ben: Profile;

beforeAll(async () => {
  house = await launchStagedoor();
  const [hostDevices, cohostDevices] = await Promise.all([
    makeFakeDevices(house.folder, 'host', 'red', hostToneHz),
    makeFakeDevices(house.folder, 'cohost', 'blue', cohostToneHz),
  ]);
  const open = async (options: Parameters<typeof openBrowser>[0]) => {
    const browser = await openBrowser(options);
    browsers.push(browser);
    return browser;
  };
  host = await openProfile(await open({ devices: hostDevices }), house.origin);
  cohost = await openProfile(await open({ devices: cohostDevices }), house.origin);
  const audience = await open({});
  ada = await openProfile(audience, house.origin);
  ben = await openProfile(audience, house.origin, { width: 390, height: 844 });
});

afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  const code = await house?.stop();
  expect(code).toBe(0);
});

const sees = (profile: Profile, name: string, colour: Rgb) =>
  waitUntil(async () => near(await seenColour(tile(profile.page, name)), colour), `${name}'s picture`);
const hearsTone = (profile: Profile, toneHz: number) =>
  waitUntil(async () => hears(await heardPitches(profile.page), toneHz), `a tone of ${toneHz} Hz`);
async function pictureMoves(profile: Profile, name: string): Promise<void> {
  let before = await decodedFrames(tile(profile.page, name));
  const moves = async () => {
    const now = await decodedFrames(tile(profile.page, name));
    // A new connection brings a new source, which counts from zero.
    before = Math.min(before, now);
    return now > before + 3;
  };
  await waitUntil(moves, `new frames of ${name}`);
}
async function pictureIsBack(profile: Profile, name: string, colour: Rgb): Promise<void> {
  await sees(profile, name, colour);
  await pictureMoves(profile, name);
}

let brokenAt: string | null = null;
/** Each step stands on the one before: after a failure the rest would only fail late and say nothing. */
beforeEach(({ task, onTestFailed }) => {
  if (brokenAt) throw new Error(`The step "${brokenAt}" failed before`);
  onTestFailed(() => {
    brokenAt = task.name;
  });
});

/** A tab whose line to the media the test can cut: open sockets end without a word from LiveKit, new ones find nobody. */
async function cuttableMedia(page: Page): Promise<(isCut: boolean) => Promise<void>> {
  await page.addInitScript(() => {
    const media = new Set<WebSocket>();
    let isCut = false;
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        const isMedia = String(url).includes('/media/');
        super(isMedia && isCut ? String(url).replace('/media/', '/nowhere/') : url, protocols);
        if (isMedia) media.add(this);
      }
    };
    Object.assign(window, {
      cutMedia(next: boolean) {
        isCut = next;
        // Any code but the one of a farewell (1000), after which LiveKit's client waits for its ping to time out.
        if (isCut) for (const socket of media) socket.close(4000);
        media.clear();
      },
    });
  });
  return (isCut) => page.evaluate((next) => (window as unknown as { cutMedia(next: boolean): void }).cutMedia(next), isCut);
}

describe('four people', () => {
  it('sign in, by one click and by password', async () => {
    await signInAs(host.page, 'host');
    await signInAs(cohost.page, 'cohost');
    await signInAs(ada.page, 'participant');
    await signInByPassword(ben.page, 'participant2@demo.example');
    await scan(host.page, 'events');
  });

  it('a Session two hours away can be entered, not started, and says from when', async () => {
    const { page } = host;
    await page.goto('/events/baltic-career-days/schedule');
    await expect(page.getByRole('article')).toHaveCount(2);
    const titles = await page.getByRole('article').getByRole('heading').allTextContents();
    const later = titles.find((title) => title !== soon) ?? '';
    await findSession(page, later, 'My Schedule');
    await joinAs(page, 'speaker');
    const start = page.getByRole('button', { name: 'Start Session' });
    await expect(start).toHaveAttribute('aria-disabled', 'true');
    await expect(page.getByText(/possible from \d/i).first()).toBeVisible();
    // It stays focusable and says why: a person can press it all the same.
    await start.click({ force: true });
    await expect(page.getByRole('status', { name: 'Live' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await expect(page.getByRole('tab', { name: 'Program' })).toBeVisible();
  });

  it('find the Session three ways; the speakers meet backstage, seen and heard by each other', async () => {
    await findSession(host.page, soon, 'Program');
    await expect(host.page.getByLabel('Camera preview')).toBeVisible();
    await scan(host.page, 'entrance-speaker');
    await joinAs(host.page, 'speaker');
    await expect(tile(host.page, hostName)).toBeVisible();
    await findSession(cohost.page, soon, 'My Schedule');
    await joinAs(cohost.page, 'speaker');
    await sees(cohost, hostName, red);
    await sees(host, cohostName, blue);
    await hearsTone(cohost, hostToneHz);
    await scan(host.page, 'backstage');
  });

  it('participants wait, without media and without what is inside', async () => {
    const mediaSockets: string[] = [];
    ada.page.on('websocket', (socket) => {
      if (socket.url().includes('/media/')) mediaSockets.push(socket.url());
    });
    await findSession(ada.page, soon, 'Lobby');
    await expect(ada.page.getByRole('button', { name: 'Join as a speaker' })).toHaveCount(0);
    await scan(ada.page, 'entrance-participant');
    await joinAs(ada.page, 'participant');
    await findSession(ben.page, soon, 'Program');
    await joinAs(ben.page, 'participant');
    await expect(ada.page.getByText(/by yourself/)).toBeVisible();
    await expect(ada.page.getByRole('tab', { name: /^Chat/ })).toHaveCount(0);
    await expect(ada.page.locator('video')).toHaveCount(0);
    await expect(host.page.getByRole('status', { name: 'People present: 4' })).toBeVisible();
    expect(mediaSockets).toEqual([]);
    await scan(ada.page, 'waiting');
    await scan(ben.page, 'waiting-phone');
  });

  it('the start brings everybody in: pictures decoded, sound heard', async () => {
    await host.page.getByRole('button', { name: 'Start Session' }).click();
    for (const { page } of [host, cohost, ada, ben]) await expect(page.getByRole('status', { name: 'Live' })).toBeVisible();
    for (const viewer of [ada, ben]) {
      await sees(viewer, hostName, red);
      await sees(viewer, cohostName, blue);
    }
    await hearsTone(ada, hostToneHz);
    await hearsTone(ada, cohostToneHz);
    await pictureMoves(ada, hostName);
    await expect(ada.page.getByRole('timer', { name: 'Elapsed time' })).toBeVisible();
    await scan(ada.page, 'live-participant');
    await scan(ben.page, 'live-phone');
    await scan(host.page, 'live-host');
  });

  it('chat goes both ways, a speaker deletes', async () => {
    await say(ada.page, 'Hello from the audience, see https://example.org/robots');
    await say(host.page, 'Welcome everybody');
    await expect(ada.page.getByRole('log', { name: 'Chat messages' })).toContainText('Welcome everybody');
    await expect(host.page.getByRole('link', { name: 'https://example.org/robots' })).toBeVisible();
    await scan(host.page, 'chat-host');
  });

  it('a camera that is switched off is seen to be off, and a muted microphone is not heard', async () => {
    await host.page.getByRole('button', { name: 'Turn camera off' }).click();
    await expect(tile(ada.page, hostName).getByRole('img', { name: 'Camera off' })).toBeVisible();
    await host.page.getByRole('button', { name: 'Mute microphone' }).click();
    await expect(tile(ada.page, hostName).getByRole('img', { name: 'Microphone off' })).toBeVisible();
    await waitUntil(async () => !hears(await heardPitches(ada.page), hostToneHz), 'silence of the host');
    await hearsTone(ada, cohostToneHz);
  });

  it('a reload keeps camera and microphone as they were', async () => {
    await host.page.reload();
    await expect(host.page.getByRole('button', { name: 'Turn camera on' })).toBeVisible();
    await expect(host.page.getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
    await host.page.getByRole('button', { name: 'Turn camera on' }).click();
    await host.page.getByRole('button', { name: 'Unmute microphone' }).click();
    await sees(ada, hostName, red);
    await hearsTone(ada, hostToneHz);
    await cohost.page.reload();
    await pictureIsBack(ada, cohostName, blue);
    await hearsTone(ada, cohostToneHz);
  });

  it('a participant who reloads is back in the Session', async () => {
    for (const viewer of [ada, ben]) {
      await viewer.page.reload();
      await sees(viewer, hostName, red);
    }
    await expect(host.page.getByRole('status', { name: 'People present: 4' })).toBeVisible();
  });

  it('a second tab takes over, the first one offers to continue', async () => {
    const second = await ada.context.newPage();
    const cutMedia = await cuttableMedia(second);
    await second.goto(ada.page.url());
    await joinAs(second, 'participant');
    await expect(tile(second, hostName)).toBeVisible();
    await expect(ada.page.getByRole('button', { name: 'Continue here' })).toBeVisible();
    await ada.page.getByRole('button', { name: 'Continue here' }).click();
    await pictureIsBack(ada, hostName, red);
    await second.getByRole('button', { name: 'Continue here' }).click();
    await expect(tile(second, hostName)).toBeVisible();
    await expect(ada.page.getByRole('button', { name: 'Continue here' })).toBeVisible();
    // Nobody tells a tab without a line that it was replaced: it learns so from the gate, when it comes back by itself.
    await cutMedia(true);
    await ada.page.getByRole('button', { name: 'Continue here' }).click();
    await pictureIsBack(ada, hostName, red);
    await cutMedia(false);
    await expect(second.getByRole('button', { name: 'Continue here' })).toBeVisible({ timeout: 20_000 });
    await pictureMoves(ada, hostName);
    await expect(ada.page.getByRole('button', { name: 'Continue here' })).toHaveCount(0);
    await second.close();
  });

  it('the app server is killed: media go on, and everybody is back by themselves', async () => {
    await house.killAndAwait('app');
    await pictureMoves(ada, hostName);
    await say(ada.page, 'Still here after the app server');
    await host.page.getByRole('tab', { name: /^Chat/ }).click();
    await expect(host.page.getByRole('log', { name: 'Chat messages' })).toContainText('Still here after the app server');
    await expect(host.page.getByRole('button', { name: 'Turn camera off' })).toBeVisible();
    await sees(ada, cohostName, blue);
  });

  it('the SFU is killed: pictures and sound come back by themselves', async () => {
    await house.killAndAwait('sfu');
    for (const viewer of [ada, ben]) await pictureIsBack(viewer, hostName, red);
    await pictureIsBack(ada, cohostName, blue);
    await pictureIsBack(host, cohostName, blue);
    await hearsTone(ada, hostToneHz);
  });

  it('the end takes everybody to the closing page', async () => {
    await host.page.getByRole('button', { name: 'End Session' }).click();
    const question = host.page.getByRole('alertdialog', { name: 'End the Session for everyone?' });
    await question.getByRole('button', { name: 'Keep going' }).click();
    await expect(stage(host.page)).toBeVisible();
    await host.page.getByRole('button', { name: 'End Session' }).click();
    await scan(host.page, 'end-question');
    await question.getByRole('button', { name: 'End Session' }).click();
    for (const { page } of [host, cohost, ada, ben]) {
      await expect(page.getByRole('heading', { name: 'This Session has ended' })).toBeVisible();
      await expect(page.locator('video')).toHaveCount(0);
    }
    await scan(ada.page, 'closing');
  });

  it('asked nothing of other hosts, and broke no rule of the page', () => {
    for (const profile of [host, cohost, ada, ben]) {
      expect(profile.foreign).toEqual([]);
      expect(profile.problems).toEqual([]);
    }
  });
});
