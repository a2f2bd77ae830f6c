// Owns an app server in a process of its own for the flow tests: it can be killed, and its clock can be wrong.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { projectRoot } from '#platform/config/environment.ts';
import type { Visit } from './app.ts';
import { visit } from './app.ts';
import { freePort } from './free-port.ts';

const startPatienceMs = 60_000;

export interface ChildServer extends Visit {
  pid: number;
  /** kill -9. */
  kill(): Promise<void>;
  /** Asks it to end; resolves with its exit code. */
  end(): Promise<number | null>;
  /** In MiB, what it holds after garbage collection. Only where a probe was asked for. */
  heldMiB(): Promise<number>;
}

export interface ChildServerOptions {
  env: Record<string, string>;
  /** By how much its wall clock is wrong. */
  clockShiftMs?: number;
  /** It can be asked how much memory it holds. */
  memoryProbe?: boolean;
}

export async function startChildServer({ env, clockShiftMs = 0, memoryProbe = false }: ChildServerOptions): Promise<ChildServer> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const probe = memoryProbe ? ['tests/security/memory-probe.ts'] : [];
  const preloads = ['tools/launcher/end-with-parent.ts', 'tests/flows/shifted-clock.ts', ...probe];
  const imports = preloads.flatMap((file) => ['--import', path.join(projectRoot, file)]);
  const flags = memoryProbe ? ['--expose-gc'] : [];
  const child = spawn(process.execPath, [...flags, ...imports, path.join(projectRoot, 'apps/server/main.ts'), 'start'], {
    cwd: projectRoot,
    env: { ...process.env, HOST: '127.0.0.1', PUBLIC_URL: origin, ...env, PORT: `${port}`, CLOCK_SHIFT_MS: `${clockShiftMs}` },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (words = (words + chunk).slice(-8000)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const signal = async (name: NodeJS.Signals) => {
    if (isRunning(child)) child.kill(name);
    return ended;
  };
  const visited = visit(origin);
  const server: ChildServer = {
    ...visited,
    pid: child.pid ?? 0,
    async kill() {
      await signal('SIGKILL');
    },
    async end() {
      visited.cutAll();
      return signal('SIGTERM');
    },
    async heldMiB() {
      child.send('memory');
      const [answer] = (await once(child, 'message')) as [{ held: number }];
      return answer.held;
    },
  };
  const deadline = Date.now() + startPatienceMs;
  while (!(await isHealthy(origin))) {
    if (isRunning(child) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    else {
      await server.kill();
      throw new Error(`The app server did not start:\n${words}`);
    }
  }
  return server;
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

const isHealthy = (origin: string) =>
  fetch(`${origin}/api/health`).then(
    (answer) => answer.ok,
    () => false,
  );
