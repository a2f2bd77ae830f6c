// Owns an app server in a process of its own that is attacked: what it writes, how much memory it has, whether it still runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '#platform/config/environment.ts';
import type { Visit } from '#tests/flows/app.ts';
import { visit } from '#tests/flows/app.ts';
import { freePort } from '#tests/flows/free-port.ts';

export interface WatchedServer extends Visit {
  port: number;
  /** Every line that it wrote. */
  lines: string[];
  /** In MB: what it holds after garbage collection, and all that it has of the system, which returns late. */
  memory(): Promise<{ held: number; resident: number }>;
  /** Throws inside it where nobody catches; resolves when it has ended. */
  fail(): Promise<void>;
  /** Null while it runs. */
  exitCode(): number | string | null;
  end(): Promise<void>;
  /** After the end: the folder with what is left in the database. */
  dataDir: string;
  remove(): void;
}

/** The embedded database, demo data, and no LiveKit: hostile clients must be borne without it too. */
export async function startWatchedServer(env: Record<string, string> = {}): Promise<WatchedServer> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'stagedoor-hostile-'));
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      ...['tools/launcher/end-with-parent.ts', 'tests/security/memory-probe.ts'].flatMap((file) => [
        '--import',
        path.join(projectRoot, file),
      ]),
      path.join(projectRoot, 'apps/server/main.ts'),
      'start',
    ],
    {
      cwd: projectRoot,
      env: {
        ...process.env,
        HOST: '127.0.0.1',
        PORT: `${port}`,
        PUBLIC_URL: origin,
        DATA_DIR: dataDir,
        LIVEKIT_URL: 'http://127.0.0.1:9',
        LIVEKIT_API_KEY: 'test',
        LIVEKIT_API_SECRET: 'only for these tests, and long enough for LiveKit',
        DATABASE_URL: '',
        LOG_LEVEL: 'info',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const lines: string[] = [];
  let rest = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      const parts = `${rest}${chunk}`.split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const exitCode = () => child.exitCode ?? child.signalCode;
  const visited = visit(origin);
  const end = async () => {
    visited.cutAll();
    if (exitCode() === null) child.kill('SIGTERM');
    await ended;
  };
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  const deadline = Date.now() + 60_000;
  const isUp = () =>
    fetch(`${origin}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    );
  while (!(await isUp())) {
    if (exitCode() !== null || Date.now() > deadline) {
      await end();
      remove();
      throw new Error(`The app server did not start:\n${lines.join('\n')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    ...visited,
    port,
    lines,
    exitCode,
    fail() {
      child.send('fail');
      return ended;
    },
    async memory() {
      child.send('memory');
      const [answer] = await once(child, 'message');
      return answer as { held: number; resident: number };
    },
    end,
    dataDir,
    remove,
  };
}
