// Connections that are cut in the middle of a message, delayed, silent or too slow: everybody is whole again, and nobody else notices.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import { closeCodes } from '#platform/live/protocol.ts';
import { freePort } from '#tests/flows/free-port.ts';
import { dice } from './dice.ts';
import { expectKept, expectTrueTo, readLedger } from './ledger.ts';
import type { Person } from './person.ts';
import type { SceneOptions } from './scene.ts';
import { Scene, speakerTabs } from './scene.ts';
import { sized } from './size.ts';
import type { TcpProxy } from './tcp-proxy.ts';
import { openTcpProxy } from './tcp-proxy.ts';

/** What a browser says of a connection that ended without a goodbye. */
const cutCode = 1006;

/** What may wait for one reader (maxBufferedBytes of the live server). */
const waitingMiB = 1;
/** For the talk itself: the last messages, in memory and as text. */
const marginMiB = 30;

const enders: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of enders.splice(0).reverse()) await end();
});

async function openScene(options: SceneOptions = {}) {
  const { scene, host } = await Scene.open(options);
  enders.push(
    () => scene.forget(),
    () => scene.end(),
  );
  const proxy = await openTcpProxy(() => Number(new URL(scene.server.origin).port));
  enders.push(() => proxy.close());
  return { scene, host, proxy };
}
const joinThrough = (scene: Scene, proxy: TcpProxy, name: string) =>
  scene.join(name, name.includes('#') ? 'speaker' : 'participant', () => `http://127.0.0.1:${proxy.port}`);

/** Everybody has the last word; then the log is compared with what each of them said, saw and holds. */
async function expectWhole(scene: Scene, host: Person, said: Map<Person, string[]>, observers: Person[]): Promise<void> {
  await host.say('that was all');
  said.set(host, [...(said.get(host) ?? []), 'that was all']);
  for (const person of observers)
    await person.until(() => person.all.chat.messages.at(-1)?.text === 'that was all', 'the last word');
  await scene.end();
  const db = await openEmbeddedDatabase({ dataDir: scene.dataDir, logger: quietLogger });
  const ledger = await readLedger(db, scene.stream);
  await db.close();
  expectKept(ledger, said);
  for (const [person, own] of said) expect(person.acknowledged).toHaveLength(own.length);
  expectTrueTo(ledger, observers);
}

it('connections cut at a byte of chance, with delays: no command is lost or doubled, and every state is whole', async () => {
  const { scene, host, proxy } = await openScene();
  const roll = dice();
  const cuts = sized({ ci: 15, long: 200 });
  const people = await Promise.all([...speakerTabs(5), 'participant1'].map((name) => joinThrough(scene, proxy, name)));
  proxy.delay(() => (roll() < 0.3 ? roll() * 60 : 0));
  const said = new Map([host, ...people].map((person): [Person, string[]] => [person, []]));
  /** Others' chat has a pace. */
  const gapOf = (person: Person) => (person.name.startsWith('participant') ? 1_100 : 60);
  let over = false;
  const talking = [...said].map(async ([person, own]) => {
    for (let number = 0; !over; number++) {
      const text = `${person.name} ${number}`;
      own.push(text);
      await person.say(text);
      await sleep(gapOf(person));
    }
  });
  for (let cut = 0; cut < cuts; cut++) {
    await Promise.all(people.map((person) => person.until(() => person.isOpen, 'to be back')));
    const before = people.map((person) => person.sockets);
    proxy.cutInside(roll);
    await Promise.all(people.map((person, index) => person.until(() => person.sockets > (before[index] ?? 0), 'the cut')));
  }
  over = true;
  await Promise.all(talking);
  expect(host.sockets).toBe(1);
  await expectWhole(scene, host, said, [host, ...people]);
});

it('connections that fall silent without an end: people come back by themselves, and the server forgets what is dead', async () => {
  const metricsPort = `${await freePort()}`;
  const { scene, host, proxy } = await openScene({ env: { METRICS_PORT: metricsPort } });
  const people = await Promise.all([1, 2, 3].map((number) => joinThrough(scene, proxy, `participant${number}`)));
  const said = new Map([host, ...people].map((person): [Person, string[]] => [person, [`${person.name}, into the silence`]]));
  proxy.silence();
  await Promise.all([...said.keys()].map((person) => person.say(`${person.name}, into the silence`)));
  expect(people.map((person) => person.sockets)).toEqual([2, 2, 2]);
  const held = await sockets(metricsPort);
  expect(held).toBeGreaterThanOrEqual(4);
  // Two pings without an answer: up to a minute.
  if (sized({ ci: false, long: true })) while ((await sockets(metricsPort)) !== 4) await sleep(200);
  await expectWhole(scene, host, said, [host, ...people]);
});

it('readers that are too slow are closed and come back whole; their neighbours notice nothing, and the server keeps its size', async () => {
  const { scene, host } = await openScene({ memoryProbe: true });
  const neighbours = await Promise.all(speakerTabs(6).map((name) => scene.join(name, 'speaker')));
  const patient = await scene.join('participant20');
  const slow = [
    patient,
    ...(await Promise.all(numbers(21, sized({ ci: 3, long: 8 })).map((number) => scene.join(`participant${number}`)))),
  ];
  const said = new Map([host, ...neighbours].map((person): [Person, string[]] => [person, []]));
  const longText = '€'.repeat(1_900);
  let over = false;
  const before = await scene.server.heldMiB();
  let most = before;
  const talking = [...said].map(async ([person, own]) => {
    for (let number = 0; !over; number++) {
      const text = `${person.name} ${number} ${longText}`;
      own.push(text);
      await person.say(text);
      // No wait for anything: as fast as a socket may send.
      await sleep(55);
    }
  });
  for (const person of slow) person.pause();
  // Kernels hold a good deal, and how much differs: one of them looks again and again whether it was closed.
  for (let megabytes = 6; patient.closeCodes.length === 0; megabytes += 2) {
    const from = host.bytes;
    await host.until(() => host.bytes - from > megabytes * 1024 * 1024, 'more to have been said');
    most = Math.max(most, await scene.server.heldMiB());
    const reached = host.all.chat.sent;
    patient.resume();
    await patient.until(() => patient.closeCodes.length > 0 || patient.all.chat.sent >= reached, 'all that was held back');
    if (patient.closeCodes.length === 0) patient.pause();
  }
  over = true;
  await Promise.all(talking);
  // With the code when it reads on within three seconds, else without a word: through a full buffer none can be said.
  expect(patient.closeCodes).toHaveLength(1);
  expect([closeCodes.comeBack, cutCode]).toContain(patient.closeCodes[0]);
  for (const person of slow) person.resume();
  await expectWhole(scene, host, said, [host, ...neighbours, ...slow]);
  for (const person of slow) expect(person.sockets).toBe(2);
  for (const person of [host, ...neighbours]) expect(person.sockets).toBe(1);
  console.log(`Slow readers: the server held ${before.toFixed(1)} MiB before and ${most.toFixed(1)} MiB at most.`);
  expect(most - before).toBeLessThan(slow.length * waitingMiB + marginMiB);
});

const numbers = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

async function sockets(metricsPort: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  return Number(/sockets\S* (\d+)/.exec(text.replaceAll(/^#.*$/gm, ''))?.[1]);
}
