// Owns the built web in dist/web: built when its sources changed, compressed once, swapped in whole. What is in it is apps/web's.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { projectRoot } from '#platform/config/environment.ts';
import { buildStamp } from '#platform/config/settings.ts';
import { explainWriteError, HouseError, withLock } from '#tools/cache.mjs';
import { runTool } from './run-tool.ts';

const sources = [
  'apps/web',
  'features',
  'platform',
  'session',
  'shell',
  'tools/vision',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
];
/** Whatever never reaches a browser. */
const isBeside = (file: string) => /\/server\/|\.test\.tsx?$|\.md$|^platform\/(config|db|log)\/(?!contract)/.test(file);

async function filesUnder(root: string, relative: string): Promise<string[]> {
  const full = path.join(root, relative);
  const info = await stat(full).catch(() => null);
  if (!info) return [];
  if (info.isFile()) return isBeside(relative) ? [] : [relative];
  const names = await readdir(full);
  return (await Promise.all(names.sort().map((name) => filesUnder(root, `${relative}/${name}`)))).flat();
}

/** Names the sources as they are now. */
export async function sourcesHash(root: string = projectRoot): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await Promise.all(sources.map((one) => filesUnder(root, one)))).flat()) {
    const content = await readFile(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

const compressible = /\.(html|js|mjs|css|svg|json|txt|wasm|map|webmanifest|ttf)$/;
const smallestBytes = 1_000;
/** The last few per cent of ten megabytes of WebAssembly would cost half a minute. */
const patientlyUpToBytes = 1_000_000;

/** Puts `.br` and `.gz` beside every file that gets smaller by it. */
export async function precompress(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !compressible.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const content = await readFile(file);
    if (content.length < smallestBytes) continue;
    const quality = content.length > patientlyUpToBytes ? 8 : constants.BROTLI_MAX_QUALITY;
    const [small, smaller] = await Promise.all([
      promisify(gzip)(content, { level: 9 }),
      promisify(brotliCompress)(content, {
        params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length, [constants.BROTLI_PARAM_QUALITY]: quality },
      }),
    ]);
    if (small.length < content.length) await writeFile(`${file}.gz`, small);
    if (smaller.length < content.length) await writeFile(`${file}.br`, smaller);
  }
}

export interface WebOptions {
  say: (line: string) => void;
  signal?: AbortSignal;
}

const webDir = path.join(projectRoot, 'dist/web');

async function builtOf(folder: string): Promise<string | null> {
  const stamp = await readFile(path.join(folder, buildStamp), 'utf8').catch(() => null);
  return stamp === null ? null : (JSON.parse(stamp) as { build: string }).build;
}

async function build(hash: string, { say, signal }: WebOptions): Promise<void> {
  const began = Date.now();
  say('Web: building (about 10 seconds, when its sources changed)…');
  const draft = `${webDir}.${process.pid}.tmp`;
  const old = `${webDir}.${process.pid}.old`;
  try {
    await mkdir(path.dirname(webDir), { recursive: true });
    const vite = path.join(projectRoot, 'node_modules/vite/bin/vite.js');
    const result = await runTool(process.execPath, [vite, 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'], {
      cwd: projectRoot,
      env: { ...process.env, NODE_ENV: 'production' },
      signal,
    });
    if (result.code !== 0) throw new HouseError(`${result.output}\n\nThe web could not be built; the reason is above.`);
    await precompress(draft);
    await writeFile(path.join(draft, buildStamp), JSON.stringify({ build: hash }));
    await rename(webDir, old).catch(() => {});
    await rename(draft, webDir);
  } catch (error) {
    throw explainWriteError(error, path.dirname(webDir));
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
  say(`Web: built in ${Math.round((Date.now() - began) / 1000)} s.`);
}

/** Afterwards dist/web holds the web of the sources as they are. */
export async function ensureWeb(options: WebOptions): Promise<void> {
  const hash = await sourcesHash();
  if ((await builtOf(webDir)) === hash) return;
  const lock = `web-${createHash('sha256').update(projectRoot).digest('hex').slice(0, 16)}`;
  await withLock(
    lock,
    async () => {
      if ((await builtOf(webDir)) !== hash) await build(hash, options);
    },
    { onWait: () => options.say('Web: waiting for another process that builds it…') },
  );
}
