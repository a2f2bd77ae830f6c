// Owns the order of a start: DATA_DIR claimed, ports chosen, LiveKit and web there, then app server and SFU side by side until the end.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { livekitConfig } from '#media/livekit-config.ts';
import type { Config } from '#platform/config/contract.ts';
import { type Environment, projectRoot } from '#platform/config/environment.ts';
import { loadSettings, type Settings } from '#platform/config/settings.ts';
import { explainWriteError, HouseError, needSpace } from '#tools/cache.mjs';
import { ensureLivekit } from './livekit-binary.ts';
import { claimDataDir, endLeftover } from './pid-files.ts';
import { settlePorts } from './settle-ports.ts';
import { type ChildSpec, type Supervised, supervise } from './supervise.ts';
import { ensureWeb } from './web-build.ts';

export interface LaunchOptions {
  mode: Config['mode'];
  env: Environment;
  say: (line: string) => void;
  /** Aborted: everything ends. */
  signal: AbortSignal;
}

const childNames = ['app', 'sfu', 'vite'];

type Plan = Omit<ChildSpec, 'say' | 'restartable' | 'onGivenUp'>;

function planSfu({ config, embeddedLivekit }: Settings, binary: string, env: Environment): Plan | null {
  if (!embeddedLivekit) return null;
  const file = path.join(config.dataDir, 'livekit.yaml');
  const text = livekitConfig({
    ...embeddedLivekit,
    ...config.livekit,
    webhookUrl: `http://127.0.0.1:${config.port}/api/media/webhook`,
    logLevel: config.logLevel === 'debug' ? 'info' : config.mode === 'serve' ? 'warn' : 'error',
  });
  writeFileSync(file, text, { mode: 0o600 });
  return {
    name: 'sfu',
    command: binary,
    args: ['--config', file],
    env: { PATH: env.PATH, HOME: env.HOME },
    cwd: config.dataDir,
    dataDir: config.dataDir,
    // With people connected, the first one only makes it wait for them to leave.
    endSignals: ['SIGTERM', 'SIGTERM'],
    orphanSignal: 'KILL',
    watchesParent: false,
  };
}

function planApp({ config }: Settings, env: Environment): Plan {
  const endWithParent = path.join(projectRoot, 'tools/launcher/end-with-parent.ts');
  return {
    name: 'app',
    command: process.execPath,
    args: [
      ...(config.mode === 'dev' ? ['--watch', '--watch-preserve-output'] : []),
      '--import',
      endWithParent,
      path.join(projectRoot, 'apps/server/main.ts'),
      config.mode,
    ],
    env: { ...env, DATA_DIR: config.dataDir },
    cwd: projectRoot,
    dataDir: config.dataDir,
    endSignals: ['SIGTERM'],
    orphanSignal: 'TERM',
    watchesParent: true,
  };
}

/** The development web server, in front of the app server. */
function planVite(publicPort: number, { config }: Settings, env: Environment): Plan {
  return {
    name: 'vite',
    command: process.execPath,
    args: [
      path.join(projectRoot, 'node_modules/vite/bin/vite.js'),
      '--port',
      String(publicPort),
      '--strictPort',
      '--logLevel',
      'warn',
      '--host',
      config.host,
    ],
    env: { ...env, STAGEDOOR_APP_SERVER: `http://127.0.0.1:${config.port}` },
    cwd: projectRoot,
    dataDir: config.dataDir,
    endSignals: ['SIGTERM'],
    orphanSignal: 'TERM',
    watchesParent: false,
  };
}

/** A new database has 40; on a full disk it breaks. */
const databaseMegabytes = 100;
const patienceMs = 15_000;

/** Asks until every part says that it is well. Tells which does not, when it takes long. */
async function untilHealthy(config: Config, { say, signal }: LaunchOptions): Promise<void> {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${config.port}/api/health`;
  let tellAt = Date.now() + patienceMs;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) }).catch(() => null);
    if (answer?.ok) return;
    signal.throwIfAborted();
    if (Date.now() > tellAt) {
      say(`Still waiting for ${url}: ${answer ? (await answer.text()).slice(0, 300) : 'no answer yet'}`);
      tellAt = Date.now() + patienceMs;
    }
    await sleep(100, undefined, { signal });
  }
}

async function endLeftovers(dataDir: string, say: (line: string) => void): Promise<void> {
  const ended = await Promise.all(childNames.map(async (name) => ((await endLeftover(dataDir, name)) ? name : null)));
  const names = ended.filter((name) => name !== null);
  if (names.length > 0) say(`Ended what an earlier start left behind: ${names.join(', ')}.`);
}

/** Runs until `signal` is aborted (resolves) or something can't be had (throws). Afterwards no process is left. */
export async function launch(options: LaunchOptions): Promise<void> {
  const { mode, say, signal } = options;
  const wished = loadSettings(options.env, mode);
  const { dataDir } = wished.config;
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw explainWriteError(error, dataDir);
  }
  if (!wished.config.databaseUrl) await needSpace(dataDir, databaseMegabytes, 'the embedded database');
  const release = claimDataDir(dataDir);
  const children: Supervised[] = [];
  try {
    await endLeftovers(dataDir, say);
    const binary = wished.embeddedLivekit ? await ensureLivekit({ say, signal, env: { ...options.env } }) : '';
    if (mode !== 'dev') await ensureWeb({ say, signal });
    const { env, publicPort } = await settlePorts(options.env, wished, say);
    const settings = loadSettings(env, mode);
    const plans = [
      planSfu(settings, binary, env),
      planApp(settings, env),
      mode === 'dev' ? planVite(publicPort, settings, env) : null,
    ];
    await new Promise<void>((resolve, reject) => {
      let healthy = false;
      signal.addEventListener('abort', () => resolve());
      if (signal.aborted) return resolve();
      for (const plan of plans.filter((one) => one !== null)) {
        const onGivenUp = (reason: string) =>
          reject(new HouseError(`${reason}, before Stagedoor was ready. Its own words are above.`));
        children.push(supervise({ ...plan, say, restartable: () => healthy, onGivenUp }));
      }
      untilHealthy(settings.config, options).then(() => {
        healthy = true;
        say(`Stagedoor is ready: ${settings.config.publicUrl}`);
        if (mode === 'serve') say(`The reverse proxy reaches it at http://${settings.config.host}:${settings.config.port}`);
      }, reject);
    });
  } catch (error) {
    if (!signal.aborted) throw explainWriteError(error, dataDir);
  } finally {
    await Promise.all(children.map((child) => child.end()));
    release();
  }
}
