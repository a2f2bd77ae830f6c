// Owns which core does what, and how busy it was: servers on the first, browsers and the bench itself on the second.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';

const canPin = os.availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0;
const [serverCore, ownCore] = ['0', '1'];

/** The command line, bound to the servers' core where the system can. */
export const onServerCore = (command: string, args: readonly string[]): [string, string[]] =>
  canPin ? ['taskset', ['-c', serverCore, command, ...args]] : [command, [...args]];

/** Everything that this process starts from now on inherits it. */
export function pinOurselves(): void {
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', ownCore, String(process.pid)]);
}

/** Fields after the name, which stands in parentheses and may hold anything: 1 is the parent, 11 and 12 the times. */
function statOf(pid: string): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

const ticksPerSecond = 100;

/** Seconds of CPU that this process and all below it have used, but for those in `without` and below. */
function ownSeconds(without: readonly number[]): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const stats = new Map(pids.flatMap((pid) => [[Number(pid), statOf(pid)] as const]));
  const isOurs = (pid: number): boolean => {
    if (pid === process.pid) return true;
    const parent = Number(stats.get(pid)?.[1] ?? 0);
    return parent > 1 && !without.includes(pid) && isOurs(parent);
  };
  let ticks = 0;
  for (const [pid, stat] of stats) if (stat && isOurs(pid)) ticks += Number(stat[11]) + Number(stat[12]);
  return ticks / ticksPerSecond;
}

function machineSeconds(): { busy: number; stolen: number } {
  const [first = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] = first.split(/\s+/).slice(1).map(Number);
  return { busy: (user + nice + system + irq + soft) / ticksPerSecond, stolen: steal / ticksPerSecond };
}

export interface Load {
  pinned: boolean;
  /** Of one core. Above 0.8 the browsers, not what is measured, were the limit. */
  generator: number;
  /** Cores that everything on the machine used, this bench included. */
  machine: number;
  stolen: number;
}

/** Null where the system has no /proc. */
export function watchLoad(servers: readonly number[]): () => Load | null {
  const read = () => {
    try {
      return { at: performance.now() / 1000, own: ownSeconds(servers), ...machineSeconds() };
    } catch {
      return null;
    }
  };
  const before = read();
  return () => {
    const after = read();
    if (!before || !after) return null;
    const seconds = after.at - before.at;
    return {
      pinned: canPin,
      generator: (after.own - before.own) / seconds,
      machine: (after.busy - before.busy) / seconds,
      stolen: (after.stolen - before.stolen) / seconds,
    };
  };
}
