// Owns the scene of the slides bench: a speaker who presents one deck after the other, a participant who sees it, and the same decks on a bare page.
import type { Page } from '@playwright/test';
import { pdfFolder, pdfWorkerName } from '#features/materials/pdf-folder.ts';
import { openBrowser } from '#tests/browser/browser.ts';
import { LiveClient } from '#tests/flows/live-client.ts';
import { deck } from '#tests/materials/decks.ts';
import { upload } from '#tests/materials/upload.ts';
import { pdfFiles } from '#tools/pdf/pdf-files.ts';
import { enter, openContext, settle, signedIn } from '../join/people.ts';
import type { Backstage } from '../rig/backstage.ts';
import { serveBarePage } from '../rig/floor-page.ts';
import { onClockOf } from '../rig/stopwatch.ts';

export interface Scene {
  /** From the speaker's command to the participant's picture. */
  present(): Promise<number>;
  /** From the click on the bare page to its picture. */
  open(): Promise<number>;
  close(): Promise<void>;
}

type WithPage = typeof globalThis & { benchPage: { clickedAt: number; shownAt: Promise<number> } };

/** Runs in the page: when a first page has been drawn, and the frame with it is the next one shown. */
function watchForPage(): void {
  const drawn = () => document.querySelector('canvas[data-page="1"][aria-busy="false"]');
  const watch: { clickedAt: number; shownAt: Promise<number> } = {
    clickedAt: Number.NaN,
    shownAt: new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!drawn()) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      });
      observer.observe(document, { childList: true, subtree: true, attributes: true });
    }),
  };
  addEventListener('pointerup', ({ timeStamp }) => (watch.clickedAt = timeStamp), { capture: true, once: true });
  (window as unknown as WithPage).benchPage = watch;
}

const pages = 30;
const shownAt = (page: Page) => page.evaluate(() => (globalThis as WithPage).benchPage.shownAt);

/** The cookie that a signed-in page has, as a client without a browser sends it. */
async function cookieOf(page: Page, origin: string): Promise<string> {
  return (await page.context().cookies(origin)).map(({ name, value }) => `${name}=${value}`).join('; ');
}

export async function openScene(backstage: Backstage): Promise<Scene> {
  const origin = `http://127.0.0.1:${backstage.appPort}`;
  const session = backstage.sessions[0] as string;
  const browser = await openBrowser();
  const decks = new Map<string, string | Buffer>();
  for (const [name, file] of await pdfFiles()) decks.set(`${pdfFolder}/${name}`, file);
  const floor = await serveBarePage('pdf-floor', decks);

  const cookie = await cookieOf(await signedIn(browser, origin, 'host'), origin);
  const host = await new LiveClient({ origin, cookie, stream: session, as: 'speaker' }).connect();
  const say = async (type: string, body: Record<string, unknown>) => {
    const refusal = await host.send(type, body);
    if (refusal) throw new Error(`${type} was refused: ${refusal.code}`);
  };
  const participant = await signedIn(browser, origin, 'participant1');
  await enter(participant, session, 'participant');
  const bare = await (await openContext(browser, origin)).newPage();
  let width = 0;
  let decksMade = 0;
  /** No two are the same: nothing of it may be in a cache. */
  const nextDeck = () => deck({ pages, seed: ++decksMade, text: `Deck ${decksMade}` });

  return {
    async present() {
      const { material, code } = await upload({ app: { origin }, session, cookie }, nextDeck());
      if (!material) throw new Error(`The deck was refused: ${code}`);
      await settle(participant);
      await participant.evaluate(watchForPage);
      const sentAt = await onClockOf(participant, Date.now());
      const origin0 = await participant.evaluate(() => performance.timeOrigin);
      await say('materials.present', { material: material.id });
      const ms = (await shownAt(participant)) + origin0 - sentAt;
      width ||= await participant.locator('canvas[data-page="1"]').evaluate((canvas: HTMLCanvasElement) => canvas.width);
      await say('materials.stop', {});
      await participant.locator('canvas[data-page]').waitFor({ state: 'detached' });
      await say('materials.delete', { material: material.id });
      return ms;
    },
    async open() {
      const file = `/deck-${decksMade + 1}.pdf`;
      decks.set(file, nextDeck());
      await bare.goto(floor.addressOf({ file, width, folder: pdfFolder, worker: pdfWorkerName }));
      await bare.locator('button:enabled').waitFor();
      await settle(bare);
      await bare.evaluate(watchForPage);
      await bare.getByRole('button').click();
      const seenAt = await shownAt(bare);
      const ms = seenAt - (await bare.evaluate(() => (globalThis as WithPage).benchPage.clickedAt));
      await bare.goto('about:blank');
      decks.delete(file);
      return ms;
    },
    async close() {
      await host.close();
      await browser.close();
      await floor.close();
    },
  };
}
