// Owns the people of the join bench: who sends, who watches all the time, and the one who joins again and again, with us and on the bare page.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { openBrowser } from '#tests/browser/browser.ts';
import { makeFakeDevices } from '#tests/browser/fake-devices.ts';
import { waitUntil } from '#tests/browser/launched.ts';
import type { Backstage } from '../rig/backstage.ts';
import type { FloorPage } from '../rig/floor-page.ts';
import { openFloorPage } from '../rig/floor-page.ts';
import { camerasIn, createLivekitRoom } from '../rig/livekit-rooms.ts';
import type { Reading } from '../rig/stopwatch.ts';
import { arm, clickedAt, installStopwatch, readStopwatch } from '../rig/stopwatch.ts';

export interface Scene {
  /** Click to first frame on the bare page. */
  joinFloor(around?: Around): Promise<Reading>;
  /** Click on "Join as a participant" to first frame, in a Session that is live. */
  joinOurs(around?: Around): Promise<Reading>;
  /** A fresh Session, its speaker backstage and a participant waiting; answers how to start it and how long the picture took. */
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

const floorRoom = 'bench-floor';
const nothing: Around = { before: () => undefined, after: () => undefined };
/** LiveKit lets a sender's camera pause this long after nobody watches any more; real speakers have been backstage for longer. */
const pausesAfterMs = 5000;
const calmMs = 1500;
const patienceMs = 120_000;

/** Loaded, fetched ahead, and at rest: as a page is when a person has read it. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(null))));
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

export async function openScene({ backstage, origin, signalPort }: SceneWish): Promise<Scene> {
  const { livekit, sessions, folder } = backstage;
  const devices = await makeFakeDevices(folder, 'sender', 'red', 440);
  const floor = await openFloorPage(livekit);
  const browsers: Browser[] = [await openBrowser({ devices }), await openBrowser()];
  const [crowd, visitors] = browsers as [Browser, Browser];
  const liveSession = sessions[0] as string;

  const openContext = async (browser: Browser): Promise<BrowserContext> => {
    const context = await browser.newContext({ baseURL: origin, viewport: { width: 1280, height: 720 }, locale: 'en-GB' });
    context.setDefaultTimeout(patienceMs);
    context.setDefaultNavigationTimeout(patienceMs);
    await installStopwatch(context);
    return context;
  };
  const signedIn = async (browser: Browser, name: string): Promise<Page> => {
    const context = await openContext(browser);
    const data = { email: `${name}@demo.example`, password: 'stagedoor-demo' };
    const answer = await context.request.post('/api/accounts/sign-in', { data, headers: { origin } });
    if (!answer.ok()) throw new Error(`${name} could not sign in: ${await answer.text()}`);
    return context.newPage();
  };
  const atEntrance = async (page: Page, sessionId: string, role: 'speaker' | 'participant') => {
    await page.goto(`/sessions/${sessionId}`);
    await page.getByRole('button', { name: `Join as a ${role}` }).waitFor();
    await settle(page);
  };
  const enter = async (page: Page, sessionId: string, role: 'speaker' | 'participant') => {
    await atEntrance(page, sessionId, role);
    await press(page, `Join as a ${role}`);
  };
  const startSession = async (page: Page) => {
    await page.getByRole('button', { name: 'Start Session' }).waitFor();
    await press(page, 'Start Session');
  };

  const peopleOfFloor = floorPeople(floor, signalPort);
  await createLivekitRoom(livekit, floorRoom);
  await peopleOfFloor.enter(await (await openContext(crowd)).newPage(), 'sender', true);
  const floorWatcher = await (await openContext(crowd)).newPage();
  await peopleOfFloor.enter(floorWatcher, 'watcher', false);

  const host = await signedIn(crowd, 'host');
  await enter(host, liveSession, 'speaker');
  await startSession(host);
  const watcher = await signedIn(crowd, 'participant30');
  await atEntrance(watcher, liveSession, 'participant');
  await arm(watcher);
  await press(watcher, 'Join as a participant');
  await readStopwatch(watcher);

  const bareVisitor = await (await openContext(visitors)).newPage();
  const visitor = await signedIn(visitors, 'participant1');
  const waiting = await signedIn(visitors, 'participant2');
  const starter = await signedIn(crowd, 'cohost');
  let visits = 0;

  return {
    async joinFloor({ before, after } = nothing) {
      await peopleOfFloor.load(bareVisitor, `visitor-${++visits}`, false);
      await settle(bareVisitor);
      before();
      await arm(bareVisitor);
      await press(bareVisitor, 'Join');
      const reading = await readStopwatch(bareVisitor);
      after();
      await bareVisitor.goto('about:blank');
      return reading;
    },
    async joinOurs({ before, after } = nothing) {
      await atEntrance(visitor, liveSession, 'participant');
      before();
      await arm(visitor);
      await press(visitor, 'Join as a participant');
      const reading = await readStopwatch(visitor);
      after();
      await press(visitor, 'Leave');
      await visitor.getByRole('tab', { name: 'Program' }).waitFor();
      await visitor.goto('about:blank');
      return reading;
    },
    async prepareStart(sessionId) {
      await enter(starter, sessionId, 'speaker');
      await waitUntil(async () => (await camerasIn(livekit, sessionId)) > 0, 'the camera of the speaker backstage', patienceMs);
      const sendsSince = performance.now();
      await enter(waiting, sessionId, 'participant');
      await starter.getByRole('status', { name: 'People present: 2' }).waitFor();
      return async () => {
        const restMs = sendsSince + pausesAfterMs + calmMs - performance.now();
        if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
        await settle(waiting);
        await arm(waiting);
        await arm(starter);
        await startSession(starter);
        const reading = await readStopwatch(waiting, clickedAt(starter));
        await Promise.all([starter.goto('about:blank'), waiting.goto('about:blank')]);
        return reading;
      };
    },
    async close() {
      await Promise.all(browsers.map((browser) => browser.close()));
      await floor.close();
    },
  };
}

function floorPeople(floor: FloorPage, signalPort: number) {
  const load = async (page: Page, identity: string, publish: boolean) => {
    await page.goto(floor.addressOf({ identity, room: floorRoom, publish, signalPort }));
    await page.locator('button:enabled').waitFor();
  };
  return {
    load,
    async enter(page: Page, identity: string, publish: boolean) {
      await load(page, identity, publish);
      await arm(page);
      await press(page, 'Join');
      if (!publish) await readStopwatch(page);
    },
  };
}
