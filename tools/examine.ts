// Owns what the doctor looks at, one function per subject. Each finding says what is so and, where it is not well, the way out.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import type { Config } from '#platform/config/contract.ts';
import { environment, projectRoot } from '#platform/config/environment.ts';
import { checkSettings } from '#platform/config/settings.ts';
import type { Values } from '#platform/config/variables.ts';
import { findChromium, findFfmpeg, howToInstall, inWords, missingForBrowsers } from './browser-tools.ts';
import { cacheFolder, freeMegabytes } from './cache.mjs';
import { livekitSource } from './launcher/livekit-binary.ts';
import { noted } from './launcher/pid-files.ts';
import { type PortWish, portIs } from './launcher/ports.ts';

export interface Finding {
  /** `bad`: a start would fail. `note`: worth knowing. */
  state: 'ok' | 'note' | 'bad';
  subject: string;
  words: string;
}

function node(): Finding {
  return { state: 'ok', subject: 'Node', words: process.version };
}

function npm(): Finding {
  const { stdout, status } = spawnSync('npm', ['--version'], { encoding: 'utf8' });
  if (status === 0) return { state: 'ok', subject: 'npm', words: stdout.trim() };
  return { state: 'bad', subject: 'npm', words: 'not on PATH. Install Node 24, which brings it.' };
}

function settings(mode: Config['mode']): { findings: Finding[]; values: Values } {
  const { values, problems } = checkSettings(environment(), mode);
  const findings = problems.map(
    ({ variable, cause, wayOut }) => ({ state: 'bad', subject: variable, words: `${cause} ${wayOut}` }) as const,
  );
  return { findings: findings.length > 0 ? findings : [{ state: 'ok', subject: 'Settings', words: 'well formed' }], values };
}

async function livekit(values: Values, signal: AbortSignal): Promise<Finding> {
  const subject = 'LiveKit';
  if (values.LIVEKIT_URL) return reachable(subject, new URL(values.LIVEKIT_URL));
  const source = await livekitSource({ say: () => {}, signal });
  if (source.is === 'nowhere') return { state: 'bad', subject, words: source.why };
  if (source.is === 'buildable')
    return { state: 'note', subject, words: `${source.version} will be built at the first start (2–3 minutes, once)` };
  return { state: 'ok', subject, words: `${source.version} (${source.binary})` };
}

const ordinaryPort: Record<string, number> = { 'http:': 80, 'https:': 443, 'postgres:': 5432, 'postgresql:': 5432 };

const reachable = (subject: string, url: URL): Promise<Finding> =>
  new Promise((resolve) => {
    const port = Number(url.port) || ordinaryPort[url.protocol] || 80;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port, timeout: 3_000 });
    const done = (state: Finding['state'], words: string) => {
      socket.destroy();
      resolve({ state, subject, words });
    };
    socket.once('connect', () => done('ok', `${host}:${port} answers`));
    socket.once('timeout', () =>
      done('bad', `${host}:${port} does not answer. Is it running, and does a firewall let us through?`),
    );
    socket.once('error', (error) => done('bad', `${host}:${port} can’t be reached: ${error.message}. Is it running?`));
  });

async function database(values: Values): Promise<Finding> {
  if (values.DATABASE_URL) return reachable('Database', new URL(values.DATABASE_URL));
  return { state: 'ok', subject: 'Database', words: 'embedded, in DATA_DIR' };
}

function dataDir(values: Values): { finding: Finding; folder: string; runs: boolean } {
  const folder = path.resolve(projectRoot, values.DATA_DIR ?? 'data');
  const subject = 'DATA_DIR';
  const launcher = noted(folder, 'launcher');
  if (launcher) {
    const words = `${folder} is in use: Stagedoor already runs (process ${launcher.pid}). End it first: kill ${launcher.pid}`;
    return { finding: { state: 'bad', subject, words }, folder, runs: true };
  }
  const there = existsSync(folder);
  try {
    accessSync(there ? folder : path.dirname(folder), constants.W_OK);
    return {
      finding: { state: 'ok', subject, words: there ? folder : `${folder} (made at the first start)` },
      folder,
      runs: false,
    };
  } catch {
    const words = `${folder} can’t be written. Make it writable for this user, or set DATA_DIR to another folder.`;
    return { finding: { state: 'bad', subject, words }, folder, runs: false };
  }
}

async function disk(subject: string, folder: string, needed: number): Promise<Finding> {
  const free = await freeMegabytes(folder);
  const words = `${(free / 1000).toFixed(1)} GB free for ${folder}`;
  if (free < 200) return { state: 'bad', subject, words: `${words}: free some.` };
  return free < needed
    ? { state: 'note', subject, words: `${words}: a first start may need ${needed / 1000} GB.` }
    : { state: 'ok', subject, words };
}

async function ports(values: Values, mode: Config['mode']): Promise<Finding[]> {
  const host = values.HOST ?? '127.0.0.1';
  const wishes: PortWish[] = [{ variable: 'PORT', protocol: 'tcp', port: values.PORT ?? 3000, host }];
  if (!values.LIVEKIT_URL) {
    wishes.push({ variable: 'LIVEKIT_PORT', protocol: 'tcp', port: values.LIVEKIT_PORT ?? 7880, host: '127.0.0.1' });
    wishes.push({ variable: 'LIVEKIT_UDP_PORT', protocol: 'udp', port: values.LIVEKIT_UDP_PORT ?? 7882, host: '127.0.0.1' });
  }
  return Promise.all(
    wishes.map(async (wish) => {
      const answer = await portIs(wish);
      if (answer === 'free') return { state: 'ok', subject: wish.variable, words: `${wish.port} is free` } as const;
      if (mode === 'start')
        return { state: 'note', subject: wish.variable, words: `${wish.port} is ${answer}; a free one will be taken` } as const;
      return {
        state: 'bad',
        subject: wish.variable,
        words: `${wish.port} is ${answer}. End what uses it, or set ${wish.variable}.`,
      } as const;
    }),
  );
}

function browserTools(): Finding {
  const missing = missingForBrowsers();
  const subject = 'Browser tests';
  if (missing.length === 0) return { state: 'ok', subject, words: `${findChromium()}, ${findFfmpeg()}` };
  return { state: 'note', subject, words: `${inWords(missing)} missing, only needed by npm test. ${howToInstall(missing)}` };
}

export async function examine(mode: 'start' | 'serve', signal: AbortSignal): Promise<Finding[]> {
  const { findings, values } = settings(mode);
  const data = dataDir(values);
  return [
    node(),
    npm(),
    ...findings,
    await livekit(values, signal),
    await database(values),
    data.finding,
    await disk('Disk', data.folder, 1_000),
    await disk('Cache', cacheFolder(), 3_000),
    // Our own ports are no news.
    ...(data.runs ? [] : await ports(values, mode)),
    browserTools(),
  ];
}
