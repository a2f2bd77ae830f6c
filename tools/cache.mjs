// Owns the cache folder and how things get into it: whole or not at all, also when two processes want the same at once. Runs on Node 18 without packages.
// @ts-check
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** What a person must do is its message: printed as it is, without a stack. */
export class HouseError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'HouseError';
  }
}

/** @param {Record<string, string | undefined>} env */
export function cacheFolder(env = process.env, platform = process.platform) {
  const base = env.XDG_CACHE_HOME || path.join(os.homedir(), platform === 'darwin' ? 'Library/Caches' : '.cache');
  return path.join(base, 'stagedoor');
}

/** @param {string} file */
export const exists = (file) =>
  fs.access(file).then(
    () => true,
    () => false,
  );

/**
 * The nearest folder that is there, for questions about a folder that will be made.
 * @param {string} folder
 * @returns {Promise<string>}
 */
async function nearest(folder) {
  return (await exists(folder)) || path.dirname(folder) === folder ? folder : nearest(path.dirname(folder));
}

/** @param {string} folder */
export async function freeMegabytes(folder) {
  const { bavail, bsize } = await fs.statfs(await nearest(folder));
  return Math.floor((bavail * bsize) / 1_000_000);
}

/**
 * Stops before a long step that would end in the middle.
 * @param {string} folder
 * @param {number} megabytes
 * @param {string} purpose
 */
export async function needSpace(folder, megabytes, purpose) {
  const free = await freeMegabytes(folder);
  if (free >= megabytes) return;
  throw new HouseError(
    `The disk that holds ${folder} is nearly full: ${purpose} needs about ${megabytes} MB, and ${free} MB are free.\n` +
      'Free some space and run the same command again' +
      (folder.startsWith(cacheFolder()) ? ', or point XDG_CACHE_HOME to a folder on another disk.' : '.'),
  );
}

/**
 * Says what a failed write means for a person; other errors stay as they are.
 * @param {unknown} error
 * @param {string} folder
 * @returns {unknown}
 */
export function explainWriteError(error, folder) {
  const code = /** @type {NodeJS.ErrnoException} */ (error)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new HouseError(`The disk that holds ${folder} is full. Free some space and run the same command again.`);
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new HouseError(
      `${folder} can’t be written. Make it writable for this user, or point XDG_CACHE_HOME to a folder that is.`,
    );
  }
  return error;
}

/**
 * Fills a folder beside the target and renames it, so that a target that is there is always whole.
 * @param {string} target
 * @param {(draft: string) => Promise<void>} fill gets an empty folder
 */
export async function installWhole(target, fill) {
  const draft = `${target}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    await fs.mkdir(draft, { recursive: true });
    await fill(draft);
    await fs.rename(draft, target).catch(async (error) => {
      // Another process was first: its copy is as good.
      if ((error.code === 'ENOTEMPTY' || error.code === 'EEXIST') && (await exists(target))) return;
      throw error;
    });
  } catch (error) {
    throw explainWriteError(error, path.dirname(target));
  } finally {
    await fs.rm(draft, { recursive: true, force: true });
  }
}

const heartbeatMs = 2_000;
const staleMs = 15_000;

/**
 * Whether the lock's holder is gone. A living holder touches its file, so that a reused pid can't hold a lock for ever.
 * @param {string} file
 */
async function isStale(file) {
  try {
    const pid = Number(await fs.readFile(file, 'utf8'));
    const { mtimeMs } = await fs.stat(file);
    if (Date.now() - mtimeMs > staleMs) return true;
    if (!pid) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}

/** @param {string} file */
async function takeLock(file) {
  try {
    await fs.writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  if (!(await isStale(file))) return false;
  // Whoever renames it has taken it away from the others; a lock that was new in the meantime goes back.
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await fs.rename(file, aside).catch(() => {});
  if ((await exists(aside)) && !(await isStale(aside))) await fs.link(aside, file).catch(() => {});
  await fs.rm(aside, { force: true });
  return false;
}

/**
 * One process at a time does `work`; the others wait.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void, folder?: string }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(name, work, { onWait, folder = path.join(cacheFolder(), 'locks') } = {}) {
  const file = path.join(folder, name);
  try {
    await fs.mkdir(folder, { recursive: true });
    for (let tries = 0; !(await takeLock(file)); tries++) {
      if (tries === 1) onWait?.();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } catch (error) {
    throw explainWriteError(error, folder);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    fs.utimes(file, now, now).catch(() => {});
  }, heartbeatMs);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await fs.rm(file, { force: true });
  }
}
