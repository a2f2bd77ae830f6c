// Owns what a process of the system has used: seconds of CPU over all of its threads, and memory. Linux only.
import { readdirSync, readFileSync } from 'node:fs';

const nanosPerSecond = 1e9;

/** User and system time, finer than the hundredths of `stat`. */
export function cpuSeconds(pid: number): number {
  let nanos = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanos += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]);
    } catch {
      // A thread that has just ended.
    }
  }
  return nanos / nanosPerSecond;
}

export function residentKilobytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
