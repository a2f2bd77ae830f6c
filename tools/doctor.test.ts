// Owns the proof that the doctor names what would stop a start, with its way out, and fails exactly then.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { note } from './launcher/pid-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stagedoor-doctor-'));
  const pinned = /livekit-server v(\S+)/.exec(readFileSync(path.join(import.meta.dirname, '../media/go.mod'), 'utf8'))?.[1];
  mkdirSync(path.join(folder, 'bin'));
  for (const [name, says] of [
    ['livekit-server', `livekit-server version ${pinned}`],
    ['npm', '11.0.0'],
  ]) {
    writeFileSync(path.join(folder, 'bin', name as string), `#!/bin/sh\necho "${says}"\n`);
    chmodSync(path.join(folder, 'bin', name as string), 0o755);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function doctor(env: Record<string, string>, ...args: string[]) {
  const own = { PATH: path.join(folder, 'bin'), HOME: folder, DATA_DIR: path.join(folder, 'data') };
  const { status, stdout } = spawnSync(process.execPath, [path.join(import.meta.dirname, 'doctor.ts'), ...args], {
    env: { ...own, ...env },
    encoding: 'utf8',
  });
  return { status, stdout };
}

test('where all is there, a start can run; what only the tests need is a note', () => {
  const { status, stdout } = doctor({});
  expect(stdout).toContain('npm start can run.');
  expect(stdout).toMatch(/✓ LiveKit: v\S+ \(livekit-server\)/);
  expect(stdout).toMatch(
    /! Browser tests: chromium, ffmpeg, librsvg2-bin.* and [\w-]+ missing, only needed by npm test\. Install/,
  );
  expect(status).toBe(0);
});

test('without LiveKit and Go, the ways out are named', () => {
  rmSync(path.join(folder, 'bin/livekit-server'));
  const { status, stdout } = doctor({});
  expect(stdout).toMatch(/✗ LiveKit: [\s\S]*Go is not installed\.[\s\S]*set LIVEKIT_URL/);
  expect(status).toBe(1);
});

test('a Stagedoor that already runs is named', () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  note(path.join(folder, 'data'), 'launcher', other.pid as number);
  const { status, stdout } = doctor({});
  other.kill('SIGKILL');
  expect(stdout).toContain(`End it first: kill ${other.pid}`);
  expect(status).toBe(1);
});

test('wrong settings are named, for the way of starting that was asked for', () => {
  expect(doctor({ PORT: 'abc' }).stdout).toContain('✗ PORT: "abc" can’t be used. Give a number from 1 to 65535.');
  const serve = doctor({}, 'serve');
  expect(serve.stdout).toContain('✗ PUBLIC_URL: it is missing.');
  expect(serve.status).toBe(1);
});

test('a database that can’t be reached is named', () => {
  const { status, stdout } = doctor({ DATABASE_URL: 'postgres://user@127.0.0.1:9/stagedoor' });
  expect(stdout).toMatch(/✗ Database: 127\.0\.0\.1:9 can’t be reached/);
  expect(status).toBe(1);
});
