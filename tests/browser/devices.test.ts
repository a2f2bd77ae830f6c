// Devices and backgrounds of somebody on stage, as another person sees and hears them: nothing drops, nothing black, everything said. The camera shows the demo's drawn host.
import type { Browser, Locator } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import type { Profile } from './browser.ts';
import { openBrowser, openProfile } from './browser.ts';
import { filmDrawnPerson } from './drawn-person.ts';
import { makeFakeDevices } from './fake-devices.ts';
import { expect, findSession, joinAs, scan, signInAs, signInByPassword, tile } from './house.ts';
import type { Launched } from './launched.ts';
import { launchStagedoor, waitUntil } from './launched.ts';
import type { Rgb } from './senses.ts';
import { heardPitches, hears, near } from './senses.ts';

const soon = 'Robots that ask for help';
const hostName = 'Tomasz Wiśniewolski';
const toneHz = 440;
/** Where in the picture nothing of the person is, and where only the person is. */
const behind = [
  [0.08, 0.15],
  [0.92, 0.25],
] as const;
const person = [
  [0.5, 0.86],
  [0.3, 0.92],
] as const;

let house: Launched;
let host: Profile;
let ada: Profile;
let cohost: Profile;
const browsers: Browser[] = [];
let brokenAt: string | null = null;
beforeEach(({ task, onTestFailed }) => {
  if (brokenAt) throw new Error(`The step "${brokenAt}" failed before`);
  onTestFailed(() => {
    brokenAt = task.name;
  });
});

/** Runs in the host's page before its own code: what a test does with devices by hand, others do by pulling cables. */
function reachIntoDevices(): void {
  const { mediaDevices } = navigator;
  const [open, list] = [mediaDevices.getUserMedia.bind(mediaDevices), mediaDevices.enumerateDevices.bind(mediaDevices)];
  const reach = {
    opened: [] as MediaStreamTrack[],
    wishes: [] as MediaStreamConstraints[],
    refuse: '',
    hidden: '',
  };
  Object.assign(window, { reach });
  mediaDevices.getUserMedia = async (wish) => {
    if (wish) reach.wishes.push(wish);
    if (reach.refuse && wish?.audio) throw new DOMException('By hand', reach.refuse);
    const { exact } = ((wish?.video as MediaTrackConstraints)?.deviceId ?? {}) as ConstrainDOMStringParameters;
    const isOther = exact === 'other';
    const stream = isOther ? otherCamera() : await open(wish);
    reach.opened.push(...stream.getTracks());
    return stream;
  };
  /** Chromium shows one film on all cameras: the second one is a plain colour. */
  const otherCamera = () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 180];
    const context = canvas.getContext('2d');
    const paint = () => {
      if (context) context.fillStyle = 'rgb(0, 160, 200)';
      context?.fillRect(0, 0, 320, 180);
    };
    paint();
    setInterval(paint, 100);
    return canvas.captureStream(10);
  };
  const other = { kind: 'videoinput', deviceId: 'other', label: 'Other camera', groupId: 'other' } as MediaDeviceInfo;
  mediaDevices.enumerateDevices = async () =>
    [...(await list()), other].filter((one) => !reach.hidden || one.label !== reach.hidden);
}
interface Reach {
  opened: MediaStreamTrack[];
  wishes: MediaStreamConstraints[];
  refuse: string;
  hidden: string;
}
const reach = (change: { refuse?: string; hidden?: string; happens?: 'ended' | 'mute' | 'devicechange' }) =>
  host.page.evaluate(({ refuse, hidden, happens }) => {
    const hand = (window as unknown as { reach: Reach }).reach;
    if (refuse !== undefined) hand.refuse = refuse;
    if (hidden !== undefined) hand.hidden = hidden;
    if (happens === 'devicechange') navigator.mediaDevices.dispatchEvent(new Event(happens));
    const microphone = hand.opened.findLast((track) => track.kind === 'audio' && track.readyState === 'live');
    if (happens === 'mute' && microphone) Object.defineProperty(microphone, 'muted', { value: true });
    if (happens === 'ended' || happens === 'mute') microphone?.dispatchEvent(new Event(happens));
  }, change);

/** What was asked of the browser last. */
const lastWish = (kind: 'audio' | 'video') =>
  host.page.evaluate(
    (of) => (window as unknown as { reach: Reach }).reach.wishes.findLast((wish) => wish[of])?.[of] as MediaTrackConstraints,
    kind,
  );

