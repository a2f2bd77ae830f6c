// Owns the arithmetic of the benches: medians, fitted lines, and how sure one can be of both. What is measured is each bench's own.

export interface Interval {
  value: number;
  /** 95 % of resampled runs lie between these. */
  low: number;
  high: number;
}

export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) throw new Error('Nothing was measured');
  const sorted = [...values].sort((one, other) => one - other);
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Numbers from 0 to 1, the same ones for the same seed: the same measurements always give the same interval. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const resamples = 4000;
const seed = 20260101;

type Random = () => number;
const drawFrom = <T>(values: readonly T[], random: Random): T[] =>
  values.map(() => values[Math.floor(random() * values.length)] as T);

/** `compute` is given a way to redraw what was measured, with repetition: as if the run had been made again. */
function bootstrap(value: number, compute: (redraw: <T>(values: readonly T[]) => T[]) => number): Interval {
  const random = seededRandom(seed);
  const redraw = <T>(values: readonly T[]) => drawFrom(values, random);
  const results = Array.from({ length: resamples }, () => compute(redraw));
  return { value, low: quantile(results, 0.025), high: quantile(results, 0.975) };
}

/** Ratio of the medians. */
export function ratioOf(ours: readonly number[], floor: readonly number[]): Interval {
  return bootstrap(median(ours) / median(floor), (redraw) => median(redraw(ours)) / median(redraw(floor)));
}

/** Measurements at one value of what is varied. */
export interface Series {
  at: number;
  values: readonly number[];
}

export interface Line {
  slope: number;
  intercept: number;
}

/** Least squares through the medians. */
export function fitLine(series: readonly Series[]): Line {
  const points = series.map(({ at, values }) => ({ x: at, y: median(values) }));
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) throw new Error('A line needs two different places');
  const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  return { slope, intercept: meanY - slope * meanX };
}

const redrawn = (series: readonly Series[], redraw: (values: readonly number[]) => number[]): Series[] =>
  series.map(({ at, values }) => ({ at, values: redraw(values) }));

export function slopeOf(series: readonly Series[]): Interval {
  return bootstrap(fitLine(series).slope, (redraw) => fitLine(redrawn(series, redraw)).slope);
}

export function slopeDifference(ours: readonly Series[], floor: readonly Series[]): Interval {
  return bootstrap(
    fitLine(ours).slope - fitLine(floor).slope,
    (redraw) => fitLine(redrawn(ours, redraw)).slope - fitLine(redrawn(floor, redraw)).slope,
  );
}

/** The floor against itself: outside of this, the machine was too restless for any other ratio to mean something. */
export const control = { low: 0.95, high: 1.05 } as const;
export const isCalm = (floorAgainstItself: number): boolean =>
  floorAgainstItself >= control.low && floorAgainstItself <= control.high;

/** The same thing measured twice, in turns: each half gets as many early as late places (ABBA). */
export function halves(values: readonly number[]): [number[], number[]] {
  const first = (_value: number, index: number) => index % 4 === 0 || index % 4 === 3;
  return [values.filter(first), values.filter((value, index) => !first(value, index))];
}
