// Owns where the LiveKit server comes from: PATH, the cache, or built once from the pinned Go module in media/. Running it is launch.ts's.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, exists, explainWriteError, HouseError, installWhole, needSpace, withLock } from '#tools/cache.mjs';
import { runTool, type ToolOptions } from './run-tool.ts';

const mediaFolder = path.resolve(import.meta.dirname, '../../media');
const oldestGo = [1, 26] as const;

export interface LivekitOptions {
  say: (line: string) => void;
  signal?: AbortSignal;
  env?: NodeJS.ProcessEnv;
  cache?: string;
}

/** Such as "v1.13.5". */
async function pinnedVersion(): Promise<string> {
  const goMod = await readFile(path.join(mediaFolder, 'go.mod'), 'utf8');
  const version = /livekit\/livekit-server (v\S+)/.exec(goMod)?.[1];
  if (!version) throw new Error('media/go.mod names no version of livekit-server');
  return version;
}

/** What a `livekit-server` says of itself, or null when it is not there or does not run. */
async function versionOf(binary: string, options: ToolOptions): Promise<string | null> {
  const result = await runTool(binary, ['--version'], options).catch(() => null);
  const version = result?.code === 0 ? /version (\d+\.\d+\.\d+)/.exec(result.output)?.[1] : undefined;
  return version ? `v${version}` : null;
}

const line = (version: string) => version.split('.').slice(0, 2).join('.');

/** The three ways to a LiveKit, for somebody who has none of them. */
const waysOut = [
  'There are three ways out, each enough:',
  `  - install Go ${oldestGo.join('.')} or newer (go.dev/doc/install), and LiveKit is built from its source, once;`,
  '  - put a livekit-server on PATH (docs.livekit.io/home/self-hosting);',
  '  - set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET to those of a LiveKit server that already runs.',
].join('\n');

/** Null when Go can build; otherwise why not, as a sentence. */
async function whyNoGo(options: ToolOptions): Promise<string | null> {
  try {
    // In the module's folder, so that a Go that can fetch the version it needs does so, and says which it is.
    const { code, output } = await runTool('go', ['env', 'GOVERSION'], { ...options, cwd: mediaFolder });
    const [, major = 0, minor = 0] = /go(\d+)\.(\d+)/.exec(output)?.map(Number) ?? [];
    if (code === 0 && (major > oldestGo[0] || (major === oldestGo[0] && minor >= oldestGo[1]))) return null;
    return `Go is too old: ${output.split('\n')[0]}.`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return 'Go is not installed.';
  }
}

export type LivekitSource =
  | { is: 'there'; binary: string; version: string }
  | { is: 'buildable'; target: string; version: string }
  | { is: 'nowhere'; why: string };

/** Where a LiveKit server would come from now. Builds nothing. */
export async function livekitSource(options: LivekitOptions): Promise<LivekitSource> {
  const { say, signal, env = process.env, cache = cacheFolder() } = options;
  const version = await pinnedVersion();
  const installed = await versionOf('livekit-server', { env, signal });
  if (installed && line(installed) === line(version)) {
    if (installed !== version) say(`LiveKit ${installed} from PATH is used; Stagedoor is tested with ${version}.`);
    return { is: 'there', binary: 'livekit-server', version: installed };
  }
  if (installed) say(`LiveKit ${installed} on PATH is passed over: Stagedoor needs ${line(version)}.`);
  const target = path.join(cache, `livekit-${version}`, 'livekit-server');
  if ((await exists(target)) && (await versionOf(target, { env, signal })) === version)
    return { is: 'there', binary: target, version };
  const why = await whyNoGo({ env, signal });
  if (why === null) return { is: 'buildable', target, version };
  return { is: 'nowhere', why: `Stagedoor needs the LiveKit server ${version} for sound and picture. ${why}\n${waysOut}` };
}

async function build(target: string, version: string, { say, signal, env }: LivekitOptions): Promise<void> {
  await needSpace(target, 2_500, `building LiveKit ${version}`);
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  say(`LiveKit ${version}: building (about 2–3 minutes, once)…`);
  const reminder = setInterval(() => say(`LiveKit ${version}: still building, ${seconds()} s so far…`), 30_000);
  await installWhole(path.dirname(target), async (draft) => {
    const result = await runTool(
      'go',
      [
        'build',
        '-mod=readonly',
        '-trimpath',
        '-buildvcs=false',
        '-ldflags=-s -w',
        '-o',
        path.join(draft, 'livekit-server'),
        'github.com/livekit/livekit-server/cmd/server',
      ],
      // Its half-made things go away with the draft, also when it is interrupted.
      { cwd: mediaFolder, env: { ...env, GOTMPDIR: draft }, signal },
    );
    if (result.code !== 0) {
      const full = /no space left|ENOSPC|quota exceeded/i.test(result.output);
      const reason = full ? 'The disk became full. Free about 2.5 GB and run the same command again.' : waysOut;
      throw new HouseError(`${result.output}\n\nLiveKit ${version} could not be built; Go’s own words are above.\n${reason}`);
    }
  }).finally(() => clearInterval(reminder));
  say(`LiveKit ${version}: built in ${seconds()} s.`);
}

/** The path of a LiveKit server that runs. Builds it if there is none; throws a HouseError that names the ways out. */
export async function ensureLivekit(options: LivekitOptions): Promise<string> {
  const { say, cache = cacheFolder() } = options;
  const before = await livekitSource(options);
  if (before.is === 'there') return before.binary;
  if (before.is === 'nowhere') throw new HouseError(before.why);
  const { target, version } = before;
  const buildUnlessThere = async () => {
    if ((await livekitSource({ ...options, say: () => {} })).is !== 'there') await build(target, version, options);
  };
  await withLock(`livekit-${version}.lock`, buildUnlessThere, {
    onWait: () => say(`LiveKit ${version}: waiting for another process that builds it…`),
    folder: path.join(cache, 'locks'),
  }).catch((error) => {
    throw explainWriteError(error, cache);
  });
  const after = await livekitSource({ ...options, say: () => {} });
  if (after.is === 'there') return after.binary;
  throw new HouseError(`LiveKit ${version} was built but does not run on this machine.\n${waysOut}`);
}
