// Owns reading Web Vitals inside a page: the largest thing painted, what jumped, and how long each touch took until it was seen.
import type { BrowserContext, Page } from '@playwright/test';
import { quantile } from '../rig/statistics.ts';

export interface Vitals {
  lcpMs: number;
  /** The largest group of jumps within five seconds with less than one in between, as Web Vitals counts them. */
  shift: number;
}

interface Notes {
  lcpMs: number;
  shifts: { at: number; value: number }[];
  /** By interaction, its slowest event. */
  touches: Record<number, number>;
}
type WithNotes = typeof globalThis & { benchVitals: Notes };

/** Runs in the page, before anything else of it. */
function takeNotes(): void {
  const notes: Notes = { lcpMs: 0, shifts: [], touches: {} };
  (window as unknown as WithNotes).benchVitals = notes;
  const observe = (type: string, note: (entry: PerformanceEntry) => void, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  observe('largest-contentful-paint', ({ startTime }) => {
    notes.lcpMs = startTime;
  });
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput, startTime } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) notes.shifts.push({ at: startTime, value });
  });
  observe(
    'event',
    (entry) => {
      const { interactionId, duration } = entry as PerformanceEntry & { interactionId: number };
      if (interactionId) notes.touches[interactionId] = Math.max(notes.touches[interactionId] ?? 0, duration);
    },
    { durationThreshold: 16 },
  );
}

export async function installVitals(context: BrowserContext): Promise<void> {
  await context.addInitScript(takeNotes);
}

const notesOf = (page: Page): Promise<Notes> => page.evaluate(() => (globalThis as WithNotes).benchVitals);

const groupMs = 5000;
const gapMs = 1000;

export async function readVitals(page: Page): Promise<Vitals> {
  const { lcpMs, shifts } = await notesOf(page);
  let [shift, sum, begun, last] = [0, 0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { at, value } of shifts) {
    if (at - last > gapMs || at - begun > groupMs) [sum, begun] = [0, at];
    sum += value;
    last = at;
    shift = Math.max(shift, sum);
  }
  return { lcpMs, shift };
}

/** Chromium tells of no event that took less. */
const leastMs = 16;

/** What `hands` does, so many touches: the slowest but for two in a hundred. */
export async function inpOf(page: Page, touches: number, hands: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    (globalThis as WithNotes).benchVitals.touches = {};
  });
  await hands();
  // Told after the frame in which it is seen.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
  const told = Object.values((await notesOf(page)).touches);
  return quantile([...told, ...Array.from({ length: Math.max(0, touches - told.length) }, () => leastMs)], 0.98);
}
