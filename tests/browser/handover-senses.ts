// Owns noting, inside a page, when frames of others arrive and how loud given tones are, moment by moment: what a move between places looks and sounds like.
import type { Page } from '@playwright/test';

export interface HandoverNotes {
  /** When a frame of somebody else was shown, ms. */
  frames: number[];
  /** Levels (dB) of the tones asked for, every so many ms. */
  levels: { at: number; dB: number[] }[];
}

interface Noting {
  tones: number[];
  own: string | null;
}

type WithNotes = typeof globalThis & {
  handover: HandoverNotes & { timer: number };
  heardTaps: Map<BaseAudioContext, AnalyserNode>;
};

const everyMs = 25;
const audibleDb = -65;

/** From now on everything is noted. `own`: the name of the tile that is not counted; null: there is none. */
export async function startNoting(page: Page, noting: Noting): Promise<void> {
  await page.evaluate(
    ([{ tones, own }, interval]) => {
      const { heardTaps } = globalThis as WithNotes;
      const notes: HandoverNotes = { frames: [], levels: [] };
      const watched = new WeakSet<HTMLVideoElement>();
      const watch = (video: HTMLVideoElement) => {
        watched.add(video);
        const onFrame = () => {
          notes.frames.push(performance.now());
          video.requestVideoFrameCallback(onFrame);
        };
        video.requestVideoFrameCallback(onFrame);
      };
      // Short windows: it matters when a tone ends. They tell tones apart that lie 50 Hz from each other.
      for (const tap of heardTaps.values()) tap.fftSize = 2048;
      const look = () => {
        for (const video of document.querySelectorAll<HTMLVideoElement>('[aria-label="Stage"] video')) {
          const name = video.closest('[role="group"]')?.getAttribute('aria-label') ?? '';
          if (!watched.has(video) && (own === null || !name.startsWith(own))) watch(video);
        }
        const dB = tones.map((tone) => {
          let loudest = -200;
          for (const [context, tap] of heardTaps) {
            const bins = new Float32Array(tap.frequencyBinCount);
            tap.getFloatFrequencyData(bins);
            const bin = Math.round((tone * tap.fftSize) / context.sampleRate);
            loudest = Math.max(loudest, ...bins.slice(bin - 1, bin + 2));
          }
          return loudest;
        });
        notes.levels.push({ at: performance.now(), dB });
      };
      Object.assign(globalThis, { handover: Object.assign(notes, { timer: setInterval(look, interval) }) });
    },
    [noting, everyMs] as const,
  );
}

/** Whether the tone, by its place in `tones`, was heard since noting began: only then can be said when it ended or began. */
export async function toneWasNoted(page: Page, tone: number): Promise<boolean> {
  return page.evaluate(
    ([index, audible]) => (globalThis as WithNotes).handover.levels.some(({ dB }) => (dB[index] ?? -200) > audible),
    [tone, audibleDb] as const,
  );
}

export async function stopNoting(page: Page): Promise<HandoverNotes> {
  return page.evaluate(() => {
    const { handover, heardTaps } = globalThis as WithNotes;
    clearInterval(handover.timer);
    for (const tap of heardTaps.values()) tap.fftSize = 8192;
    const { frames, levels } = handover;
    return { frames: frames.sort((a, b) => a - b), levels };
  });
}

/** The longest time without any frame of anybody else, ms. */
export const longestWithoutFrame = ({ frames }: HandoverNotes): number =>
  Math.max(0, ...frames.slice(1).map((at, index) => at - (frames[index] ?? at)));

/** From the last moment of the first tone to the first of the second; below zero: so long were both heard. */
export function silenceBetween({ levels }: HandoverNotes, first = 0, second = 1): number {
  const heard = (tone: number) => levels.filter(({ dB }) => (dB[tone] ?? -200) > audibleDb).map(({ at }) => at);
  return (heard(second)[0] ?? Number.NaN) - (heard(first).at(-1) ?? Number.NaN);
}
