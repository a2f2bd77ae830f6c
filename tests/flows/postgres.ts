// Owns a PostgreSQL server for one run of tests: private, on loopback with a password of its own, gone with everything in it at the end.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Db } from '#platform/db/contract.ts';
import { openServerDatabase } from '#platform/db/server.ts';
import { boundToParent } from '#tools/launcher/processes.ts';
import { findPostgres } from '#tools/postgres-tools.ts';
import { freePort } from './free-port.ts';

interface Identity {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as a user who owns nothing else here. Undefined: as we are. */
function otherUser(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (name: string, which: '-u' | '-g') => {
    const { status, stdout } = spawnSync('id', [which, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : null;
  };
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = [idOf(name, '-u'), idOf(name, '-g')];
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody');
}

export interface PrivatePostgres {
  url: string;
  /** The server and the processes that it has for its connections and its housekeeping. */
  pids(): number[];
  /** Again, on the same data and port, after it was killed. */
  start(): Promise<void>;
  end(): Promise<void>;
}

export interface PostgresOptions {
  /** Where the data goes; must be empty. Default: a folder of its own. */
  folder?: string;
  /** Default: nothing outlives the run, so nothing waits for a disk. */
  settings?: readonly string[];
}

const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'shared_buffers=32MB'];

export async function startPostgres(programs: string, options: PostgresOptions = {}): Promise<PrivatePostgres> {
  const { folder = mkdtempSync(path.join(os.tmpdir(), 'stagedoor-postgres-')), settings = careless } = options;
  const identity = otherUser();
  const [data, passwordFile] = [path.join(folder, 'data'), path.join(folder, 'password')];
  const password = randomBytes(18).toString('base64url');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const one of identity ? [folder, passwordFile] : []) chownSync(one, identity?.uid as number, identity?.gid as number);
  const forget = () => rmSync(options.folder ? data : folder, { recursive: true, force: true });
  // Messages in English, characters in UTF-8, whatever the machine speaks.
  const how = { cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' }, ...identity };
  try {
    const access = ['--username=stagedoor', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    const made = spawnSync(
      path.join(programs, 'initdb'),
      [`--pgdata=${data}`, '--encoding=UTF8', '--no-sync', '--no-instructions', ...access],
      { ...how, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`initdb failed:\n${made.stdout}${made.stderr}`, { cause: made.error });
    const port = await freePort();
    const address = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='];
    const args = ['-D', data, ...[...address, ...settings].flatMap((setting) => ['-c', setting])];
    const url = `postgres://stagedoor:${password}@127.0.0.1:${port}/postgres`;
    let child: ChildProcess;
    const start = async () => {
      child = spawn(...boundToParent(path.join(programs, 'postgres'), args, 'TERM'), {
        ...how,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      await ready(child, url).catch(async (error) => {
        await ended(child);
        throw error;
      });
    };
    await start();
    return {
      url,
      pids: () => (child.pid && isRunning(child) ? [child.pid, ...childrenOf(child.pid)] : []),
      start,
      async end() {
        await ended(child);
        forget();
      },
    };
  } catch (error) {
    forget();
    throw error;
  }
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([own, parent]) => (parent === pid && own ? [own] : []));
}

const silent = { warn: () => undefined, error: () => undefined };

/** What it holds is thrown away, so it need not tidy up: SIGQUIT. */
async function ended(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGQUIT');
  await exit;
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  let words = '';
  child.stderr?.on('data', (chunk) => (words = (words + chunk).slice(-4000)));
  child.once('error', (error) => (words += error.message));
  const deadline = Date.now() + 60_000;
  for (;;) {
    const db: Db | Error = await openServerDatabase({ url, logger: silent, connections: 1 }).catch((error: Error) => error);
    if (!(db instanceof Error)) return db.close();
    if (child.pid === undefined || !isRunning(child) || Date.now() > deadline)
      throw new Error(`PostgreSQL did not start (${db.message}):\n${words}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

let started: PrivatePostgres | null = null;

/** Vitest calls this once before the tests of a project. */
export async function setup(project: { provide(key: 'testDatabaseUrl', url: string | null): void }): Promise<void> {
  const given = process.env.TEST_DATABASE_URL;
  const programs = findPostgres();
  if (!given && programs) started = await startPostgres(programs);
  if (!given && !programs)
    console.log('Left out: the half of the tests on a PostgreSQL server. None is installed, and TEST_DATABASE_URL names none.');
  project.provide('testDatabaseUrl', given ?? started?.url ?? null);
}

export async function teardown(): Promise<void> {
  await started?.end();
  started = null;
}