/** Colours of a decoded frame; null while there is none. */
const seenAt = (place: Locator, points: readonly (readonly [number, number])[]): Promise<Rgb[] | null> =>
  place.evaluate(
    (element, at) => {
      const picture = element.querySelector('video') ?? element.querySelector('img');
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [160, 90];
      const context = canvas.getContext('2d');
      if (!context || !picture || (picture instanceof HTMLVideoElement && picture.readyState < 2)) return null;
      context.drawImage(picture as HTMLVideoElement, 0, 0, 160, 90);
      return at.map(([x, y]) => [...context.getImageData(Math.round(x * 160), Math.round(y * 90), 1, 1).data].slice(0, 3) as Rgb);
    },
    points as [number, number][],
  );

/** How sharp the edge of the wall behind the person is: the largest step from one row of pixels to the next but one. */
const edgeBehind = (place: Locator): Promise<number> =>
  place.evaluate((element) => {
    const picture = element.querySelector('video');
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 180];
    const context = canvas.getContext('2d');
    if (!context || !picture || picture.readyState < 2) return Number.NaN;
    context.drawImage(picture, 0, 0, 320, 180);
    const rows = Array.from({ length: 70 }, (_, row) => {
      const { data } = context.getImageData(10, 56 + row, 40, 1);
      return data.reduce((sum, value, index) => (index % 4 === 1 ? sum + value : sum), 0) / 40;
    });
    return Math.max(...rows.slice(2).map((row, index) => Math.abs(row - (rows[index] ?? row))));
  });

const isLike = (seen: Rgb[] | null, wanted: Rgb[]) => seen?.every((one, index) => near(one, wanted[index] as Rgb, 45)) ?? false;
const choice = (name: string) => host.page.getByRole('radio', { name, exact: true });
const choose = async (name: string) => {
  await host.page.getByText(name, { exact: true }).last().click();
  await expect(choice(name)).toBeChecked();
};
/** The colours of a built-in picture behind the person, from the small one. */
const coloursOf = async (name: string): Promise<Rgb[]> =>
  (await seenAt(host.page.locator('label.backdrop', { hasText: name }), behind)) ?? [];
const bar = () => host.page.getByRole('group', { name: 'Your controls' });
const sheet = (name: string) => host.page.getByRole('region', { name });
const seenByAda = () => tile(ada.page, hostName);
const adaHears = () => waitUntil(async () => hears(await heardPitches(ada.page), toneHz), 'the voice of the host');
const adaSees = (wanted: () => Rgb[], what: string) =>
  waitUntil(async () => isLike(await seenAt(seenByAda(), behind), wanted()), what);

/** From now on Ada's browser looks at the host's picture twenty times a second, whatever happens to it. */
async function watchHost(): Promise<void> {
  await ada.page.evaluate(
    ({ name, at }) => {
      const context = new OffscreenCanvas(160, 90).getContext('2d', { willReadFrequently: true });
      const watched: Watched = { darkest: 255, looks: 0, behind: [] };
      Object.assign(window, { watched });
      setInterval(() => {
        const video = document.querySelector<HTMLVideoElement>(`[role="group"][aria-label="${name}"] video`);
        if (!context || !video || video.readyState < 2 || video.videoWidth === 0) return;
        context.drawImage(video, 0, 0, 160, 90);
        const { data } = context.getImageData(0, 0, 160, 90);
        let sum = 0;
        for (let index = 0; index < data.length; index += 4) sum += data[index + 1] ?? 0;
        watched.darkest = Math.min(watched.darkest, sum / (data.length / 4));
        watched.looks += 1;
        const now = at.map(([x, y]) => [...context.getImageData(Math.round(x * 160), Math.round(y * 90), 1, 1).data].slice(0, 3));
        const last = watched.behind.at(-1);
        if (JSON.stringify(now) !== JSON.stringify(last)) watched.behind.push(now as Rgb[]);
      }, 50);
    },
    { name: hostName, at: behind as unknown as [number, number][] },
  );
}
interface Watched {
  /** The mean of the darkest picture. */
  darkest: number;
  looks: number;
  /** Every colour that was seen behind the person. */
  behind: Rgb[][];
}
const watched = () => ada.page.evaluate(() => (window as unknown as { watched: Watched }).watched);

const other: Rgb = [0, 160, 200];
let room: Rgb[] = [];
let figure: Rgb[] = [];
let gradient: Rgb[] = [];

