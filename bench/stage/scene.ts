// Owns the scene of the stage bench: a speaker on stage, somebody who watches, and a guest who comes on stage again and again; with us and on bare pages.
import type { Browser, Page } from '@playwright/test';
import { openBrowser } from '#tests/browser/browser.ts';
import { makeFakeDevices } from '#tests/browser/fake-devices.ts';
import { atFloor, enter, floorRoom, openContext, press, pressAndSee, settle, signedIn } from '../join/people.ts';
import type { Backstage } from '../rig/backstage.ts';
import type { FloorPage } from '../rig/floor-page.ts';
import { openFloorPage } from '../rig/floor-page.ts';
import { allowToPublish, createLivekitRoom, removeFrom } from '../rig/livekit-rooms.ts';
import type { Reading } from '../rig/stopwatch.ts';
import { arm, onClockOf, readStopwatch } from '../rig/stopwatch.ts';

export interface Scene {
  /** From the word to the SFU that the guest may publish to the first frame at the watcher. */
  appearFloor(): Promise<Reading>;
  /** From the end of the countdown to the first frame at the watcher. */
  appearOurs(): Promise<Reading>;
  close(): Promise<void>;
}

interface Cast {
  backstage: Backstage;
  origin: string;
  floor: FloorPage;
  /** Those who send. */
  crowd: Browser;
  /** Those who watch, where it is measured. */
  watchers: Browser;
}

export async function openScene(backstage: Backstage): Promise<Scene> {
  const devices = await makeFakeDevices(backstage.folder, 'sender', 'red', 440);
  const floor = await openFloorPage(backstage.livekit, 'stage-floor');
  const [crowd, watchers] = [await openBrowser({ devices }), await openBrowser()];
  const cast = { backstage, origin: `http://127.0.0.1:${backstage.appPort}`, floor, crowd, watchers };
  return {
    appearFloor: await prepareFloor(cast),
    appearOurs: await prepareSession(cast),
    async close() {
      await Promise.all([crowd.close(), watchers.close()]);
      await floor.close();
    },
  };
}

/** Only a picture that is new may stop the clock: one that is drawn again would stop it too early. */
async function watchStage(page: Page): Promise<() => Promise<void>> {
  const pictures = page.getByLabel('Stage', { exact: true }).locator('video');
  const before = await pictures.elementHandles();
  return async () => {
    const kept = await Promise.all(before.map((video) => video.evaluate(({ isConnected }) => isConnected)));
    if (kept.includes(false)) throw new Error('A picture that was there before was replaced; the first frame may be its own');
    if ((await pictures.count()) !== before.length + 1) throw new Error('Not one picture more than before');
  };
}

async function prepareFloor({ backstage, origin, floor, crowd, watchers }: Cast): Promise<Scene['appearFloor']> {
  const { livekit, livekitPort: signalPort } = backstage;
  await createLivekitRoom(livekit, floorRoom);
  const sender = await (await openContext(crowd, origin)).newPage();
  await atFloor(sender, floor, { identity: 'sender', publish: true, signalPort });
  await press(sender, 'Join');
  const watcher = await (await openContext(watchers, origin)).newPage();
  await atFloor(watcher, floor, { identity: 'watcher', publish: false, signalPort });
  await pressAndSee(watcher, 'Join');
  const guest = await (await openContext(crowd, origin)).newPage();
  let times = 0;
  return async () => {
    const identity = `guest-${++times}`;
    await atFloor(guest, floor, { identity, publish: true, mayPublish: false, signalPort });
    await pressAndSee(guest, 'Join');
    await settle(watcher);
    const check = await watchStage(watcher);
    await arm(watcher);
    const since = onClockOf(watcher, Date.now());
    await allowToPublish(livekit, floorRoom, identity);
    const reading = await readStopwatch(watcher, since);
    await check();
    await guest.goto('about:blank');
    await removeFrom(livekit, floorRoom, identity);
    return reading;
  };
}

/** The instants at which countdowns end, as the server tells this page. */
function dueInstants(page: Page): () => number {
  let latest = Number.NaN;
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const [, dueAt] = /"dueAt":"([^"]+)"/.exec(String(payload)) ?? [];
      if (dueAt) latest = Date.parse(dueAt);
    });
  });
  return () => latest;
}

async function prepareSession({ backstage, origin, crowd, watchers }: Cast): Promise<Scene['appearOurs']> {
  const sessionId = backstage.sessions[0] as string;
  const host = await signedIn(crowd, origin, 'host');
  await enter(host, sessionId, 'speaker');
  await press(host, 'Start Session');
  const watcher = await signedIn(watchers, origin, 'participant30');
  await enter(watcher, sessionId, 'participant');
  const guest = await signedIn(crowd, origin, 'participant1');
  const dueAt = dueInstants(guest);
  await enter(guest, sessionId, 'participant');
  const bar = guest.getByRole('group', { name: 'Your controls' });
  await watcher.locator('[aria-label="Stage"] video').waitFor();
  return async () => {
    await bar.getByRole('button', { name: 'Request to join' }).click();
    const dialog = guest.getByRole('dialog');
    await dialog.getByLabel('Camera preview').waitFor();
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await host.getByRole('region', { name: 'Requests' }).getByRole('button', { name: 'Approve' }).click();
    await guest.getByRole('timer', { name: 'On screen in' }).waitFor();
    const check = await watchStage(watcher);
    await arm(watcher);
    const since = dueAt();
    const reading = await readStopwatch(watcher, onClockOf(watcher, since));
    if (!(reading.ms > 0)) throw new Error(`Seen ${-reading.ms} ms before the countdown's end`);
    await check();
    await bar.getByRole('button', { name: 'Leave stage' }).click();
    await watcher.locator('[aria-label="Stage"] video').nth(1).waitFor({ state: 'detached' });
    await settle(guest);
    return reading;
  };
}
