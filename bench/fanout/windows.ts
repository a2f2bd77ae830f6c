// Owns one stretch of sending: so many events a second to everybody, and what that cost the server until the last one was heard.
import { cpuSeconds } from '../rig/meter.ts';
import type { Target } from './target.ts';

export interface Window {
  /** Microseconds of the server's CPU per event and person. */
  cpuMicros: number;
  /** Milliseconds from the sending of an event until a person had it, for all of them. */
  p50: number;
  p99: number;
  bytesPerEvent: number;
  events: number;
}

export interface WindowWish {
  perSecond: number;
  seconds: number;
}

const longestWaitMs = 20_000;

const bytesOf = (target: Target) => target.listeners.reduce((sum, { bytes }) => sum + bytes, 0);

export async function runWindow(target: Target, { perSecond, seconds }: WindowWish): Promise<Window> {
  const people = target.listeners.length;
  const events = Math.round(perSecond * seconds);
  const head = Math.max(...target.listeners.map(({ seq }) => seq ?? 0));
  const sentAtMs: number[] = [];
  const delays = new Float64Array(events * people);
  let heard = 0;
  let timed = 0;
  let complete: () => void = () => undefined;
  const allHeard = new Promise<void>((resolve, reject) => {
    complete = resolve;
    setTimeout(
      () => reject(new Error(`${target.name}: ${heard} of ${events * people} were heard; ${target.refused.length} refused`)),
      seconds * 1000 + longestWaitMs,
    ).unref();
  });
  target.onEvent = (_listener, seq, atMs) => {
    const sent = sentAtMs[seq - head - 1];
    // Somebody's coming or going was told in between: it counts as an event, but nobody sent it.
    if (sent !== undefined) delays[timed++] = atMs - sent;
    heard++;
    if (heard === events * people) complete();
  };
  const bytesBefore = bytesOf(target);
  const cpuBefore = cpuSeconds(target.pid());
  const beganAtMs = performance.now();
  while (sentAtMs.length < events) {
    const due = Math.min(events, Math.floor(((performance.now() - beganAtMs) / 1000) * perSecond) + 1);
    while (sentAtMs.length < due) {
      sentAtMs.push(performance.now());
      target.send();
    }
    const nextMs = beganAtMs + (sentAtMs.length / perSecond) * 1000 - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextMs)));
  }
  await allHeard;
  const cpu = cpuSeconds(target.pid()) - cpuBefore;
  target.onEvent = () => undefined;
  const sorted = delays.subarray(0, timed).sort();
  return {
    cpuMicros: (cpu * 1e6) / (events * people),
    p50: sorted[Math.floor(timed * 0.5)] as number,
    p99: sorted[Math.floor(timed * 0.99)] as number,
    bytesPerEvent: (bytesOf(target) - bytesBefore) / (events * people),
    events,
  };
}

/** The Session tells of comings and goings for some seconds after everybody came. */
const quietMs = 10_000;

export async function untilQuiet(target: Target): Promise<void> {
  let last = performance.now();
  target.onEvent = () => {
    last = performance.now();
  };
  while (performance.now() - last < quietMs) await new Promise((resolve) => setTimeout(resolve, 100));
  target.onEvent = () => undefined;
}

/** Floor, ours, ours, floor; so whatever else the machine does meets both alike. */
export async function inTurns(
  [floor, floorWish]: [Target, WindowWish],
  [ours, oursWish]: [Target, WindowWish],
  blocks: number,
): Promise<{ ours: Window[]; floor: Window[] }> {
  const readings = { ours: [] as Window[], floor: [] as Window[] };
  await runWindow(floor, floorWish);
  await runWindow(ours, oursWish);
  for (let block = 0; block < blocks; block++) {
    for (const one of ['floor', 'ours', 'ours', 'floor'] as const) {
      const window = await (one === 'ours' ? runWindow(ours, oursWish) : runWindow(floor, floorWish));
      readings[one].push(window);
    }
  }
  return readings;
}
