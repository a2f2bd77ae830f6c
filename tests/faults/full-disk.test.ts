// The disk is full: commands are refused in clear words, nothing acknowledged is lost, and it goes on when there is room again.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { DatabaseAway } from '#platform/db/contract.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { openServerDatabase } from '#platform/db/server.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import type { ApiError } from '#platform/ui/api.ts';
import { deck } from '#tests/materials/decks.ts';
import { upload } from '#tests/materials/upload.ts';
import { expectKept, expectTrueTo, readLedger } from './ledger.ts';
import type { Person } from './person.ts';
import { killablePostgres } from './postgres-of-ours.ts';
import { Scene, speakerTabs } from './scene.ts';
import { sized } from './size.ts';

const rounds = sized({ ci: 1, long: 4 });
const mebibyte = 1024 * 1024;

const enders: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of enders.splice(0).reverse()) await end();
});

/** A file system in memory, of its own and small. Null where we may not mount one. */
function mountSmall(mebibytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder]);
  if (status !== 0) {
    rmSync(folder, { recursive: true });
    return null;
  }
  chmodSync(folder, 0o777);
  enders.push(() => {
    spawnSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

const room = (folder: string) => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};
/** Leaves so much. */
function fill(folder: string, left: number): void {
  writeFileSync(join(folder, 'filler'), Buffer.alloc(Math.max(0, room(folder) - left)));
}

interface Disk {
  scene: Scene;
  host: Person;
  /** Reads what is there when the app server has ended. */
  db(): ReturnType<typeof openServerDatabase>;
}

/** Pieces of its log lie ready then, so that it is the rows that find no room: what happens where the log finds none is another test's. */
async function makeLogReady(db: Db): Promise<void> {
  for (let piece = 0; piece < 4; piece++) {
    await db.query('create table piece ()');
    await db.query('drop table piece');
    await db.query('select pg_switch_wal()');
  }
  await db.query('checkpoint');
  await db.close();
}

const systems: { name: string; open: (folder: string) => Promise<Disk> }[] = [
  {
    name: 'embedded database',
    async open(folder) {
      const dataDir = join(folder, 'data');
      await makeLogReady(await openEmbeddedDatabase({ dataDir, logger: quietLogger }));
      const { scene, host } = await Scene.open({ dataDir });
      enders.push(() => scene.end());
      return {
        scene,
        host,
        db: () => openEmbeddedDatabase({ dataDir: scene.dataDir, logger: quietLogger }),
      };
    },
  },
  ...killablePostgres.map(({ name, start }) => ({
    name,
    async open(folder: string): Promise<Disk> {
      const server = await start({ folder, settings: ['min_wal_size=80MB', 'max_wal_size=96MB'] });
      enders.push(() => server.end());
      await makeLogReady(await openServerDatabase({ url: server.url, logger: quietLogger }));
      const { scene, host } = await Scene.open({ databaseUrl: server.url });
      enders.push(
        () => scene.forget(),
        () => scene.end(),
      );
      return {
        scene,
        host,
        db: () => openServerDatabase({ url: server.url, logger: quietLogger, connections: 1 }),
      };
    },
  })),
];

const probe = mountSmall(1);
for (const end of enders.splice(0).reverse()) end();
if (!probe)
  console.log('Left out: the full disk. This machine lets us mount no small file system (it takes root or CAP_SYS_ADMIN).');

/** Says long things, slowly enough for the server, until `count` of them were refused; gives the codes. */
async function sayUntilRefused(person: Person, round: number, said: string[], count: number): Promise<string[]> {
  const codes: string[] = [];
  for (let number = 0; codes.length < count; number++) {
    const text = `${person.name} ${round} ${number} ${randomBytes(1_400).toString('base64')}`;
    said.push(text);
    await person.say(text).catch((error: ApiError) => codes.push(error.code));
    await sleep(55);
  }
  return codes;
}

/** Uploads lie on the same disk: what is known to find no room, and what meets its end on the way. */
async function uploadsAreRefused(folder: string, scene: Scene): Promise<void> {
  const to = { app: scene.server, session: scene.stream, cookie: await scene.cookieOf('host') };
  const files = () =>
    readdirSync(join(scene.dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  fill(folder, 2 * mebibyte);
  expect(await upload(to, deck({ pages: 3 }))).toMatchObject({ status: 507, code: 'storage-full' });
  rmSync(join(folder, 'filler'));
  // A little more than stays reserved for the database.
  fill(folder, 12 * mebibyte);
  const large = Buffer.concat([deck({ pages: 3 }), randomBytes(16 * mebibyte)]);
  expect(await upload(to, large, { isChunked: true })).toMatchObject({ status: 507, code: 'storage-full' });
  expect(files()).toEqual([]);
  rmSync(join(folder, 'filler'));
  expect((await upload(to, deck({ pages: 3 }))).status).toBe(201);
}

describe.each(probe ? systems : [])('a full disk under the $name', ({ open }) => {
  it('commands are refused in clear words, sockets stay open, nothing acknowledged is lost, and it goes on with room', async () => {
    const folder = mountSmall(192) as string;
    const { scene, host, db } = await open(folder);
    const others = await Promise.all(speakerTabs(7).map((name) => scene.join(name, 'speaker')));
    const all = [host, ...others];
    const said = new Map(all.map((person): [Person, string[]] => [person, []]));
    for (let round = 0; round < rounds; round++) {
      fill(folder, mebibyte / 2);
      const codes = await Promise.all([...said].map(([person, own]) => sayUntilRefused(person, round, own, 2)));
      expect(new Set(codes.flat())).toEqual(new Set(['storage-full']));
      await host.ping();
      rmSync(join(folder, 'filler'));
      for (const [person, own] of said) {
        own.push(`${person.name}, with room, ${round}`);
        await person.say(`${person.name}, with room, ${round}`);
      }
    }
    if (scene.dataDir.startsWith(folder)) await uploadsAreRefused(folder, scene);
    await host.say('that was all');
    for (const person of all) await person.until(() => person.all.chat.messages.at(-1)?.text === 'that was all', 'the last word');
    expect(all.flatMap((person) => person.closeCodes)).toEqual([]);
    await scene.end();
    const stored = await db();
    const ledger = await readLedger(stored, scene.stream);
    await stored.close();
    expectKept(ledger, said);
    expectTrueTo(ledger, all);
  });
});

describe.each(probe ? ['the log of the embedded database finds no room'] : [])('%s', () => {
  it('it says that it is lost instead of being silent for ever, and everything acknowledged is there when there is room', async () => {
    const folder = mountSmall(128) as string;
    const dataDir = join(folder, 'data');
    let lost = 0;
    const db = await openEmbeddedDatabase({ dataDir, logger: quietLogger, onLost: () => lost++ });
    await db.query('create table kept (id bigint generated always as identity, text text)');
    // More room for rows than there is in the piece of the log that lies ready.
    fill(folder, 14 * mebibyte);
    let acknowledged = 0;
    let failure: unknown = null;
    while (!failure) {
      await db.query('insert into kept (text) values ($1)', [randomBytes(1_400).toString('base64')]).then(
        () => acknowledged++,
        (error) => (failure = error),
      );
    }
    expect(failure).toBeInstanceOf(DatabaseAway);
    expect(lost).toBe(1);
    await expect(db.query('select 1')).rejects.toBeInstanceOf(DatabaseAway);
    await db.close();
    await expect(openEmbeddedDatabase({ dataDir, logger: quietLogger })).rejects.toThrow();
    rmSync(join(folder, 'filler'));
    const again = await openEmbeddedDatabase({ dataDir, logger: quietLogger });
    expect(await again.query('select count(*) from kept')).toEqual([{ count: acknowledged }]);
    await again.close();
  });
});
