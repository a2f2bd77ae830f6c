// Owns what stands behind a bench: LiveKit with our own configuration and the app server, each a process of its own, in a folder that goes with them.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { livekitConfig } from '#media/livekit-config.ts';
import { projectRoot } from '#platform/config/environment.ts';
import { freePort } from '#tests/flows/app.ts';
import { ensureLivekit } from '#tools/launcher/livekit-binary.ts';
import { boundToParent } from '#tools/launcher/processes.ts';
import type { LivekitAddress } from './livekit-rooms.ts';
import { onServerCore } from './pinning.ts';
import type { ServerReady, ServerWish } from './server-process.ts';

export interface Backstage {
  /** Where the app server listens itself. */
  appPort: number;
  livekitPort: number;
  livekit: LivekitAddress;
  /** Within their start window, with host@ and cohost@ as speakers. */
  sessions: string[];
  folder: string;
  pids: number[];
  livekitPid: number;
  /** Cookie headers of the people who were asked for. */
  cookies: string[];
  app: AppProcess;
  close(): Promise<void>;
}

export interface AppProcess {
  pid(): number;
  /** Lets go of all memory that it can. */
  forget(): Promise<void>;
  /** kill -9, and a new one on the same port and the same data. Resolves when it listens. */
  killAndRestart(onKilled?: () => void): Promise<void>;
}

export interface BackstageWish {
  sessions: number;
  /** The port under which browsers reach the app server, when something stands between. */
  publicPort?: number;
  appPort?: number;
  /** So many people with a login each, beside the demo's. */
  people?: number;
  /** The first Session is live from the beginning. */
  live?: boolean;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  // With people connected, LiveKit takes the first one as a wish.
  const insist = setInterval(() => child.kill('SIGTERM'), 500);
  const last = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearInterval(insist);
  clearTimeout(last);
}

async function startLivekit(folder: string, livekitPort: number, appPort: number, { apiKey, apiSecret }: LivekitAddress) {
  const binary = await ensureLivekit({ say: (line) => console.error(line) });
  const text = livekitConfig({
    port: livekitPort,
    tcpPort: await freePort(),
    udpPort: await freePort(),
    mediaIp: '127.0.0.1',
    servesOthers: false,
    apiKey,
    apiSecret,
    webhookUrl: `http://127.0.0.1:${appPort}/api/media/webhook`,
    logLevel: 'error',
  });
  const file = path.join(folder, 'livekit.yaml');
  await writeFile(file, text, { mode: 0o600 });
  return spawn(...boundToParent(...onServerCore(binary, ['--config', file]), 'KILL'), { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function startServer(wish: ServerWish): Promise<{ child: ChildProcess; ready: ServerReady }> {
  const [command, args] = onServerCore(process.execPath, [path.join(import.meta.dirname, 'server-process.ts')]);
  const child = spawn(...boundToParent(command, args, 'TERM'), {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ready = await new Promise<ServerReady>((resolve, reject) => {
    child.once('message', (message) => resolve(message as ServerReady));
    child.once('exit', (code) => reject(new Error(`The app server ended with ${code} before it was ready`)));
    child.send(wish);
  });
  return { child, ready };
}

function appProcess(first: ChildProcess, again: ServerWish, replace: (child: ChildProcess) => void): AppProcess {
  let child = first;
  return {
    pid: () => child.pid ?? 0,
    async forget() {
      const forgotten = new Promise((resolve) => child.once('message', resolve));
      child.send('forget');
      await forgotten;
    },
    async killAndRestart(onKilled = () => undefined) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
      onKilled();
      ({ child } = await startServer(again));
      replace(child);
    },
  };
}

async function untilWell(origin: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${origin}/api/health`).catch(() => null);
    if (answer?.ok && ((await answer.json()) as { status: string }).status === 'ok') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function openBackstage({
  sessions,
  publicPort,
  appPort: wishedPort,
  people,
  live,
}: BackstageWish): Promise<Backstage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stagedoor-bench-'));
  const [appPort, livekitPort] = [wishedPort ?? (await freePort()), await freePort()];
  const livekit = {
    url: `http://127.0.0.1:${livekitPort}`,
    apiKey: 'bench',
    apiSecret: randomBytes(32).toString('base64url'),
  };
  const children: ChildProcess[] = [];
  const close = async () => {
    for (const child of children.reverse()) await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    // A copy: what is built meanwhile must not change what is measured.
    const webDir = path.join(folder, 'web');
    await cp(path.join(projectRoot, 'dist/web'), webDir, { recursive: true });
    children.push(await startLivekit(folder, livekitPort, appPort, livekit));
    const config: ServerWish['config'] = {
      mode: 'start',
      host: '127.0.0.1',
      port: appPort,
      publicUrl: `http://127.0.0.1:${publicPort ?? appPort}`,
      dataDir: path.join(folder, 'data'),
      secret: randomBytes(32).toString('base64url'),
      livekit,
      demo: true,
      logLevel: 'error',
      build: 'bench',
      materials: { maxBytes: 100 * 1024 * 1024, maxPages: 500 },
      webDir,
    };
    const { child, ready } = await startServer({ config, sessions, people, live });
    children.push(child);
    await untilWell(`http://127.0.0.1:${appPort}`);
    const pids = children.flatMap(({ pid }) => (pid ? [pid] : []));
    const app = appProcess(child, { config, sessions: 0 }, (next) => children.splice(1, 1, next));
    const [livekitPid = 0] = pids;
    return { appPort, livekitPort, livekit, ...ready, folder, pids, livekitPid, app, close };
  } catch (error) {
    await close();
    throw error;
  }
}
