// Owns the way from any Node ≥ 18 to the project's own tools: Node 24, the packages of the lock file, then the tool that was asked for. Uses no packages.
// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, exists, HouseError, installWhole, needSpace, withLock } from './cache.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const wantedMajor = 24;
const pinnedNode = '24.21.0';

/** @type {Record<string, string[]>} */
const tools = {
  start: ['tools/start.ts', 'start'],
  serve: ['tools/start.ts', 'serve'],
  dev: ['tools/start.ts', 'dev'],
  test: ['tools/test.ts'],
  'test:long': ['tools/test.ts', '--long'],
  check: ['tools/check.ts'],
  doctor: ['tools/doctor.ts'],
  bench: ['tools/bench.ts'],
  'disable-account': ['apps/server/account-command.ts', 'disable'],
  'enable-account': ['apps/server/account-command.ts', 'enable'],
  'erase-person': ['apps/server/erase-command.ts'],
  backup: ['tools/backup/command.ts', 'backup'],
  restore: ['tools/backup/command.ts', 'restore'],
  'env-example': ['tools/write-env-example.ts'],
  'golden-logs': ['tools/write-golden-logs.ts'],
};

/** @param {string} line */
const say = (line) => console.log(line);

/** The child that runs now; a signal to us is passed on to it. @type {import('node:child_process').ChildProcess | null} */
let running = null;
/** @type {NodeJS.Signals | null} */
let endedBy = null;

/** @param {NodeJS.Signals} signal */
function passOn(signal) {
  endedBy ??= signal;
  const child = running;
  child?.kill(signal);
  // Every tool promises to end in time; this is for one that is stuck.
  setTimeout(() => child?.kill('SIGKILL'), 4_700).unref();
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, channel?: boolean }} [options]
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null, errors: string }>}
 */
function run(command, args, { env = process.env, cwd = root, channel = false } = {}) {
  return new Promise((resolve, reject) => {
    // The channel tells the tool when we are gone, however we went.
    const stdio = channel ? ['inherit', 'inherit', 'inherit', 'ipc'] : ['ignore', 'inherit', 'pipe'];
    const child = spawn(command, args, { env, cwd, stdio: /** @type {import('node:child_process').StdioOptions} */ (stdio) });
    running = child;
    let errors = '';
    child.stderr?.on('data', (chunk) => {
      errors = (errors + chunk).slice(-20_000);
    });
    child.on('error', (error) => {
      running = null;
      reject(error);
    });
    child.on('close', (code, signal) => {
      running = null;
      resolve({ code: code ?? 128 + (signal ? os.constants.signals[signal] : 0), signal, errors });
    });
  });
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} cwd
 * @param {string} purpose
 */
async function npm(args, env, cwd, purpose) {
  /** @type {{ code: number, errors: string }} */
  let result;
  try {
    result = await run('npm', args, { env, cwd });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    throw new HouseError(
      `npm is not on PATH, and ${purpose} needs it.\nInstall npm (on Debian: apt-get install npm), or Node ${wantedMajor}, which brings it.`,
    );
  }
  if (endedBy) process.exit(128 + os.constants.signals[endedBy]);
  if (result.code === 0) return;
  if (/ENOSPC|no space left|EDQUOT/i.test(result.errors)) {
    throw new HouseError(
      `The disk became full while ${purpose} ran.\nFree about 1.5 GB (in ${cwd}, and in npm's cache: npm cache clean --force) and run the same command again.`,
    );
  }
  throw new HouseError(
    `${result.errors.trim()}\n\nnpm could not finish ${purpose}. Its own words are above; run the same command again once that is mended.`,
  );
}

/** Platforms for which the registry has the pinned Node as a package. */
const nodePackages = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

function refuseUnsupported() {
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform === 'win32') {
    throw new HouseError('Stagedoor runs on Linux and macOS. On Windows, run it inside WSL 2 (Windows Subsystem for Linux).');
  }
  if (!nodePackages.includes(platform)) {
    throw new HouseError(
      `Node ${wantedMajor} can’t be installed automatically on ${platform}. Install Node ${wantedMajor} yourself and run the same command again.`,
    );
  }
  const report = /** @type {any} */ (process.report?.getReport());
  if (process.platform === 'linux' && report && !report.header.glibcVersionRuntime) {
    throw new HouseError(
      `This Linux uses musl, for which Node ${wantedMajor} can’t be installed automatically.\nInstall it yourself (on Alpine: apk add nodejs npm) and run the same command again.`,
    );
  }
  return platform;
}

/** @param {string} bin */
const answers = async (bin) => (await run(bin, ['-e', ''], {}).catch(() => ({ code: 1 }))).code === 0;

