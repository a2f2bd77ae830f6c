// Owns a fake screen for the browser's own dialog of screen sharing: one colour and one tone, chosen by the test, in the page that shares.
import type { Page } from '@playwright/test';

export interface FakeWindow {
  /** As a stylesheet names it. */
  colour: string;
  toneHz: number;
}
interface Display {
  next: FakeWindow;
  shared: MediaStreamTrack[];
}
type WithDisplay = typeof globalThis & { display: Display };

/** Runs in the page before its own code. */
export function replaceDisplay(): void {
  const display: Display = { next: { colour: 'black', toneHz: 0 }, shared: [] };
  Object.assign(window, { display });
  navigator.mediaDevices.getDisplayMedia = async () => {
    const { colour, toneHz } = display.next;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 360];
    const context = canvas.getContext('2d');
    let turn = 0;
    const paint = () => {
      if (!context) return;
      context.fillStyle = colour;
      context.fillRect(0, 0, 640, 360);
      // A window in which nothing changes sends no frames.
      context.fillStyle = 'gray';
      turn = (turn + 4) % 640;
      context.fillRect(turn, 0, 8, 8);
    };
    paint();
    const painting = setInterval(paint, 100);
    const sound = new AudioContext();
    const tone = new OscillatorNode(sound, { frequency: toneHz });
    const out = new MediaStreamAudioDestinationNode(sound);
    tone.connect(out);
    tone.start();
    const stream = new MediaStream([...canvas.captureStream(10).getTracks(), ...out.stream.getTracks()]);
    display.shared.push(...stream.getTracks());
    stream.getVideoTracks()[0]?.addEventListener('ended', () => clearInterval(painting));
    return stream;
  };
}

/** What the person chooses the next time that the browser asks. */
export const willChoose = (page: Page, next: FakeWindow): Promise<void> =>
  page.evaluate((chosen) => {
    (globalThis as WithDisplay).display.next = chosen;
  }, next);

/** The browser's own bar: the tracks end, and the page hears of it. */
export const stopInBrowser = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const track of (globalThis as WithDisplay).display.shared.filter(({ readyState }) => readyState === 'live')) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  });

/** Of everything that was ever chosen in this page. */
export const liveShares = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as WithDisplay).display.shared.filter(({ readyState }) => readyState === 'live').length);
