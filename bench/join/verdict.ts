// Owns what the readings of the join bench say: ratios, slopes, goals met or missed, and where the time goes.
import type { Load } from '../rig/pinning.ts';
import type { BenchResult, Measure } from '../rig/results.ts';
import type { Interval, Series } from '../rig/statistics.ts';
import { control, fitLine, halves, isCalm, median, ratioOf, slopeDifference } from '../rig/statistics.ts';
import type { Reading } from '../rig/stopwatch.ts';
import { wayOf } from '../rig/way.ts';
import type { JoinReadings, TripReadings } from './rounds.ts';

const goals = { j1: 1.1, j2: 1, j3: 1 } as const;
const mostGenerator = 0.8;
const mostStolen = 0.02;
/** With less certainty, a line cannot tell one round trip more from none. */
const widestTrips = 2;
const fewestTrips = 3;

const times = (readings: readonly Reading[]) => readings.map(({ ms }) => ms);
const inMs = (values: readonly number[]) => `${median(values).toFixed(0)} ms`;
const inPercent = (part: number) => `${(part * 100).toFixed(0)} %`;

function whyVoid(itself: Interval, load: Load | null): string[] {
  const reasons: string[] = [];
  if (!isCalm(itself.value)) {
    reasons.push(
      `the floor differs from itself by ${itself.value.toFixed(3)}; only ${control.low}–${control.high} is calm enough`,
    );
  }
  if (load && load.generator > mostGenerator) reasons.push(`the browsers used ${inPercent(load.generator)} of their core`);
  if (load && load.stolen > mostStolen) reasons.push(`${inPercent(load.stolen)} of a core was taken by other machines`);
  return reasons;
}

export function judgeJoins(readings: JoinReadings, load: Load | null): BenchResult {
  const { floor, ours, starts } = readings;
  const itself = ratioOf(...halves(times(floor)));
  const voidBecause = whyVoid(itself, load);
  const measure = (id: string, what: string, own: readonly Reading[], goal: number): Measure => {
    const result = ratioOf(times(own), times(floor));
    const met = voidBecause.length > 0 ? null : result.value <= goal;
    return { id, what, ours: inMs(times(own)), floor: inMs(times(floor)), result, goal: `≤ ${goal.toFixed(2)}`, met };
  };
  const [one, other] = halves(times(floor));
  const restless: Measure = {
    id: 'A/A',
    what: 'the floor against itself',
    ours: inMs(one),
    floor: inMs(other),
    result: itself,
    goal: `${control.low}–${control.high}`,
    met: isCalm(itself.value),
  };
  const loads = load
    ? [
        `Browsers used ${inPercent(load.generator)} of their core, the whole machine ${load.machine.toFixed(2)} cores${load.pinned ? '' : '; nothing was pinned'}.`,
      ]
    : [];
  return {
    bench: 'join',
    measures: [
      measure('J1', 'click on "Join as a participant" → first frame', ours, goals.j1),
      measure('J3', 'click on "Start Session" → first frame of one who waits', starts, goals.j3),
      restless,
    ],
    voidBecause,
    notes: [
      ...loads,
      'Where the time goes, ms after the click (medians):',
      wayOf('floor', floor),
      wayOf('J1', ours),
      wayOf('J3', starts),
    ],
    raw: { joins: readings, load },
  };
}

const countOf = (requests: Record<string, number>) =>
  Object.entries(requests)
    .map(([what, count]) => (count > 1 ? `${what} × ${count}` : what))
    .join(', ') || 'nothing';
const along = (series: readonly Series[]) => series.map(({ at, values }) => `${median(values).toFixed(0)} at ${at}`).join(', ');

export function judgeTrips(readings: TripReadings): BenchResult {
  const { ours, floor, oursRequests, floorRequests } = readings;
  const result = slopeDifference(ours, floor);
  const isSure = result.high - result.low <= widestTrips && ours.every(({ values }) => values.length >= fewestTrips);
  const trips = (series: readonly Series[]) => `${fitLine(series).slope.toFixed(2)} RTT`;
  const measure: Measure = {
    id: 'J2',
    what: 'round trips that wait for each other (slope over RTT)',
    ours: trips(ours),
    floor: trips(floor),
    result,
    goal: `≤ floor + ${goals.j2}`,
    // Half a trip is the noise of a fitted line, not a trip.
    met: isSure ? Math.round(result.value) <= goals.j2 : null,
  };
  return {
    bench: 'join',
    measures: [measure],
    voidBecause: isSure ? [] : [`J2 is not known well enough: ${result.low.toFixed(1)} to ${result.high.toFixed(1)} round trips`],
    notes: [
      `J2, ms at a round trip of so many ms: ours ${along(ours)}; floor ${along(floor)}.`,
      `Asked for between click and first frame: ours ${countOf(oursRequests)}; floor ${countOf(floorRequests)}.`,
    ],
    raw: { trips: readings },
  };
}