beforeAll(async () => {
  house = await launchStagedoor();
  const open = async (options: Parameters<typeof openBrowser>[0]) => {
    const browser = await openBrowser(options);
    browsers.push(browser);
    return browser;
  };
  const adasBrowser = await open({});
  const camera = await filmDrawnPerson(adasBrowser, house.folder);
  const { microphone } = await makeFakeDevices(house.folder, 'host', 'red', toneHz);
  host = await openProfile(await open({ devices: { camera, microphone } }), house.origin);
  ada = await openProfile(adasBrowser, house.origin);
  await host.context.addInitScript(reachIntoDevices);
  // Without a graphics card here, any limit would be passed: what is tried first is what is drawn.
  await host.page.addInitScript(() => localStorage.setItem('stagedoor.background-limits', '{"leastFramesPerSecond":0}'));
  await Promise.all([signInAs(host.page, 'host'), signInByPassword(ada.page, 'participant3@demo.example')]);
});
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  expect(await house?.stop()).toBe(0);
});

describe('devices and backgrounds', () => {
  it('at the entrance a background changes what is behind the person, and not the person', async () => {
    await host.page.evaluate(() => localStorage.setItem('stagedoor.setting-keys', 'off'));
    await findSession(host.page, soon, 'Program');
    const preview = host.page.locator('.preview');
    await waitUntil(async () => (await seenAt(preview, behind)) !== null, 'the camera');
    [room, figure] = [(await seenAt(preview, behind)) ?? [], (await seenAt(preview, person)) ?? []];
    await host.page.getByRole('button', { name: 'Virtual backgrounds' }).click();
    await expect(choice('None')).toBeChecked();
    await scan(host.page, 'backgrounds-entrance');
    const isAsBefore = async (name: string) =>
      expect(isLike(await seenAt(preview, person), figure), `the person is as before, with ${name}`).toBe(true);
    const sharp = await edgeBehind(preview);
    await choose('Semi-blur');
    await waitUntil(async () => (await edgeBehind(preview)) < 0.7 * sharp, 'a room a little out of focus');
    const semi = await edgeBehind(preview);
    await isAsBefore('Semi-blur');
    await choose('Blur');
    // So small a picture has little left to lose.
    await waitUntil(async () => (await edgeBehind(preview)) < 0.9 * semi, 'a room out of focus');
    await isAsBefore('Blur');
    for (const name of ['Office', 'Library', 'Plants', 'City', 'Event stage', 'Gradient']) {
      await choose(name);
      const colours = await coloursOf(name);
      await waitUntil(async () => isLike(await seenAt(preview, behind), colours), `${name} behind the person`);
      await isAsBefore(name);
    }
    gradient = await coloursOf('Gradient');
    expect(isLike(await seenAt(preview, behind), room)).toBe(false);
  });

  it('at the entrance the loudspeakers can be tried, and keys are named only while they are on', async () => {
    await host.page.getByRole('button', { name: 'Play a test sound' }).click();
    const played = await heardPitches(host.page);
    for (const note of [523, 784]) expect(hears(played, note), `${note} Hz`).toBe(true);
    await expect(host.page.getByRole('button', { name: 'Mute microphone' })).toHaveAttribute('title', 'Mute microphone');
    await host.page.evaluate(() => localStorage.removeItem('stagedoor.setting-keys'));
  });

  it('on stage others see the person before it, and hear them', async () => {
    await joinAs(host.page, 'speaker');
    await host.page.getByRole('button', { name: 'Start Session' }).click();
    await findSession(ada.page, soon, 'Program');
    await joinAs(ada.page, 'participant');
    await adaSees(() => gradient, 'the gradient behind the host');
    expect(isLike(await seenAt(seenByAda(), person), figure), 'the person is as before').toBe(true);
    await adaHears();
  });

  it('coming back after a reload, never shows the room, not for one frame', async () => {
    await watchHost();
    await host.page.reload();
    await expect(bar().getByRole('button', { name: 'Virtual backgrounds' })).toBeVisible();
    const before = (await watched()).behind.length;
    await waitUntil(async () => (await watched()).behind.length > before, 'the next picture of the host');
    await adaSees(() => gradient, 'the gradient behind the host');
    const all = (await watched()).behind;
    expect(all.filter((one) => isLike(one, room))).toEqual([]);
  });

  it('another one is looked at first, applied without a black frame, and taken off again', async () => {
    await bar().getByRole('button', { name: 'Virtual backgrounds' }).click();
    const panel = sheet('Virtual backgrounds');
    await choose('Office');
    const office = await coloursOf('Office');
    const preview = panel.locator('.sheet-preview');
    await waitUntil(async () => isLike(await seenAt(preview, behind), office), 'the office in the preview');
    expect(isLike(await seenAt(seenByAda(), behind), gradient), 'others still see the gradient').toBe(true);
    await scan(host.page, 'backgrounds-sheet');
    await panel.getByRole('button', { name: 'Apply' }).click();
    await adaSees(() => office, 'the office behind the host');
    await choose('None');
    await panel.getByRole('button', { name: 'Apply' }).click();
    await adaSees(() => room, 'the room behind the host');
    const { darkest, looks } = await watched();
    expect(looks).toBeGreaterThan(20);
    expect(darkest, 'no black frame').toBeGreaterThan(40);
  });

  it('a machine that cannot keep up is told, and seen as it is', async () => {
    const limits = { leastFramesPerSecond: 1000, warmUpMs: 0, overMs: 500 };
    await host.page.evaluate((kept) => localStorage.setItem('stagedoor.background-limits', kept), JSON.stringify(limits));
    await choose('Blur');
    const panel = sheet('Virtual backgrounds');
    await panel.getByRole('button', { name: 'Apply' }).click();
    await expect(host.page.getByText('Your background is off')).toBeVisible({ timeout: 60_000 });
    await adaSees(() => room, 'the room behind the host');
    expect(await host.page.evaluate(() => localStorage.getItem('stagedoor.background'))).toBeNull();
    await host.page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
  });

  it('changing the microphone in the call keeps the voice; one that is refused leaves the other', async () => {
    await bar().getByRole('button', { name: 'Settings' }).click();
    const settings = sheet('Settings');
    await expect(settings.getByRole('meter', { name: 'Microphone level' })).toBeVisible();
    await scan(host.page, 'settings-sheet');
    const microphones = settings.getByLabel('Microphone', { exact: true });
    const ids = await microphones
      .locator('option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value).filter(Boolean));
    const before = await microphones.inputValue();
    const other = ids.find((id) => id !== before) ?? '';
    await microphones.selectOption(other);
    await expect(microphones).toHaveValue(other);
    await adaHears();
    await reach({ refuse: 'NotReadableError' });
    await microphones.selectOption(ids.find((id) => id !== other) ?? '');
    await expect(host.page.getByText('The microphone was not changed')).toBeVisible();
    await expect(microphones).toHaveValue(other);
    await adaHears();
    await expect(seenByAda().getByRole('img', { name: 'Microphone off' })).toHaveCount(0);
  });

  it('changing the camera in the call shows the other one without a black frame, and back', async () => {
    await watchHost();
    const cameras = sheet('Settings').getByLabel('Camera', { exact: true });
    const before = await cameras.inputValue();
    await cameras.selectOption('other');
    // A canvas goes through another table of colours than a film.
    const isOther = (seen: Rgb[] | null) => seen?.every((one) => near(one, other, 80)) ?? false;
    await waitUntil(async () => isOther(await seenAt(seenByAda(), behind)), 'the other camera');
    expect(isOther(room)).toBe(false);
    await expect(seenByAda().getByRole('img', { name: 'Camera off' })).toHaveCount(0);
    await cameras.selectOption(before);
    await adaSees(() => room, 'the room behind the host');
    const { darkest, looks } = await watched();
    expect(looks).toBeGreaterThan(10);
    expect(darkest, 'no black frame').toBeGreaterThan(40);
  });

  it('how sound is treated and how one sees oneself can be switched', async () => {
    const settings = sheet('Settings');
    const own = settings.locator('video');
    const turned = () => own.evaluate((element) => getComputedStyle(element).transform);
    expect(await turned()).toContain('-1');
    for (const [name, wish] of [
      ['Noise suppression', 'noiseSuppression'],
      ['Echo cancellation', 'echoCancellation'],
    ] as const) {
      expect(await lastWish('audio')).toMatchObject({ [wish]: true });
      await settings.getByRole('switch', { name }).click();
      await expect.poll(() => lastWish('audio')).toMatchObject({ [wish]: false });
    }
    await adaHears();
    await settings.getByRole('switch', { name: 'Mirror my picture' }).click();
    expect(await turned()).toBe('none');
    await settings.getByRole('switch', { name: 'Mirror my picture' }).click();
    for (const name of ['Noise suppression', 'Echo cancellation']) await settings.getByRole('switch', { name }).click();
    await adaHears();
  });

  it('what the system silences, what is unplugged and what is plugged in is said', async () => {
    const settings = sheet('Settings');
    await reach({ happens: 'mute' });
    await expect(host.page.getByText('Your microphone is switched off')).toBeVisible();
    await expect(settings.getByText(/Your system, or a switch on the microphone/)).toBeVisible();
    await reach({ refuse: 'NotFoundError', happens: 'ended' });
    await expect(host.page.getByText('Your microphone was unplugged')).toBeVisible();
    await expect(settings.getByText('Plug one in. It appears here by itself.')).toBeVisible();
    await expect(seenByAda().getByRole('img', { name: 'Microphone off' })).toBeVisible();
    await reach({ refuse: '', hidden: 'Fake Audio Input 2', happens: 'devicechange' });
    await bar().getByRole('button', { name: 'Unmute microphone' }).click();
    await adaHears();
    await expect(settings.getByLabel('Microphone', { exact: true }).getByRole('option', { name: /Input 2/ })).toHaveCount(0);
    await reach({ hidden: '', happens: 'devicechange' });
    await expect(host.page.getByText('Fake Audio Input 2 is ready')).toBeVisible();
    await host.page.getByRole('button', { name: 'Use it' }).click();
    await expect(settings.getByLabel('Microphone', { exact: true }).locator('option:checked')).toHaveText(/Input 2/);
    await adaHears();
  });

  it('refused by the browser, the way to allow it stands in the settings', async () => {
    const settings = sheet('Settings');
    const notices = host.page.getByRole('region', { name: 'Notifications' });
    const [blocked, gone] = [notices.getByText('Your microphone is blocked'), notices.getByText('Your microphone was unplugged')];
    // Pointed at, a notice stays.
    await host.page.mouse.move(300, 300);
    await expect(gone).toHaveCount(0);
    await reach({ refuse: 'NotAllowedError', happens: 'ended' });
    await expect(blocked).toBeVisible();
    await expect(gone).toHaveCount(0);
    await expect(settings.getByText('Your browser blocks the microphone')).toBeVisible();
    await expect(settings.getByText('Select the sign left of the address.')).toBeVisible();
    await scan(host.page, 'settings-refused');
    // Switched on without the settings at hand, it leads to them.
    await settings.getByRole('button', { name: 'Close' }).click();
    await notices.getByRole('alert').getByRole('button', { name: 'Close' }).click();
    await expect(blocked).toHaveCount(0);
    await bar().getByRole('button', { name: 'Unmute microphone' }).click();
    await expect(blocked).toBeVisible();
    await notices.getByRole('button', { name: 'Settings' }).click();
    await expect(settings.getByText('Your browser blocks the microphone')).toBeVisible();
    await expect(seenByAda().getByRole('img', { name: 'Microphone off' })).toBeVisible();
    await reach({ refuse: '' });
    await settings.getByRole('button', { name: 'Check again' }).click();
    await bar().getByRole('button', { name: 'Unmute microphone' }).click();
    await adaHears();
  });

  it('speaking while muted is noticed; Space held lets others hear; all keys can be switched off', async () => {
    await bar().getByRole('button', { name: 'Mute microphone' }).click();
    await expect(host.page.getByText('You speak while muted')).toBeVisible();
    await host.page.getByRole('region', { name: 'Stage' }).focus();
    await host.page.keyboard.down(' ');
    await expect(bar().getByRole('button', { name: 'Mute microphone' })).toBeVisible();
    await adaHears();
    await host.page.keyboard.up(' ');
    await expect(bar().getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
    await sheet('Settings').getByRole('switch', { name: 'Keyboard shortcuts' }).click();
    await host.page.getByRole('region', { name: 'Stage' }).focus();
    for (const key of ['m', 'v', ' ']) await host.page.keyboard.press(key);
    await expect(bar().getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
    await expect(bar().getByRole('button', { name: 'Turn camera off' })).toBeVisible();
    await sheet('Settings').getByRole('switch', { name: 'Keyboard shortcuts' }).press('Escape');
    await expect(bar().getByRole('button', { name: 'Settings' })).toBeFocused();
    await host.page.keyboard.press('m');
    await expect(bar().getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
  });

  it('a microphone from which nothing comes is noticed, and the way to another one is offered', async () => {
    const devices = await makeFakeDevices(house.folder, 'cohost', 'blue', null);
    const browser = await openBrowser({ devices });
    browsers.push(browser);
    cohost = await openProfile(browser, house.origin);
    await signInAs(cohost.page, 'cohost');
    await findSession(cohost.page, soon, 'Program');
    await joinAs(cohost.page, 'speaker');
    await expect(cohost.page.getByRole('button', { name: 'Mute microphone' })).toBeVisible();
    await expect(cohost.page.getByText('No sound from your microphone')).toBeVisible();
    await cohost.page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Settings' }).click();
    await expect(cohost.page.getByRole('region', { name: 'Settings' }).getByLabel('Microphone', { exact: true })).toBeVisible();
    await scan(cohost.page, 'settings-no-sound');
  });

  it('nothing came from another host, and nothing broke the policy', () => {
    expect(host.foreign).toEqual([]);
    expect([...host.problems, ...ada.problems, ...cohost.problems]).toEqual([]);
  });
});
