// Owns the process's view of time, so that tests can replace it. Instants that are stored come from the database instead.
import { performance } from 'node:perf_hooks';

export interface Clock {
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  /** Never goes back; for durations only. */
  elapsedMs(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
};
