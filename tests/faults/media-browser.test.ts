// LiveKit killed with -9 under our real page, in Chromium: pictures and sound are back within ten seconds of its return, without a click.
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Profile } from '#tests/browser/browser.ts';
import { openBrowser, openProfile } from '#tests/browser/browser.ts';
import { makeFakeDevices } from '#tests/browser/fake-devices.ts';
import { expect, findSession, joinAs, signInAs, tile } from '#tests/browser/house.ts';
import type { Launched } from '#tests/browser/launched.ts';
import { launchStagedoor, waitUntil } from '#tests/browser/launched.ts';
import { decodedFrames, heardPitches, hears } from '#tests/browser/senses.ts';
import type { TestLivekit } from '#tests/media-bot/livekit.ts';
import { freeTcpPort, prepareLivekit } from '#tests/media-bot/livekit.ts';
import { sized } from './size.ts';

/** What is promised. */
const backWithinMs = 10_000;
const killedForS = sized({ ci: [5], long: [2, 5, 10, 30, 60] });

const session = 'Robots that ask for help';
const hostName = 'Tomasz Wiśniewolski';
const hostToneHz = 440;

let livekit: TestLivekit;
let house: Launched;
const browsers: Browser[] = [];
let host: Profile;
let ada: Profile;

beforeAll(async () => {
  const port = await freeTcpPort();
  // One of our own, because the launcher brings its own back at once.
  livekit = await prepareLivekit({ webhookUrl: `http://127.0.0.1:${port}/api/media/webhook` });
  await livekit.start();
  const { url, apiKey, apiSecret } = livekit.config;
  const outside = { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret };
  house = await launchStagedoor({ PORT: String(port), ...outside });
  const devices = await makeFakeDevices(house.folder, 'host', 'red', hostToneHz);
  browsers.push(await openBrowser({ devices }), await openBrowser());
  [host, ada] = await Promise.all([
    openProfile(browsers[0] as Browser, house.origin),
    openProfile(browsers[1] as Browser, house.origin),
  ]);
  await signInAs(host.page, 'host');
  await signInAs(ada.page, 'participant');
  await findSession(host.page, session, 'Program');
  await joinAs(host.page, 'speaker');
  await host.page.getByRole('button', { name: 'Start Session' }).click();
  await findSession(ada.page, session, 'Lobby');
  await joinAs(ada.page, 'participant');
});
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  const code = await house?.stop();
  await livekit?.remove();
  expect(code).toBe(0);
});

/** The fault itself lasts this long. */
const lasting = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

const framesOfHost = () => decodedFrames(tile(ada.page, hostName));

/** Milliseconds until new frames of the host are decoded on the participant's page. */
async function pictureBack(withinMs: number): Promise<number> {
  const start = performance.now();
  let before = await framesOfHost();
  const moves = async () => {
    const now = await framesOfHost();
    // A new connection brings a new source, which counts from zero.
    before = Math.min(before, now);
    return now > before + 2;
  };
  await waitUntil(moves, 'new frames of the host', withinMs);
  return Math.round(performance.now() - start);
}

async function soundBack(withinMs: number): Promise<number> {
  const start = performance.now();
  await waitUntil(async () => hears(await heardPitches(ada.page), hostToneHz), 'the sound of the host', withinMs);
  return Math.round(performance.now() - start);
}

describe('the page', () => {
  it.each(killedForS)('LiveKit killed for %i seconds: picture and sound are back within ten', async (seconds) => {
    await Promise.all([pictureBack(30_000), soundBack(30_000)]);
    await livekit.kill();
    await lasting(seconds / 2);
    const framesBefore = await framesOfHost();
    await lasting(seconds / 2);
    expect(await framesOfHost(), 'frames while there was no LiveKit').toBe(framesBefore);
    await livekit.start();
    // The ear listens for a second and a half at a time.
    const [picture, sound] = await Promise.all([pictureBack(backWithinMs), soundBack(backWithinMs)]);
    console.log(`LiveKit away for ${seconds} s; on the participant's page after (ms)`, { picture, sound });
    await expect(host.page.getByRole('button', { name: 'Turn camera off' })).toBeVisible();
    await expect(ada.page.getByRole('button', { name: 'Continue here' })).toHaveCount(0);
  });

  it('broke no rule meanwhile', () => {
    for (const { problems, foreign } of [host, ada]) expect([...problems, ...foreign]).toEqual([]);
  });
});
