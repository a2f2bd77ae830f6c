// Owns the order in which the joins are measured: in turns, so that whatever the machine does meanwhile meets all of them alike.
import type { DelayProxy } from '../rig/delay-proxy.ts';
import type { Series } from '../rig/statistics.ts';
import type { Reading } from '../rig/stopwatch.ts';
import type { Scene } from './scene.ts';

export interface JoinReadings {
  floor: Reading[];
  ours: Reading[];
  starts: Reading[];
}

export const warmUps = 3;

/** Each round: floor, ours and a start in turns, floor again; the next one the other way round. */
export async function measureJoins(
  scene: Scene,
  freshSessions: readonly string[],
  rounds: number,
  onWarm: () => void,
): Promise<JoinReadings> {
  const readings: JoinReadings = { floor: [], ours: [], starts: [] };
  for (let round = -warmUps; round < rounds; round++) {
    if (round === 0) onWarm();
    const start = await scene.prepareStart(freshSessions[round + warmUps] as string);
    const floor = [await scene.joinFloor()];
    let ours: Reading;
    let started: Reading;
    if (round % 2 === 0) {
      ours = await scene.joinOurs();
      started = await start();
    } else {
      started = await start();
      ours = await scene.joinOurs();
    }
    floor.push(await scene.joinFloor());
    const all = [...floor, ours, started].map(({ ms }) => `${ms.toFixed(0)}`);
    console.error(
      `${round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds}`}: floor ${all[0]}, ${all[1]}; join ${all[2]}; start ${all[3]} ms`,
    );
    if (round < 0) continue;
    readings.floor.push(...floor);
    readings.ours.push(ours);
    readings.starts.push(started);
  }
  return readings;
}

export const roundTripsMs = [0, 25, 50, 100];

export interface TripReadings {
  ours: Series[];
  floor: Series[];
  /** What was asked for on the way, without any delay. */
  oursRequests: Record<string, number>;
  floorRequests: Record<string, number>;
}

/** The network is slow only from the click to the first frame. */
export async function measureTrips(scene: Scene, proxies: readonly DelayProxy[], rounds: number): Promise<TripReadings> {
  const ours = roundTripsMs.map((at) => ({ at, values: [] as number[] }));
  const floor = roundTripsMs.map((at) => ({ at, values: [] as number[] }));
  const slow = (ms: number) => {
    for (const proxy of proxies) proxy.setRoundTrip(ms);
  };
  let requests = { ours: {}, floor: {} };
  for (let round = -1; round < rounds; round++) {
    for (const [place, ms] of roundTripsMs.entries()) {
      const around = { before: () => slow(ms), after: () => slow(0) };
      const oursFirst = (round + place) % 2 === 0;
      const first = oursFirst ? await scene.joinOurs(around) : await scene.joinFloor(around);
      const second = oursFirst ? await scene.joinFloor(around) : await scene.joinOurs(around);
      const [a, b] = oursFirst ? [first, second] : [second, first];
      console.error(
        `${round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds}`} at ${ms} ms: join ${a.ms.toFixed(0)}, floor ${b.ms.toFixed(0)} ms`,
      );
      if (round < 0) break;
      ours[place]?.values.push(a.ms);
      floor[place]?.values.push(b.ms);
      requests = { ours: a.requests, floor: b.requests };
    }
  }
  return { ours, floor, oursRequests: requests.ours, floorRequests: requests.floor };
}
