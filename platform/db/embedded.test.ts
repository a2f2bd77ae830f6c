// Owns the proof of what only the embedded database promises: the disk, the lock, the event loop.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openEmbeddedDatabase } from './embedded.ts';
import { quietLogger } from './test-databases.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('embedded database on disk', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'stagedoor-db-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  test('kill -9 in the middle of work keeps what was acknowledged, and a second process is refused meanwhile', async () => {
    const script = `
      import { openEmbeddedDatabase } from ${JSON.stringify(import.meta.resolve('./embedded.ts'))};
      const logger = { warn() {}, error() {} };
      const db = await openEmbeddedDatabase({ dataDir: process.argv[1], logger });
      await db.query('create table counted (n int primary key)');
      for (let n = 1; ; n++) {
        await db.transaction(async (tx) => tx.query('insert into counted values ($1)', [n]));
        console.log(n);
      }`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let acknowledged = 0;
    for await (const line of createInterface(child.stdout)) {
      acknowledged = Number(line);
      if (acknowledged === 20) {
        await expect(openEmbeddedDatabase({ dataDir, logger: quietLogger })).rejects.toMatchObject({ code: 'data-dir-in-use' });
      }
      if (acknowledged >= 60) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');

    const db = await openEmbeddedDatabase({ dataDir, logger: quietLogger });
    const rows = await db.query<{ n: number }>('select n from counted order by n');
    await db.close();
    expect(rows.length).toBeGreaterThanOrEqual(acknowledged);
    expect(rows.map((row) => row.n)).toEqual(rows.map((_, index) => index + 1));
  });

  test('what is there and is no whole database is not touched, unless a killed first start left it', async () => {
    const own = join(dataDir, 'own');
    const folder = join(own, 'database');
    await mkdir(join(folder, 'base'), { recursive: true });
    await writeFile(join(folder, 'base', '1'), 'rows of somebody');
    const open = () => openEmbeddedDatabase({ dataDir: own, logger: quietLogger });
    // Refused again: the lock was given back.
    for (const _ of [1, 2]) await expect(open()).rejects.toThrow('PG_VERSION is missing');
    expect(await readFile(join(folder, 'base', '1'), 'utf8')).toBe('rows of somebody');
    await writeFile(join(own, 'database.being-made'), '');
    const db = await open();
    expect(await readdir(own)).not.toContain('database.being-made');
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
    await db.close();
  });

  test('a slow statement does not stall the event loop', async () => {
    const db = await openEmbeddedDatabase({ dataDir: 'memory://', logger: quietLogger });
    let turns = 0;
    const timer = setInterval(() => turns++, 10);
    let finished = false;
    const slow = db.query('select pg_sleep(1)').then(() => {
      finished = true;
    });
    // Many turns of the loop fit in before the statement ends: on one thread not a single one would.
    while (turns < 10) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(finished).toBe(false);
    await slow;
    clearInterval(timer);
    await db.close();
  });
});
