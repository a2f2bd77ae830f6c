// Owns the scene of the join bench: who sends, who watches all the time, and those who join again and again, with us and on the bare page.
import type { Browser } from '@playwright/test';
import { openBrowser } from '#tests/browser/browser.ts';
import { makeFakeDevices } from '#tests/browser/fake-devices.ts';
import { waitUntil } from '#tests/browser/launched.ts';
import type { Backstage } from '../rig/backstage.ts';
import type { FloorPage } from '../rig/floor-page.ts';
import { openFloorPage } from '../rig/floor-page.ts';
import { camerasIn, createLivekitRoom } from '../rig/livekit-rooms.ts';
import type { Reading } from '../rig/stopwatch.ts';
import { arm, clickedAt, readStopwatch } from '../rig/stopwatch.ts';
import {
  atEntrance,
  atFloor,
  enter,
  floorRoom,
  openContext,
  patienceMs,
  press,
  pressAndSee,
  settle,
  signedIn,
} from './people.ts';

export interface Scene {
  /** Click to first frame on the bare page. */
  joinFloor(around?: Around): Promise<Reading>;
  /** Click on "Join as a participant" to first frame, in a Session that is live. */
  joinOurs(around?: Around): Promise<Reading>;
  /** A fresh Session, its speaker backstage and a participant waiting; answers how to start it, which tells how long the picture took. */
  prepareStart(sessionId: string): Promise<() => Promise<Reading>>;
  close(): Promise<void>;
}

/** Just before the click and just after the first frame. */
export interface Around {
  before(): void;
  after(): void;
}

export interface SceneWish {
  backstage: Backstage;
  /** Where browsers reach us, and LiveKit's signalling on the bare page. */
  origin: string;
  signalPort: number;
}

interface Cast extends SceneWish {
  floor: FloorPage;
  /** Those who send, and those who watch all the time. */
  crowd: Browser;
  /** Those who are measured. */
  visitors: Browser;
}

const nothing: Around = { before: () => undefined, after: () => undefined };
/** LiveKit lets a camera pause this long after nobody watches any more; real speakers have been backstage for longer. */
const pausesAfterMs = 5000;
const calmMs = 1500;

export async function openScene(wish: SceneWish): Promise<Scene> {
  const devices = await makeFakeDevices(wish.backstage.folder, 'sender', 'red', 440);
  const floor = await openFloorPage(wish.backstage.livekit);
  const [crowd, visitors] = [await openBrowser({ devices }), await openBrowser()];
  const cast: Cast = { ...wish, floor, crowd, visitors };
  return {
    joinFloor: await prepareFloor(cast),
    joinOurs: await prepareLiveSession(cast),
    prepareStart: await prepareStarts(cast),
    async close() {
      await Promise.all([crowd.close(), visitors.close()]);
      await floor.close();
    },
  };
}

/** One who sends as our speakers do, one who watches: with nobody else there, each visitor would have to wake the camera first. */
async function prepareFloor({ backstage, origin, signalPort, floor, crowd, visitors }: Cast): Promise<Scene['joinFloor']> {
  await createLivekitRoom(backstage.livekit, floorRoom);
  const sender = await (await openContext(crowd, origin)).newPage();
  await atFloor(sender, floor, { identity: 'sender', publish: true, signalPort });
  await press(sender, 'Join');
  const watcher = await (await openContext(crowd, origin)).newPage();
  await atFloor(watcher, floor, { identity: 'watcher', publish: false, signalPort });
  await pressAndSee(watcher, 'Join');
  const visitor = await (await openContext(visitors, origin)).newPage();
  let visits = 0;
  return async ({ before, after } = nothing) => {
    await atFloor(visitor, floor, { identity: `visitor-${++visits}`, publish: false, signalPort });
    before();
    const reading = await pressAndSee(visitor, 'Join');
    after();
    await visitor.goto('about:blank');
    return reading;
  };
}

async function prepareLiveSession({ backstage, origin, crowd, visitors }: Cast): Promise<Scene['joinOurs']> {
  const sessionId = backstage.sessions[0] as string;
  const host = await signedIn(crowd, origin, 'host');
  await enter(host, sessionId, 'speaker');
  await press(host, 'Start Session');
  const watcher = await signedIn(crowd, origin, 'participant30');
  await atEntrance(watcher, sessionId, 'participant');
  await pressAndSee(watcher, 'Join as a participant');
  const visitor = await signedIn(visitors, origin, 'participant1');
  return async ({ before, after } = nothing) => {
    await atEntrance(visitor, sessionId, 'participant');
    before();
    const reading = await pressAndSee(visitor, 'Join as a participant');
    after();
    await press(visitor, 'Leave');
    await visitor.getByRole('tab', { name: 'Program' }).waitFor();
    await visitor.goto('about:blank');
    return reading;
  };
}

async function prepareStarts({ backstage, origin, crowd, visitors }: Cast): Promise<Scene['prepareStart']> {
  const starter = await signedIn(crowd, origin, 'cohost');
  const waiting = await signedIn(visitors, origin, 'participant2');
  return async (sessionId) => {
    await enter(starter, sessionId, 'speaker');
    const sends = async () => (await camerasIn(backstage.livekit, sessionId)) > 0;
    await waitUntil(sends, 'the camera of the speaker backstage', patienceMs);
    const sendsSince = performance.now();
    await enter(waiting, sessionId, 'participant');
    await starter.getByRole('status', { name: 'People present: 2' }).waitFor();
    return async () => {
      const restMs = sendsSince + pausesAfterMs + calmMs - performance.now();
      if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
      await settle(waiting);
      await arm(waiting);
      await arm(starter);
      await press(starter, 'Start Session');
      const reading = await readStopwatch(waiting, clickedAt(starter));
      await Promise.all([starter.goto('about:blank'), waiting.goto('about:blank')]);
      return reading;
    };
  };
}
