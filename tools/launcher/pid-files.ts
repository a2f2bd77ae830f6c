// Owns DATA_DIR/run: which processes belong to this DATA_DIR now, and the ending of those that a killed launcher left behind.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HouseError } from '#tools/cache.mjs';
import { identify, isRunning, type ProcessIdentity, signalGroup } from './processes.ts';

const fileOf = (dataDir: string, name: string) => path.join(dataDir, 'run', `${name}.json`);

/** The living process that the file names, or null. */
export function noted(dataDir: string, name: string): ProcessIdentity | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(fileOf(dataDir, name), 'utf8')) as ProcessIdentity;
    return typeof pid === 'number' && isRunning({ pid, started }) ? { pid, started } : null;
  } catch {
    return null;
  }
}

/** `exclusive`: throws EEXIST when somebody else was first. */
export function note(dataDir: string, name: string, pid: number, exclusive = false): void {
  const identity = identify(pid);
  if (!identity) return;
  mkdirSync(path.join(dataDir, 'run'), { recursive: true });
  writeFileSync(fileOf(dataDir, name), JSON.stringify(identity), { flag: exclusive ? 'wx' : 'w' });
}

export function forget(dataDir: string, name: string): void {
  rmSync(fileOf(dataDir, name), { force: true });
}

/** Ends what the file names, if it still runs. True when there was something to end. */
export async function endLeftover(dataDir: string, name: string, patienceMs = 2_000): Promise<boolean> {
  const leftover = noted(dataDir, name);
  if (!leftover) return false;
  signalGroup(leftover.pid, 'SIGTERM');
  const deadline = Date.now() + patienceMs;
  while (isRunning(leftover) && Date.now() < deadline) await sleep(50);
  if (isRunning(leftover)) signalGroup(leftover.pid, 'SIGKILL');
  while (isRunning(leftover)) await sleep(20);
  forget(dataDir, name);
  return true;
}

const launcher = 'launcher';

/** One launcher per DATA_DIR. Gives the way to let go of it. */
export function claimDataDir(dataDir: string): () => void {
  for (;;) {
    const other = noted(dataDir, launcher);
    if (other && other.pid !== process.pid) {
      throw new HouseError(
        `Stagedoor already runs with the data in ${dataDir} (process ${other.pid}).\n` +
          `End that one first (Ctrl-C where it runs, or: kill ${other.pid}), or set DATA_DIR to another folder.`,
      );
    }
    forget(dataDir, launcher);
    try {
      note(dataDir, launcher, process.pid, true);
      return () => forget(dataDir, launcher);
    } catch (error) {
      // Somebody claimed it between the two looks: look again.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
