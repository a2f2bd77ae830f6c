// The process of the embedded database is killed with -9 while it saves itself: every backup that is there restores, and holds exactly what was there at its moment.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { restore } from '#platform/backup/restore.ts';
import { everyRow } from '#platform/backup/testing.ts';
import { projectRoot } from '#platform/config/environment.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { dice } from './dice.ts';
import { sized } from './size.ts';

const kills = sized({ ci: 1, long: 10 });
const backupsBeforeKill = 3;

it('kill -9 in the middle of a backup: no half one is taken for a whole, and the newest has every row of its moment', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'stagedoor-saved-'));
  const folder = path.join(dataDir, 'backups');
  const whole = async () => (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('Z')).sort();
  const next = dice();
  for (let kill = 0; kill < kills; kill++) {
    const before = (await whole()).length;
    let written = 0;
    const child = fork(path.join(projectRoot, 'tests/faults/saving-child.ts'), [dataDir, String(kill)], {
      ...{ cwd: projectRoot, stdio: 'ignore', execArgv: [] },
    });
    child.on('message', (number) => {
      written = number as number;
    });
    const ended = once(child, 'exit');
    // The server goes on answering while it is saved: as much again is written during each backup.
    const answered: number[] = [];
    for (let count = 1; count <= backupsBeforeKill; count++) {
      await vi.waitFor(async () => expect((await whole()).length).toBeGreaterThanOrEqual(before + count), 60_000);
      answered.push(written);
    }
    const last = Math.ceil(next() * 20);
    const target = written + last;
    await vi.waitFor(() => expect(written).toBeGreaterThanOrEqual(target), 60_000);
    child.kill('SIGKILL');
    await ended;
    expect(answered.every((count, at) => at === 0 || count > (answered[at - 1] ?? 0))).toBe(true);
  }

  const old = await openEmbeddedDatabase({ dataDir, logger: quietLogger });
  const all = await everyRow(old);
  await old.close();
  const newest = (await whole()).at(-1) ?? '';
  const restored = await openEmbeddedDatabase({ dataDir: 'memory://', logger: quietLogger });
  await restore(restored, await openFileStore(path.join(dataDir, 'restored')), path.join(folder, newest));
  const held = await everyRow(restored);
  for (const [table, rows] of Object.entries(held)) expect(all[table]).toEqual(expect.arrayContaining(rows));
  const [counts] = await restored.query<Record<string, number>>(
    `select (select count(*) from persons) as persons, (select count(*) from streams) as streams,
       (select count(*) from stream_events) as events,
       (select count(*) from streams where not exists (
          select from stream_events e join persons p on p.id::text = e.body->'speakers'->>0 where e.stream_id = streams.id and e.rev = head
        )) as torn`,
  );
  const { persons = 0, streams = 0, events = 0, torn } = counts ?? {};
  expect(torn).toBe(0);
  expect(events).toBe(streams);
  // Each person is written just before their Session.
  expect([0, 1]).toContain(persons - streams);
  expect(streams).toBeGreaterThan(0);
  await restored.close();
  await rm(dataDir, { recursive: true });
});
