// Embedded videos in real browsers, YouTube played by a stand-in that behaves in time: asked before, followed within a second, latecomer, refused autoplay, forbidden, not to be reached.
import type { Browser, Request } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { expect, findSession, joinAs, scan, signInAs, signInByPassword } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor, waitUntil } from './launched.ts';
import type { PlayerSeen, YouTubeMood } from './video-stand-in.ts';
import { pushPlayer, seePlayer, standInForYouTube, videoLength } from './video-stand-in.ts';

const soon = 'Robots that ask for help';
const videoId = 'aB3_d-6xYz0';
const [playing, paused, ended] = [1, 2, 0];

interface Viewer extends Profile {
  mood: YouTubeMood;
  asked: Request[];
}
let house: Launched;
let browser: Browser;
let host: Viewer;
let ada: Viewer;
let ben: Viewer;
let everybody: Viewer[] = [];
let brokenAt: string | null = null;
beforeEach(({ task, onTestFailed }) => {
  if (brokenAt) throw new Error(`The step "${brokenAt}" failed before`);
  onTestFailed(() => {
    brokenAt = task.name;
  });
});

beforeAll(async () => {
  house = await launchStagedoor();
  browser = await openBrowser();
  const open = async (view = {}): Promise<Viewer> => {
    const profile = await openProfile(browser, house.origin, view);
    const mood = { isReachable: true, error: null };
    return { ...profile, mood, asked: await standInForYouTube(profile.page, mood) };
  };
  [host, ada, ben] = [await open(), await open({ colorScheme: 'dark' }), await open({ width: 390, height: 844 })];
  everybody = [host, ada, ben];
});
afterAll(async () => {
  await browser?.close();
  expect(await house?.stop()).toBe(0);
});

const shown = ({ page }: Viewer) => page.getByRole('region', { name: 'Presentation' });
const press = (viewer: Viewer, name: string) => shown(viewer).getByRole('button', { name, exact: true }).click();
const agree = (viewer: Viewer) => press(viewer, 'Show YouTube videos');
const isAsked = (viewer: Viewer) => expect(shown(viewer)).toContainText('This video comes from YouTube');

/** Waits until the viewer's player is so, and answers what it is. */
async function until(viewer: Viewer, what: string, holds: (seen: PlayerSeen) => boolean): Promise<PlayerSeen> {
  let last: PlayerSeen | null = null;
  await waitUntil(async () => {
    last = await seePlayer(viewer.page);
    return last !== null && holds(last);
  }, what);
  return last as unknown as PlayerSeen;
}
/** How far the viewer's player is from the host's, in seconds of the video; both clocks are this machine's. */
async function apart(viewer: Viewer): Promise<number> {
  const [theirs, hosts] = await Promise.all([seePlayer(viewer.page), seePlayer(host.page)]);
  if (!theirs || !hosts) return Number.POSITIVE_INFINITY;
  const passed = hosts.is === playing ? ((theirs.at - hosts.at) / 1000) * hosts.rate : 0;
  return Math.abs(theirs.position - hosts.position - passed);
}
/** From the host's own player to the viewer's. */
async function followedAfterMs(viewer: Viewer, call: string): Promise<number> {
  const lastOf = ({ calls }: PlayerSeen) => calls.findLast((one) => one.call === call)?.at ?? Number.NaN;
  const [theirs, hosts] = [await seePlayer(viewer.page), await seePlayer(host.page)];
  return theirs && hosts ? lastOf(theirs) - lastOf(hosts) : Number.NaN;
}

