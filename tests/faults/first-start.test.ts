// The very first start is killed with -9, again and again, while the embedded database is made and its tables are: the next start has a whole database.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { projectRoot } from '#platform/config/environment.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { migrate, migrationsFolder } from '#platform/db/migrate.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import { dice } from './dice.ts';
import { sized } from './size.ts';

/** Each round begins with an empty folder, and is killed so often before it may finish. */
const rounds = sized({ ci: 1, long: 20 });
const killsPerRound = 3;

const startIn = (dataDir: string) =>
  fork(path.join(projectRoot, 'tests/faults/first-start-child.ts'), [dataDir], {
    cwd: projectRoot,
    stdio: 'ignore',
    execArgv: [],
  });

/** How long the making of the database takes here, from its first file, and then the making of its tables. */
async function measure(dataDir: string): Promise<{ makingMs: number; wholeMs: number }> {
  const child = startIn(dataDir);
  await begun(dataDir, child);
  const at = performance.now();
  const ended = once(child, 'exit');
  const words: unknown[] = [];
  const opened = new Promise<number>((resolve) => {
    child.on('message', (word) => {
      if (words.push(word) === 1) resolve(performance.now() - at);
      else child.kill('SIGKILL');
    });
  });
  const makingMs = await Promise.race([opened, ended.then(() => 0)]);
  await ended;
  expect(words).toEqual(['open', 'migrated']);
  return { makingMs, wholeMs: performance.now() - at };
}

async function begun(dataDir: string, child: ChildProcess): Promise<void> {
  const isThere = async () => (await readdir(dataDir).catch(() => [])).some((name) => name.startsWith('database'));
  while (child.exitCode === null && !(await isThere())) await sleep(2);
}

async function killAfter(dataDir: string, ms: number): Promise<void> {
  const child = startIn(dataDir);
  const ended = once(child, 'exit');
  await begun(dataDir, child);
  await Promise.race([sleep(ms), ended]);
  child.kill('SIGKILL');
  await ended;
}

it(
  'a start that was killed at any moment leaves nothing that the next one stumbles over',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'stagedoor-first-start-'));
    const next = dice();
    const { makingMs, wholeMs } = await measure(path.join(folder, 'measured'));
    const whole = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).sort();
    const moments: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const dataDir = path.join(folder, `round-${round}`);
      for (let kill = 0; kill < killsPerRound; kill++) {
        // The last one of a round comes when tables may be under way.
        const most = kill === killsPerRound - 1 ? wholeMs : makingMs;
        moments.push(Math.round(next() * most));
        await killAfter(dataDir, moments.at(-1) ?? 0);
      }
      const db = await openEmbeddedDatabase({ dataDir, logger: quietLogger });
      await migrate(db);
      const applied = await db.query<{ name: string }>('select name from migrations order by name');
      expect(
        applied.map(({ name }) => name),
        `killed after ${moments.join(', ')} ms`,
      ).toEqual(whole);
      await db.query("insert into streams (id, kind) values (gen_random_uuid(), 'session')");
      expect(await db.query('select kind from streams')).toEqual([{ kind: 'session' }]);
      await db.close();
    }
    console.log(
      `making ${Math.round(makingMs)} ms, with tables ${Math.round(wholeMs)} ms; killed after ${moments.join(', ')} ms`,
    );
    await rm(folder, { recursive: true, force: true });
  },
  sized({ ci: 120_000, long: 900_000 }),
);