/** Gives the folder whose `node` is recent enough, or null when the running one is. */
async function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) >= wantedMajor) return null;
  const platform = refuseUnsupported();
  const target = path.join(cacheFolder(), `node-${pinnedNode}-${platform}`);
  const name = `node-${platform}`;
  const bin = path.join(target, 'node_modules', name, 'bin');
  if (await exists(path.join(bin, 'node'))) return bin;
  await withLock(
    path.basename(target),
    async () => {
      if (await exists(path.join(bin, 'node'))) return;
      say(`Node ${pinnedNode}: installing into ${cacheFolder()} (this one is ${process.versions.node}; about 20 seconds, once)…`);
      await needSpace(target, 500, `Node ${pinnedNode}`);
      await installWhole(target, async (draft) => {
        await fs.writeFile(path.join(draft, 'package.json'), '{"private":true}');
        await npm(
          ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', `${name}@${pinnedNode}`],
          process.env,
          draft,
          `the installation of Node ${pinnedNode}`,
        );
        if (!(await answers(path.join(draft, 'node_modules', name, 'bin', 'node')))) {
          throw new HouseError(
            `Node ${pinnedNode} from npm does not run on this system. Install Node ${wantedMajor} yourself and run the same command again.`,
          );
        }
      });
    },
    { onWait: () => say(`Node ${pinnedNode}: waiting for another process that installs it…`) },
  );
  return bin;
}

/** @param {Buffer | string} text */
const hashOf = (text) => createHash('sha256').update(text).digest('hex');

/**
 * Whether what npm last put into node_modules is what the lock file asks for.
 * @param {string} lock
 * @param {string} installed npm's own list of what it installed
 */
export function sameInstallation(lock, installed) {
  /** @type {Record<string, any>} */
  const wanted = JSON.parse(lock).packages ?? {};
  /** @type {Record<string, any>} */
  const there = JSON.parse(installed).packages ?? {};
  const same = (/** @type {string} */ key) =>
    there[key]?.version === wanted[key]?.version && there[key]?.integrity === wanted[key]?.integrity;
  // Packages for other platforms are optional, and absent.
  const complete = Object.keys(wanted).every((key) => key === '' || (there[key] ? same(key) : wanted[key].optional === true));
  return complete && Object.keys(there).every((key) => key in wanted);
}

/**
 * @param {string} lockHash
 * @param {string} lock
 */
async function packagesAreCurrent(lockHash, lock) {
  const stamp = await fs.readFile(path.join(root, 'node_modules/.stagedoor-lock'), 'utf8').catch(() => '');
  if (stamp === lockHash) return true;
  const installed = await fs.readFile(path.join(root, 'node_modules/.package-lock.json'), 'utf8').catch(() => '');
  return installed !== '' && sameInstallation(lock, installed);
}

/** @param {NodeJS.ProcessEnv} env */
async function ensurePackages(env) {
  const lock = await fs.readFile(path.join(root, 'package-lock.json'), 'utf8');
  const lockHash = hashOf(lock);
  const stampFile = path.join(root, 'node_modules/.stagedoor-lock');
  if (await packagesAreCurrent(lockHash, lock)) return;
  await withLock(
    `packages-${hashOf(root).slice(0, 16)}`,
    async () => {
      if (await packagesAreCurrent(lockHash, lock)) return;
      say('Packages: installing those of package-lock.json (about a minute, once)…');
      await needSpace(path.join(root, 'node_modules'), 1_000, 'the installation of the packages');
      const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
      await npm(args, env, root, 'the installation of the packages (npm ci)');
      await fs.writeFile(stampFile, lockHash);
    },
    { onWait: () => say('Packages: waiting for another process that installs them…') },
  );
}

/**
 * npm's pid, when it put a shell between itself and us.
 * @returns {number | null}
 */
function npmBehindShell() {
  const { status, stdout } = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(process.ppid)], { encoding: 'utf8' });
  const [, npmPid, args] = (status === 0 && /^\s*(\d+)\s+(.*)/.exec(stdout)) || [];
  return args?.includes('bootstrap.mjs') ? Number(npmPid) : null;
}

/** @param {number} pid */
function isGone(pid) {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}

/** npm, killed, can't tell us; and its shell does not pass a SIGTERM on. But we see that they are gone. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const npmPid = npmBehindShell();
  setInterval(() => {
    if (process.ppid !== parent || (npmPid && isGone(npmPid))) passOn('SIGTERM');
  }, 250).unref();
}

async function main() {
  const [name = '', ...rest] = process.argv.slice(2);
  const tool = tools[name];
  if (!tool) throw new HouseError(`Unknown command "${name}". There are: ${Object.keys(tools).join(', ')}.`);
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, passOn);
  endWithNpm();
  const bin = await ensureNode();
  const node = bin ? path.join(bin, 'node') : process.execPath;
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`, NODE: node };
  await ensurePackages(env);
  if (endedBy) process.exit(128 + os.constants.signals[endedBy]);
  const { code } = await run(node, [...tool, ...rest], { env, channel: true });
  process.exit(code);
}

if (path.resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error instanceof HouseError ? `\n${error.message}` : error);
    process.exit(1);
  });
}
