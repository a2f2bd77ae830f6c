// Owns the scene of the pages bench: somebody who comes for the first time again and again, and visitors of an empty, a full, and a very full room.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { openBrowser } from '#tests/browser/browser.ts';
import type { Crowd } from '#tests/browser/crowded.ts';
import { crowded, workOf } from '#tests/browser/crowded.ts';
import { enter, openContext, settle, signedIn } from '../join/people.ts';
import type { Backstage } from '../rig/backstage.ts';
import type { Vitals } from './vitals.ts';
import { inpOf, installVitals, readVitals } from './vitals.ts';

export interface Scene {
  /** The entrance of a live Session, with nothing in the browser's cache. */
  standLobby(): Promise<Vitals>;
  /** The Session itself, loaded anew from inside, as a reload does. */
  standSession(): Promise<Vitals>;
  /** The slowest answer to a hand, in milliseconds. */
  handle(room: 'empty' | 'full'): Promise<number>;
  /** What one arrival costs the page's thread, in milliseconds. */
  arrive(room: 'few' | 'many'): Promise<number>;
  close(): Promise<void>;
}

interface Visit {
  page: Page;
  crowd: Crowd;
  people: number;
}

const rooms = {
  empty: { people: 0, onStage: 0 },
  full: { people: 500, onStage: 25 },
  few: { people: 50, onStage: 0 },
  many: { people: 5000, onStage: 0 },
};
const arrivals = 20;
const word = 'good';
const shown = new Intl.NumberFormat('en-GB');

export async function openScene(backstage: Backstage): Promise<Scene> {
  const origin = `http://127.0.0.1:${backstage.appPort}`;
  const session = backstage.sessions[0] as string;
  const browser = await openBrowser();
  const newcomer = await (await signedIn(browser, origin, 'participant1')).context().storageState();
  const visits = {} as Record<keyof typeof rooms, Visit>;
  for (const [index, name] of (Object.keys(rooms) as (keyof typeof rooms)[]).entries())
    visits[name] = await visit(browser, origin, session, `participant${index + 2}`, rooms[name]);

  const afresh = async (then: (page: Page) => Promise<void>): Promise<Vitals> => {
    const context = await openContext(browser, origin);
    await context.addCookies(newcomer.cookies);
    await installVitals(context);
    const page = await context.newPage();
    await page.goto(`/sessions/${session}`);
    await page.getByRole('button', { name: 'Join as a participant' }).waitFor();
    await then(page);
    await settle(page);
    const vitals = await readVitals(page);
    await context.close();
    return vitals;
  };
  return {
    standLobby: () => afresh(async () => undefined),
    standSession: () =>
      afresh(async (page) => {
        const panel = page.getByRole('tab', { name: /^Chat/ });
        await page.getByRole('button', { name: 'Join as a participant' }).click();
        await panel.waitFor();
        await page.reload();
        await panel.waitFor();
      }),
    handle: (room) => handle(visits[room].page),
    arrive: (room) => arrive(visits[room]),
    close: () => browser.close(),
  };
}

async function visit(
  browser: Browser,
  origin: string,
  session: string,
  name: string,
  { people, onStage }: { people: number; onStage: number },
): Promise<Visit> {
  const page = await signedIn(browser, origin, name);
  await installVitals(page.context() as BrowserContext);
  const crowd = await crowded(page, people, onStage);
  await enter(page, session, 'participant');
  await page.getByRole('status', { name: new RegExp(`^People present: ${shown.format(people).slice(0, 1)}`) }).waitFor();
  await settle(page);
  return { page, crowd, people };
}

/** Each tab twice, then a word letter by letter and taken back. */
async function handle(page: Page): Promise<number> {
  await page.bringToFront();
  const tabs = page.getByRole('tablist').getByRole('tab');
  const count = await tabs.count();
  return inpOf(page, 2 * count + 2 * word.length, async () => {
    for (let turn = 0; turn < 2 * count; turn++) await tabs.nth((turn + 1) % count).click();
    await page.getByRole('tab', { name: /^Chat/ }).click();
    const message = page.getByRole('textbox', { name: 'Message' });
    await message.pressSequentially(word);
    for (let letter = 0; letter < word.length; letter++) await message.press('Backspace');
  });
}

async function arrive(visited: Visit): Promise<number> {
  const { page, crowd } = visited;
  await page.bringToFront();
  await page.getByRole('tab', { name: /^People/ }).click();
  const present = page.getByRole('status', { name: /^People present/ });
  const before = Number((await present.getAttribute('aria-label'))?.replace(/\D/g, ''));
  return workOf(page, arrivals, async (index) => {
    crowd.arrive(++visited.people);
    await page.getByRole('status', { name: `People present: ${shown.format(before + index)}` }).waitFor();
  });
}
