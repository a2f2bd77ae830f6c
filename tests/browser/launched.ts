// Owns `npm start`'s own set-up for the browser tests: launcher, app server, LiveKit, demo data, in a folder that goes with the test.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#tests/flows/app.ts';

const projectRoot = join(import.meta.dirname, '../..');
const startPatienceMs = 120_000;

export interface Launched {
  origin: string;
  folder: string;
  /** Process id of a part, as the launcher noted it. */
  pidOf(part: 'app' | 'sfu' | 'launcher'): number;
  /** kill -9; resolves when the launcher has started another one, and it is well. */
  killAndAwait(part: 'app' | 'sfu'): Promise<void>;
  output(): string;
  stop(): Promise<number | null>;
}

/** `env` goes before everything else: with `LIVEKIT_URL`, no LiveKit of its own is started. */
export async function launchStagedoor(env: Record<string, string> = {}): Promise<Launched> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-launched-'));
  const [port, livekit, tcp, udp] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const child = spawn(process.execPath, [join(projectRoot, 'tools/start.ts'), 'start'], {
    cwd: projectRoot,
    env: {
      ...process.env,
      DATA_DIR: join(folder, 'data'),
      PORT: String(port),
      LIVEKIT_PORT: String(livekit),
      LIVEKIT_TCP_PORT: String(tcp),
      LIVEKIT_UDP_PORT: String(udp),
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (text += data));
  const origin = await readyAddress(child, () => text);
  const pidOf: Launched['pidOf'] = (part) =>
    (JSON.parse(readFileSync(join(folder, 'data/run', `${part}.json`), 'utf8')) as { pid: number }).pid;
  const healthy = async () => {
    const answer = await fetch(`${origin}/api/health`).catch(() => null);
    return answer?.ok === true && ((await answer.json()) as { status: string }).status === 'ok';
  };
  return {
    origin,
    folder,
    pidOf,
    output: () => text,
    async killAndAwait(part) {
      const before = pidOf(part);
      process.kill(before, 'SIGKILL');
      await waitUntil(() => pidOf(part) !== before, `another ${part}`);
      await waitUntil(healthy, `a healthy ${part}`);
    },
    async stop() {
      const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
      if (child.exitCode === null) child.kill('SIGTERM');
      const code = child.exitCode ?? (await ended);
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

function readyAddress(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Not ready after two minutes:\n${output()}`)), startPatienceMs);
    child.once('exit', () => reject(new Error(`Ended before it was ready:\n${output()}`)));
    child.stdout?.on('data', () => {
      const address = /ready: (http:\S+)/.exec(output())?.[1];
      if (!address) return;
      clearTimeout(late);
      resolve(address);
    });
  });
}

/** Asks again and again until it is so; fails with what was waited for. */
export async function waitUntil(condition: () => boolean | Promise<boolean>, what: string, patienceMs = 30_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      if (await condition()) return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`, { cause: error });
    }
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
