// Owns the proof of where LiveKit comes from, with stand-ins for `livekit-server` and `go` on a PATH of their own.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureLivekit, livekitSource } from './livekit-binary.ts';

const pinned = /livekit-server v(\S+)/.exec(readFileSync(path.join(import.meta.dirname, '../../media/go.mod'), 'utf8'))?.[1];

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stagedoor-livekit-'));
  mkdirSync(path.join(folder, 'bin'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, script: string): void {
  const file = path.join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
const livekitOf = (version: string) => `echo "livekit-server version ${version}"`;
/** A `go` that is new enough and whose "build" writes a server that runs. Each build leaves a line in `builds`. */
const workingGo = `
case "$1" in
  env) echo go1.26.0 ;;
  build) echo built >> ${'"$BUILDS"'}
    while [ "$1" != -o ]; do shift; done
    printf '#!/bin/sh\\n${livekitOf(pinned ?? '').replaceAll('"', '\\"')}\\n' > "$2"; /bin/chmod 755 "$2" ;;
esac`;

const options = () => ({
  say: (line: string) => void said.push(line),
  env: { PATH: path.join(folder, 'bin'), BUILDS: path.join(folder, 'builds') },
  cache: path.join(folder, 'cache'),
});

test('one on PATH is used', async () => {
  put('livekit-server', livekitOf(pinned ?? ''));
  expect(await ensureLivekit(options())).toBe('livekit-server');
  expect(said).toEqual([]);
});

test('an old one on PATH is passed over, and that is said', async () => {
  put('livekit-server', livekitOf('1.7.0'));
  put('go', workingGo);
  expect(await ensureLivekit(options())).toContain('cache/livekit-v');
  expect(said[0]).toMatch(/v1\.7\.0 on PATH is passed over/);
});

test('it is built once, with a line before and after, and then taken from the cache', async () => {
  put('go', workingGo);
  const binary = await ensureLivekit(options());
  expect(existsSync(binary)).toBe(true);
  expect(said[0]).toMatch(/^LiveKit v\S+: building \(about 2–3 minutes, once\)…$/);
  expect(said[1]).toMatch(/built in \d+ s/);
  said = [];
  expect(await ensureLivekit(options())).toBe(binary);
  expect(said).toEqual([]);
});

test('two starts at once build it once', async () => {
  put('go', workingGo);
  await Promise.all([ensureLivekit(options()), ensureLivekit(options())]);
  expect(readFileSync(path.join(folder, 'builds'), 'utf8')).toBe('built\n');
});

const threeWays = /install Go 1\.26[\s\S]*put a livekit-server on PATH[\s\S]*set LIVEKIT_URL/;

test('without Go, all three ways out are named', async () => {
  await expect(ensureLivekit(options())).rejects.toThrow('Go is not installed.');
  await expect(ensureLivekit(options())).rejects.toThrow(threeWays);
  expect((await livekitSource(options())).is).toBe('nowhere');
});

test('with an old Go, all three ways out are named', async () => {
  put('go', 'echo go1.21.3');
  await expect(ensureLivekit(options())).rejects.toThrow('Go is too old: go1.21.3.');
  await expect(ensureLivekit(options())).rejects.toThrow(threeWays);
});

test('a build that fails shows Go’s own words, and leaves nothing behind', async () => {
  put('go', 'case "$1" in env) echo go1.26.0 ;; *) echo "dial tcp: no route to host" >&2; exit 1 ;; esac');
  await expect(ensureLivekit(options())).rejects.toThrow(/no route to host[\s\S]*could not be built/);
  expect((await livekitSource(options())).is).toBe('buildable');
});

test('a disk that becomes full during the build is named', async () => {
  put('go', 'case "$1" in env) echo go1.26.0 ;; *) echo "write: no space left on device" >&2; exit 1 ;; esac');
  await expect(ensureLivekit(options())).rejects.toThrow(/The disk became full\. Free about/);
});
