// Owns how the people of the join bench get where they are measured: signed in, at an entrance, inside, or on the bare page.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { FloorPage } from '../rig/floor-page.ts';
import { arm, installStopwatch, readStopwatch } from '../rig/stopwatch.ts';

type Role = 'speaker' | 'participant';

export const floorRoom = 'bench-floor';
export const patienceMs = 120_000;

/** Loaded, fetched ahead, and at rest: as a page is when a person has read it. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(null))));
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

export async function openContext(browser: Browser, origin: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 1280, height: 720 }, locale: 'en-GB' });
  context.setDefaultTimeout(patienceMs);
  context.setDefaultNavigationTimeout(patienceMs);
  await installStopwatch(context);
  return context;
}

export async function signedIn(browser: Browser, origin: string, name: string): Promise<Page> {
  const context = await openContext(browser, origin);
  const data = { email: `${name}@demo.example`, password: 'stagedoor-demo' };
  const answer = await context.request.post('/api/accounts/sign-in', { data, headers: { origin } });
  if (!answer.ok()) throw new Error(`${name} could not sign in: ${await answer.text()}`);
  return context.newPage();
}

export async function atEntrance(page: Page, sessionId: string, role: Role): Promise<void> {
  await page.goto(`/sessions/${sessionId}`);
  await page.getByRole('button', { name: `Join as a ${role}` }).waitFor();
  await settle(page);
}

export async function enter(page: Page, sessionId: string, role: Role): Promise<void> {
  await atEntrance(page, sessionId, role);
  await press(page, `Join as a ${role}`);
}

export async function atFloor(page: Page, floor: FloorPage, who: Omit<Parameters<FloorPage['addressOf']>[0], 'room'>) {
  await page.goto(floor.addressOf({ ...who, room: floorRoom }));
  await page.locator('button:enabled').waitFor();
  await settle(page);
}

/** From the click on the button of that name to the first frame. */
export async function pressAndSee(page: Page, name: string): Promise<Awaited<ReturnType<typeof readStopwatch>>> {
  await arm(page);
  await press(page, name);
  return readStopwatch(page);
}
