// Owns the clock inside a page: when it was clicked, when the first picture was shown, and what happened in between. The same on our pages and on the bare one.
import type { BrowserContext, Page } from '@playwright/test';

export interface Reading {
  /** From the click, or from `sinceEpochMs` when that was given, to the first frame. */
  ms: number;
  clickedAtEpochMs: number;
  /** Milliseconds from the same moment to each thing that happened, the first time that it did. */
  steps: Record<string, number>;
  /** What was asked of servers between the click and the first frame: path without ids, how many. */
  requests: Record<string, number>;
}

interface Clock {
  arm(): void;
  read(): Omit<Reading, 'ms'> & { firstFrameAt: number; origin: number; marks: Record<string, number> };
  firstFrame: Promise<void>;
}
type WithClock = typeof globalThis & { benchClock: Clock };

/** Runs in the page, before anything else of it; so it can use nothing from outside. */
function installClock(): void {
  let marks: Record<string, number> = {};
  let requests: Record<string, number> = {};
  let clickedAt = Number.NaN;
  let armed = false;
  let shown: () => void = () => undefined;
  const mark = (name: string) => {
    if (armed) marks[name] ??= performance.now();
  };
  const shorten = (url: string) => new URL(url, location.href).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');
  const note = (what: string) => {
    if (armed) requests[what] = (requests[what] ?? 0) + 1;
  };

  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      const kind = /\/rtc/.test(String(url)) ? 'media socket' : 'live socket';
      note(`WebSocket ${shorten(String(url))}`);
      mark(`${kind} asked for`);
      this.addEventListener('open', () => mark(`${kind} open`));
      this.addEventListener('message', () => mark(`${kind} first message`));
    }
  };
  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      mark('peer connection made');
      this.addEventListener('iceconnectionstatechange', () => mark(`ice ${this.iceConnectionState}`));
      this.addEventListener('connectionstatechange', () => mark(`transport ${this.connectionState}`));
      this.addEventListener('track', ({ track }) => mark(`${track.kind} track`));
    }
  };

  const watched = new WeakSet<HTMLVideoElement>();
  const watch = () => {
    for (const video of document.querySelectorAll<HTMLVideoElement>('[aria-label="Stage"] video')) {
      if (watched.has(video)) continue;
      watched.add(video);
      mark('video element');
      video.addEventListener('loadstart', () => mark('video attached'));
      video.addEventListener('loadedmetadata', () => mark('video size known'));
      video.requestVideoFrameCallback(() => {
        mark('first frame');
        shown();
      });
    }
  };
  new MutationObserver(watch).observe(document, { childList: true, subtree: true });
  addEventListener(
    'pointerup',
    ({ timeStamp }) => {
      if (!armed || !Number.isNaN(clickedAt)) return;
      clickedAt = timeStamp;
      performance.clearResourceTimings();
    },
    { capture: true },
  );

  const clock: Clock = {
    firstFrame: Promise.resolve(),
    arm() {
      [marks, requests, clickedAt, armed] = [{}, {}, Number.NaN, true];
      performance.clearResourceTimings();
      clock.firstFrame = new Promise((resolve) => {
        shown = resolve;
      });
    },
    read() {
      armed = false;
      const firstFrameAt = marks['first frame'] ?? Number.NaN;
      const from = Number.isNaN(clickedAt) ? 0 : clickedAt;
      for (const { name, startTime } of performance.getEntriesByType('resource')) {
        const what = `GET ${shorten(name)}`;
        if (startTime >= from && startTime < firstFrameAt) requests[what] = (requests[what] ?? 0) + 1;
      }
      const origin = performance.timeOrigin;
      return { clickedAtEpochMs: origin + clickedAt, firstFrameAt, origin, marks, steps: {}, requests };
    },
  };
  (window as unknown as WithClock).benchClock = clock;
}

export async function installStopwatch(context: BrowserContext): Promise<void> {
  await context.addInitScript(installClock);
}

/** The moment by everybody's clock, as the page's own clock has it: that one may have gone another way since the page was loaded. */
export async function onClockOf(page: Page, epochMs: number): Promise<number> {
  const ahead = await page.evaluate(() => Date.now() - performance.timeOrigin - performance.now());
  return epochMs - ahead;
}

/** From the next click on, everything is noted. */
export const arm = (page: Page): Promise<void> => page.evaluate(() => (globalThis as WithClock).benchClock.arm());

export const clickedAt = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as WithClock).benchClock.read().clickedAtEpochMs);

/** Waits for the first frame. `sinceEpochMs`: the moment of somebody else's click. */
export async function readStopwatch(page: Page, sinceEpochMs?: number | Promise<number>): Promise<Reading> {
  await page.evaluate(() => (globalThis as WithClock).benchClock.firstFrame);
  const since = await sinceEpochMs;
  const { firstFrameAt, origin, marks, clickedAtEpochMs, requests } = await page.evaluate(() =>
    (globalThis as WithClock).benchClock.read(),
  );
  const start = (since ?? clickedAtEpochMs) - origin;
  const steps = Object.fromEntries(Object.entries(marks).map(([name, at]) => [name, at - start]));
  return { ms: firstFrameAt - start, clickedAtEpochMs, steps, requests };
}
