// Owns the proof that the cache holds whole things only, one worker at a time, and that a full or closed disk is told with its way out.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheFolder, explainWriteError, HouseError, installWhole, needSpace, withLock } from './cache.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stagedoor-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the cache folder follows the system', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/x/stagedoor');
  expect(cacheFolder({}, 'linux')).toBe(path.join(os.homedir(), '.cache/stagedoor'));
  expect(cacheFolder({}, 'darwin')).toBe(path.join(os.homedir(), 'Library/Caches/stagedoor'));
});

describe('installWhole', () => {
  const target = () => path.join(folder, 'deep/thing');

  test('shows the target only when it is complete', async () => {
    await installWhole(target(), async (draft) => {
      writeFileSync(path.join(draft, 'one'), '1');
      expect(existsSync(target())).toBe(false);
      writeFileSync(path.join(draft, 'two'), '2');
    });
    expect(readdirSync(target())).toEqual(['one', 'two']);
    expect(readdirSync(path.dirname(target()))).toEqual(['thing']);
  });

  test('leaves nothing behind when it fails', async () => {
    const failing = installWhole(target(), async (draft) => {
      writeFileSync(path.join(draft, 'one'), '1');
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect(readdirSync(path.dirname(target()))).toEqual([]);
  });

  test('is safe for two at once: the first one stays', async () => {
    const install = (text: string) => installWhole(target(), async (draft) => writeFileSync(path.join(draft, 'who'), text));
    await Promise.all([install('a'), install('b')]);
    expect(readdirSync(path.dirname(target()))).toEqual(['thing']);
    expect(['a', 'b']).toContain(readFileSync(path.join(target(), 'who'), 'utf8'));
  });
});

describe('withLock', () => {
  test('lets one work at a time', async () => {
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      await new Promise((resolve) => setTimeout(resolve, 20));
      working--;
    };
    await Promise.all([1, 2, 3].map(() => withLock('x', work, { folder })));
    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is given back when the work fails', async () => {
    await expect(withLock('x', () => Promise.reject(new Error('no')), { folder })).rejects.toThrow('no');
    expect(await withLock('x', async () => 'yes', { folder })).toBe('yes');
  });

  test('of a process that is gone is taken over', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('exit', resolve));
    writeFileSync(path.join(folder, 'x'), String(gone.pid));
    expect(await withLock('x', async () => 'mine', { folder })).toBe('mine');
  });

  test('whose pid lives but which nobody touches any more is taken over', async () => {
    const file = path.join(folder, 'x');
    writeFileSync(file, String(process.pid));
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(file, longAgo, longAgo);
    expect(await withLock('x', async () => 'mine', { folder })).toBe('mine');
  });
});

describe('a disk that refuses', () => {
  test('too little space stops before the work, with both numbers', async () => {
    await expect(needSpace(path.join(folder, 'not/there'), 1e12, 'building')).rejects.toThrow(
      /building needs about 1000000000000 MB, and \d+ MB are free/,
    );
    await needSpace(folder, 0, 'nothing');
  });

  test('ENOSPC and EACCES become sentences; other errors stay', () => {
    const error = (code: string) => Object.assign(new Error(code), { code });
    expect(explainWriteError(error('ENOSPC'), folder)).toEqual(
      new HouseError(`The disk that holds ${folder} is full. Free some space and run the same command again.`),
    );
    expect((explainWriteError(error('EACCES'), folder) as Error).message).toContain('XDG_CACHE_HOME');
    const other = error('EIO');
    expect(explainWriteError(other, folder)).toBe(other);
  });

  test('a cache that is a file is told', async () => {
    mkdirSync(path.join(folder, 'x'));
    writeFileSync(path.join(folder, 'x/file'), '');
    await expect(installWhole(path.join(folder, 'x/file/thing'), async () => {})).rejects.toThrow();
  });
});