describe('embedded videos', () => {
  it('a speaker embeds a video by its link; other links are refused in words', async () => {
    await signInAs(host.page, 'host');
    await signInAs(ada.page, 'participant');
    await signInByPassword(ben.page, 'participant2@demo.example');
    await findSession(host.page, soon, 'Program');
    await joinAs(host.page, 'speaker');
    const { page } = host;
    await page.getByRole('group', { name: 'Your controls' }).getByRole('button', { name: 'Present', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Embed video' }).click();
    const dialog = page.getByRole('dialog', { name: 'Embed video' });
    const link = dialog.getByRole('textbox', { name: 'YouTube link' });
    const send = dialog.getByRole('button', { name: 'Embed video' });
    for (const [given, words] of [
      ['', 'Paste the link'],
      ['a film about robots', 'This is not a link.'],
      ['https://vimeo.com/76979871', 'another site'],
      ['https://www.youtube.com/playlist?list=PL0123456789', 'a playlist'],
    ] as const) {
      await link.fill(given);
      await send.click();
      await expect(dialog).toContainText(words);
      await expect(link).toHaveAttribute('aria-invalid', 'true');
    }
    await scan(page, 'video-refused-link');
    await link.fill(`https://youtu.be/${videoId}?t=1m`);
    await dialog.getByRole('textbox', { name: 'Name' }).fill('A night shift');
    await send.click();
    await expect(dialog).toHaveCount(0);
    const row = page.getByRole('region', { name: 'Materials' }).getByRole('listitem', { name: 'A night shift' });
    await row.getByRole('button', { name: 'Present', exact: true }).click();
    await page.getByRole('region', { name: 'Materials' }).getByRole('button', { name: 'Close' }).click();
  });

  it('nothing is requested from YouTube before the viewer agrees', async () => {
    await isAsked(host);
    await host.page.getByRole('button', { name: 'Start Session' }).click();
    await ada.page.goto(host.page.url());
    await joinAs(ada.page, 'participant');
    await isAsked(ada);
    await scan(ada.page, 'video-consent');
    for (const one of everybody) expect([one.foreign, one.asked]).toEqual([[], []]);
    await agree(host);
    await until(host, 'the first picture', ({ position }) => position === 60);
    await scan(host.page, 'video-host');
    expect(ada.foreign).toEqual([]);
    await agree(ada);
    await until(ada, 'the first picture', ({ position }) => position === 60);
    const frame = ada.asked.find((one) => one.url().startsWith('https://www.youtube-nocookie.com/embed/'));
    expect(new URL(frame?.url() ?? '').pathname).toBe(`/embed/${videoId}`);
    expect((await frame?.allHeaders())?.referer).toBe(`${house.origin}/`);
    const script = ada.asked.find((one) => one.url() === 'https://www.youtube.com/iframe_api');
    expect((await script?.allHeaders())?.referer).toBeUndefined();
    // Only who may steer can.
    await expect(shown(ada).getByRole('slider', { name: 'Position' })).toHaveCount(0);
    await expect(shown(ada).getByRole('button', { name: 'Play for everybody' })).toHaveCount(0);
  });

  it('playing, pausing, seeking and the speed are followed within a second', async () => {
    await press(host, 'Play for everybody');
    await until(ada, 'playing', ({ is, position }) => is === playing && position > 60);
    expect(await followedAfterMs(ada, 'play')).toBeLessThan(1000);
    await waitUntil(async () => (await apart(ada)) < 0.7, 'the same place');

    await shown(host).getByRole('slider', { name: 'Position' }).fill('300');
    await until(ada, 'at minute five', ({ is, position }) => is === playing && position >= 300);
    expect(await followedAfterMs(ada, 'seek')).toBeLessThan(1000);
    await waitUntil(async () => (await apart(ada)) < 0.7, 'the same place');

    await shown(host).getByRole('combobox', { name: 'Speed' }).selectOption('1.5');
    await until(ada, 'faster', ({ rate }) => rate === 1.5);
    expect(await followedAfterMs(ada, 'rate')).toBeLessThan(1000);
    await waitUntil(async () => (await apart(ada)) < 0.7, 'the same place');

    await press(host, 'Pause for everybody');
    await until(ada, 'paused', ({ is }) => is === paused);
    expect(await followedAfterMs(ada, 'pause')).toBeLessThan(1000);
    await waitUntil(async () => (await apart(ada)) <= 0.3, 'the same picture');
    await shown(host).getByRole('combobox', { name: 'Speed' }).selectOption('1');
    await until(ada, 'slower', ({ rate, is }) => rate === 1 && is === paused);
  });

  it('drift is mended', async () => {
    await press(host, 'Play for everybody');
    await until(ada, 'playing', ({ is }) => is === playing);
    await pushPlayer(ada.page, -20);
    expect(await apart(ada)).toBeGreaterThan(5);
    await waitUntil(async () => (await apart(ada)) < 0.7, 'the same place');
  });

  it('a click on the picture takes no key from the page; a speaker’s turns it for everybody, nobody else’s', async () => {
    const picture = (viewer: Viewer) => shown(viewer).locator('iframe');
    const isInFrame = () => document.activeElement?.tagName === 'IFRAME';
    await picture(host).click();
    await until(ada, 'paused', ({ is }) => is === paused);
    await expect(shown(host).getByRole('button', { name: 'Play for everybody' })).toBeVisible();
    await expect.poll(() => host.page.evaluate(isInFrame)).toBe(false);
    const controls = host.page.getByRole('group', { name: 'Your controls' });
    await host.page.keyboard.press('m');
    await expect(controls.getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
    await host.page.keyboard.press('m');
    await expect(controls.getByRole('button', { name: 'Mute microphone' })).toBeVisible();
    await picture(host).click();
    await until(ada, 'playing', ({ is }) => is === playing);
    await picture(ada).click();
    await expect.poll(() => ada.page.evaluate(isInFrame)).toBe(false);
    await until(ada, 'playing again', ({ is }) => is === playing);
    expect(await seePlayer(host.page)).toMatchObject({ is: playing });
    await waitUntil(async () => (await apart(ada)) < 0.7, 'the same place');
  });

  it('a latecomer is at the right place, on a phone too', async () => {
    await ben.page.goto(host.page.url());
    await joinAs(ben.page, 'participant');
    await isAsked(ben);
    await scan(ben.page, 'video-phone-consent');
    await agree(ben);
    await until(ben, 'playing', ({ is, position }) => is === playing && position > 300);
    await waitUntil(async () => (await apart(ben)) < 0.7, 'the same place');
    await scan(ben.page, 'video-phone');
  });

  it('the volume is one’s own, and kept; a refused start is mended with one click', async () => {
    await shown(ada).getByRole('slider', { name: 'Volume of the video for me' }).fill('40');
    await press(ada, 'Mute the video for me');
    await until(ada, 'muted', ({ volume, isMuted }) => volume === 40 && isMuted);
    expect(await seePlayer(host.page)).toMatchObject({ volume: 100, isMuted: false });
    // A page that was just loaded was not clicked on: browsers play nothing aloud there.
    await ada.page.reload();
    await expect(shown(ada).getByRole('alert')).toContainText('Your browser did not begin to play');
    expect(await seePlayer(ada.page)).toMatchObject({ volume: 40, isMuted: true });
    await scan(ada.page, 'video-refused-autoplay');
    await press(ada, 'Play here');
    await until(ada, 'playing', ({ is }) => is === playing);
    await waitUntil(async () => (await apart(ada)) < 0.7, 'the same place');
    await expect(shown(ada).getByRole('alert')).toHaveCount(0);
  });

  it('what forbids embedding says so, in German too; what can’t be reached comes back by itself', async () => {
    ben.mood.error = 150;
    await ben.page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      await fetch('/api/accounts/me', { method: 'PATCH', headers, body: JSON.stringify({ language: 'de' }) });
      localStorage.setItem('stagedoor.language', 'de');
    });
    await ben.page.reload();
    const film = ben.page.getByRole('region', { name: 'Präsentation' });
    await expect(film.getByRole('alert')).toContainText('erlaubt nicht, dass andere Seiten es zeigen');
    await expect(film.getByRole('link', { name: 'Auf YouTube öffnen' })).toHaveAttribute('rel', /noopener/);
    await scan(ben.page, 'video-forbidden-de');
    Object.assign(ben.mood, { error: null, isReachable: false });
    await ben.page.reload();
    await expect(film.getByRole('alert')).toContainText('nicht erreichbar');
    ben.mood.isReachable = true;
    await ben.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect(film.getByRole('button', { name: 'Hier abspielen' })).toBeVisible();
    await film.getByRole('button', { name: 'Hier abspielen' }).click();
    await waitUntil(async () => (await apart(ben)) < 0.7, 'the same place');
  });

  it('agreeing is taken back as easily; an event that does not ask shows it at once', async () => {
    await press(ada, 'Show me no YouTube videos any more');
    await isAsked(ada);
    await expect(ada.page.locator('iframe')).toHaveCount(0);
    await ada.page.route(/\/api\/sessions\/[^/]+$/, async (route) => {
      const answer = await route.fetch();
      const info = await answer.json();
      await route.fulfill({ response: answer, json: { ...info, event: { ...info.event, asksVideoConsent: false } } });
    });
    await ada.page.reload();
    await press(ada, 'Play here');
    await until(ada, 'playing', ({ is }) => is === playing);
    await expect(shown(ada).getByRole('button', { name: 'Show me no YouTube videos any more' })).toHaveCount(0);
  });

  it('ends for everybody with its last picture, begins again, and goes with the presentation', async () => {
    await shown(host)
      .getByRole('slider', { name: 'Position' })
      .fill(String(videoLength - 2));
    await until(ada, 'ended', ({ is }) => is === ended);
    await press(host, 'Play for everybody');
    await until(ada, 'from the beginning', ({ is, position }) => is === playing && position < 60);
    await press(host, 'Stop presenting');
    for (const one of [host, ada]) await expect(shown(one)).toHaveCount(0);
    await expect(ben.page.locator('iframe')).toHaveCount(0);
  });

  it('nothing else was requested from anywhere, and no policy was broken', () => {
    const ours = /^https:\/\/www\.(youtube\.com\/iframe_api$|youtube-nocookie\.com\/embed\/aB3_d-6xYz0\?)/;
    for (const one of everybody) {
      expect(one.foreign.filter((url) => !ours.test(url))).toEqual([]);
      expect(one.problems).toEqual([]);
    }
  });
});
