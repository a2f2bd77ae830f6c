// Everybody comes back at once: after a network that broke for all, and after the server was killed. All have their state again, and who stayed is answered meanwhile.
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import { expectKept, expectTrueTo, readLedger } from './ledger.ts';
import { Person } from './person.ts';
import { Scene } from './scene.ts';
import { sized } from './size.ts';

const crowdSize = sized({ ci: 200, long: 1_000 });

/** People with a login each, written into the database as signing in would: doing that a thousand times is slow on purpose. */
async function addCrowd(db: Db, secret: string): Promise<string[]> {
  const cookies: string[] = [];
  for (let number = 0; number < crowdSize; number++) {
    const [person, token] = [randomUUID(), randomBytes(32).toString('base64url')];
    const hash = createHmac('sha256', secret).update(`login ${token}`).digest('base64url');
    await db.query('insert into persons (id, name) values ($1, $2)', [person, `Guest ${number}`]);
    await db.query('insert into accounts (person_id, email) values ($1, $2)', [person, `guest${number}@crowd.example`]);
    await db.query('insert into logins (id, person_id, token_hash) values ($1, $2, $3)', [randomUUID(), person, hash]);
    cookies.push(`stagedoor-login=${token}`);
  }
  return cookies;
}

it(`${crowdSize} people who come back at once all have their state again; others are answered meanwhile, and no command is lost`, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'stagedoor-crowd-'));
  const secret = `${randomUUID()}${randomUUID()}`;
  const { scene, host } = await Scene.open({ dataDir, env: { SECRET: secret } });
  await scene.server.end();
  const before = await openEmbeddedDatabase({ dataDir, logger: quietLogger });
  const cookies = await addCrowd(before, secret);
  await before.close();
  await scene.start();
  const options = { stream: scene.stream, as: 'participant' as const, origin: () => scene.server.origin };
  const crowd = cookies.map((cookie, index) => new Person({ ...options, name: `guest${index}`, cookie }));
  const said = new Map([host, ...crowd].map((person): [Person, string[]] => [person, []]));
  try {
    await whole(
      crowd,
      crowd.map(() => 0),
    );
    await host.until(() => host.isOpen, 'to be back');

    for (const how of ['network', 'server'] as const) {
      const sockets = crowd.map((person) => person.sockets);
      const given = crowd.map((person) => {
        said.get(person)?.push(`${person.name}, before the ${how} broke`);
        return person.say(`${person.name}, before the ${how} broke`);
      });
      const brokeAt = performance.now();
      if (how === 'server') {
        await scene.server.kill();
        await scene.start();
      } else for (const person of crowd) person.cut();
      let back = false;
      const returned = whole(crowd, sockets).then(() => (back = true));
      let longestMs = 0;
      for (let number = 0; !back || number < 3; number++) {
        const text = `host, while they come back, ${how} ${number}`;
        said.get(host)?.push(text);
        const askedAt = performance.now();
        await host.say(text);
        longestMs = Math.max(longestMs, performance.now() - askedAt);
        // No wait for anything: as fast as a socket may send.
        await sleep(60);
      }
      await returned;
      const backMs = performance.now() - brokeAt;
      await Promise.all(given);
      console.log(
        `${crowdSize} back after the ${how} broke: ${Math.round(backMs)} ms; who stayed waited ${Math.round(longestMs)} ms at most.`,
      );
    }
    await host.say('that was all');
    said.get(host)?.push('that was all');
    for (const person of crowd)
      await person.until(() => person.all.chat.messages.at(-1)?.text === 'that was all', 'the last word');
    for (const person of crowd) person.leave();
    await scene.end();
    const db = await openEmbeddedDatabase({ dataDir, logger: quietLogger });
    const ledger = await readLedger(db, scene.stream);
    await db.close();
    expectKept(ledger, said);
    for (const [person, own] of said) expect(person.acknowledged).toHaveLength(own.length);
    expectTrueTo(ledger, [host, ...crowd]);
  } finally {
    for (const person of crowd) person.leave();
    await scene.end();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** On a new socket each, with the state. */
async function whole(crowd: readonly Person[], sockets: readonly number[]): Promise<void> {
  await Promise.all(
    crowd.map((person, index) =>
      person.until(() => person.sockets > (sockets[index] ?? 0) && person.isOpen && 'all' in person.state, 'to be back'),
    ),
  );
}
