// A person is erased: nothing that they said or were called is stored any more, Sessions go on as if it had been deleted, and a backup from before brings nothing back.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { backUp } from '#platform/backup/back-up.ts';
import { everyRow } from '#platform/backup/testing.ts';
import { projectRoot } from '#platform/config/environment.ts';
import type { Db } from '#platform/db/contract.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { openServerDatabase } from '#platform/db/server.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { soon, startTestApp } from './app.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { flowDatabases } from './flow-databases.ts';
import { follow, openOwn } from './support-bed.ts';

const enders: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of enders.splice(0).reverse()) await end();
});

const email = 'participant1@demo.example';
const canary = 'heron';
const everyone = { channel: 'everyone' };

async function within<T>({ dataDir, databaseUrl }: FlowDatabase['config'], work: (db: Db) => Promise<T>): Promise<T> {
  const db = databaseUrl
    ? await openServerDatabase({ url: databaseUrl, logger: quietLogger, connections: 2 })
    : await openEmbeddedDatabase({ dataDir, logger: quietLogger });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** As in a terminal. */
function command({ dataDir, databaseUrl = '' }: FlowDatabase['config'], file: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(projectRoot, file), ...args], {
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
    encoding: 'utf8',
  });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
}

describe.each(flowDatabases)('on the $name', ({ open }) => {
  it('a person’s words and rows are gone, also after restoring a backup that has them', async () => {
    const database = await open();
    enders.push(() => database.end());
    let app = await startTestApp(database.config);
    const stream = (await app.point(soon)).id;
    const host = await app.join('host', stream, 'speaker');
    const cookie = await app.signIn('participant1');
    const ada = await app.join('participant1', stream);
    expect(await host.send('stage.enter', { microphone: false, camera: false })).toBeNull();
    expect(await host.send('lifecycle.start')).toBeNull();
    expect(await ada.send('chat.send', { ...everyone, text: `${canary} in the chat` })).toBeNull();
    expect(await host.send('chat.send', { ...everyone, text: 'what the host said' })).toBeNull();
    expect(await ada.send('questions.ask', { text: `${canary} by name`, anonymous: false })).toBeNull();
    expect(await ada.send('questions.ask', { text: `${canary} anonymously`, anonymous: true })).toBeNull();
    const talk = await follow(app, cookie, await openOwn(app, cookie));
    expect(await talk.send('support.send', { text: `${canary} needs help` })).toBeNull();
    talk.cut();
    await app.close();

    const folder = path.join(mkdtempSync(path.join(tmpdir(), 'stagedoor-erase-')), 'backup');
    enders.push(() => rmSync(path.dirname(folder), { recursive: true }));
    await within(database.config, async (db) =>
      backUp(db, await openFileStore(path.join(database.config.dataDir, 'files')), folder),
    );
    const traces = async (config: FlowDatabase['config']) => {
      const rows = Object.entries(await within(config, everyRow));
      return rows.flatMap(([table, lines]) =>
        lines.filter((line) => line.includes(canary) || line.includes(email)).map(() => table),
      );
    };
    expect(new Set(await traces(database.config))).toEqual(new Set(['stream_events', 'accounts']));

    expect(command(database.config, 'apps/server/erase-command.ts', email)).toContain('is erased');
    expect(await traces(database.config)).toEqual([]);
    const next = await open();
    enders.push(() => next.end());
    copyFileSync(path.join(database.config.dataDir, 'erased-people'), path.join(next.config.dataDir, 'erased-people'));
    command(next.config, 'tools/backup/command.ts', 'restore', folder);
    expect(await traces(next.config)).toEqual([]);

    app = await startTestApp(database.config);
    const again = await app.join('host', stream, 'speaker');
    expect(again.all.chat.messages.map(({ text, deleted }) => [text, deleted])).toEqual([
      ['', true],
      ['what the host said', false],
    ]);
    expect(again.all.questions).toMatchObject({ questions: [], last: 2 });
    const older = await app.get<{ messages: { deleted: boolean }[] }>(
      `/api/sessions/${stream}/chat?channel=everyone&before=1000`,
      await app.signIn('host'),
    );
    expect(older.messages.map(({ deleted }) => deleted)).toEqual([true, false]);
    const signIn = await app.request('POST', '/api/accounts/sign-in', undefined, { email, password: 'stagedoor-demo' });
    expect(signIn.status).toBe(401);
    await app.close();
  });
});
