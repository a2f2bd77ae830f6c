// Owns how the way from a click to a picture is told: the moment of each step, as medians of all readings.
import { median } from './statistics.ts';
import type { Reading } from './stopwatch.ts';

/** Medians of all that was noted on the way, in the order in which it happens. */
export function wayOf(name: string, readings: readonly Reading[]): string {
  const names = new Set(readings.flatMap(({ steps }) => Object.keys(steps)));
  const steps = [...names]
    .map((step) => ({ step, at: readings.flatMap(({ steps }) => steps[step] ?? []) }))
    .filter(({ at }) => at.length * 2 > readings.length)
    .map(({ step, at }) => ({ step, at: median(at) }))
    .sort((one, other) => one.at - other.at);
  return `${name}: ${steps.map(({ step, at }) => `${step} ${at.toFixed(0)}`).join(', ')}`;
}
