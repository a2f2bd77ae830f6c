// The app server is killed with -9 again and again under load, and so is PostgreSQL: nothing acknowledged is lost, doubled or out of order, for anybody.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { openServerDatabase } from '#platform/db/server.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import { LiveClient } from '#tests/flows/live-client.ts';
import { dice } from './dice.ts';
import { expectKept, expectTrueTo, readLedger, textsOf } from './ledger.ts';
import type { Person } from './person.ts';
import { killablePostgres } from './postgres-of-ours.ts';
import { Scene, speakerTabs } from './scene.ts';
import { sized } from './size.ts';

const commands = sized({ ci: 1_000, long: 10_000 });
const kills = sized({ ci: 4, long: 20 });
const writers = sized({ ci: 10, long: 24 });
/** Below what one socket may send, so that the order is the writer's own. */
const gapMs = 55;
const mostInFlight = 8;

interface Database {
  databaseUrl?: string;
  /** Kills the database where that can be done; the turns take each way once. */
  kill?: (turn: number) => Promise<void>;
  open(dataDir: string): Promise<Db>;
  end(): Promise<void>;
}

const embedded: Database = {
  open: (dataDir) => openEmbeddedDatabase({ dataDir, logger: quietLogger }),
  end: async () => undefined,
};

const databases = [
  { name: 'embedded database', start: async (): Promise<Database> => embedded },
  ...killablePostgres.map(({ name, start }) => ({
    name,
    async start(): Promise<Database> {
      const server = await start();
      return {
        databaseUrl: server.url,
        async kill(turn) {
          await server.kill(turn % 2 === 0 ? 'all' : 'one');
          if (turn % 2 === 0) await server.start();
        },
        open: () => openServerDatabase({ url: server.url, logger: quietLogger, connections: 1 }),
        end: () => server.end(),
      };
    },
  })),
];

/** Says so many things, a few of them under way at a time. Resolves when all are acknowledged. */
async function write(person: Person, count: number, said: string[]): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  for (let number = 0; number < count; number++) {
    const text = `${person.name} ${number}`;
    said.push(text);
    const one = person.say(text, person.name === 'host' && number % 2 === 0 ? 'backstage' : 'everyone');
    inFlight.add(one);
    void one.then(() => inFlight.delete(one));
    if (inFlight.size >= mostInFlight) await Promise.race(inFlight);
    await sleep(gapMs);
  }
  await Promise.all(inFlight);
}

/** Sends by hand, with known ids, just before the end; half is sent again afterwards, half never. */
class Doubter {
  readonly again: string[] = [];
  readonly never: string[] = [];
  readonly acknowledged: string[] = [];
  private pending: { id: ReturnType<typeof randomUUID>; text: string }[] = [];

  async send(scene: Scene): Promise<LiveClient> {
    const client = await this.connect(scene);
    this.pending = Array.from({ length: 20 }, () => ({ id: randomUUID(), text: `in doubt ${randomUUID()}` }));
    for (const { id, text } of this.pending)
      client.send('chat.send', { channel: 'everyone', text }, id).then(
        (refusal) => refusal === null && this.acknowledged.push(text),
        () => undefined,
      );
    return client;
  }

  async sendAgain(scene: Scene): Promise<void> {
    const client = await this.connect(scene);
    for (const [index, { id, text }] of this.pending.entries()) {
      if (index % 2 === 1) this.never.push(text);
      else {
        this.again.push(text);
        for (const _ of [0, 1]) expect(await client.send('chat.send', { channel: 'everyone', text }, id)).toBeNull();
      }
    }
    await client.close();
  }

  private async connect(scene: Scene): Promise<LiveClient> {
    const { origin } = scene.server;
    const cookie = await scene.cookieOf('cohost');
    return new LiveClient({ origin, cookie, stream: scene.stream, as: 'speaker' }).connect();
  }
}

/** At a moment of chance within each share of the work. */
async function breakEverything(scene: Scene, all: readonly Person[], database: Database, doubter: Doubter): Promise<void> {
  const roll = dice();
  const done = () => all.reduce((sum, person) => sum + person.acknowledged.length, 0);
  for (let turn = 0; turn < kills; turn++) {
    const dueAt = (commands * (turn + roll())) / kills;
    while (done() < Math.min(dueAt, commands - 1)) await sleep(5);
    if (database.kill && turn % 4 >= 2) {
      await database.kill(turn);
      continue;
    }
    const last = await doubter.send(scene);
    // The fault's own moment of chance: before, while, or after the last command is stored.
    await sleep(roll() * 20);
    await scene.server.kill();
    await last.until(() => last.closedWith !== null, 'the end');
    await scene.start();
    await doubter.sendAgain(scene);
  }
}

async function cutAgainAndAgain(person: Person, signal: AbortSignal): Promise<void> {
  const roll = dice();
  while (!signal.aborted) {
    await person.until(() => person.isOpen || signal.aborted, 'to be back');
    // The fault's own moment of chance.
    await sleep(roll() * 300);
    person.cut();
    await person.until(() => !person.isOpen || signal.aborted, 'the cut');
  }
}

describe.each(databases)('killed with -9: $name', ({ start }) => {
  it(`${commands} commands and ${kills} kills: nothing acknowledged is lost, doubled or out of order, for every observer`, async () => {
    const database = await start();
    const { scene, host } = await Scene.open(database);
    const speaker = await scene.join('cohost', 'speaker');
    const participant = await scene.join('participant1');
    const restless = await scene.join('participant2');
    const all = [host, ...(await Promise.all(speakerTabs(writers - 1).map((name) => scene.join(name, 'speaker'))))];
    const said = new Map(all.map((person): [Person, string[]] => [person, []]));
    const doubter = new Doubter();
    const stop = new AbortController();

    const cutting = cutAgainAndAgain(restless, stop.signal);
    const share = commands / writers;
    await Promise.all([
      ...[...said].map(([person, own]) => write(person, Math.ceil(share), own)),
      breakEverything(scene, all, database, doubter),
    ]);
    stop.abort();
    await cutting;
    await Promise.all([host.say('that was all', 'backstage'), host.say('that was all, everyone')]);
    said.get(host)?.push('that was all', 'that was all, everyone');
    const late = await scene.join('participant29');
    const observers = [...all, speaker, participant, restless, late];
    for (const person of observers)
      await person.until(() => person.all.chat.messages.at(-1)?.text === 'that was all, everyone', 'the last word');
    for (const person of [host, speaker])
      await person.until(() => person.backstage.chat.messages.at(-1)?.text === 'that was all', 'the last word backstage');
    await scene.end();

    const db = await database.open(scene.dataDir);
    const ledger = await readLedger(db, scene.stream);
    await db.close();
    await database.end();
    scene.forget();
    expectKept(ledger, said);
    for (const person of all) expect(person.acknowledged.toSorted()).toEqual(said.get(person)?.toSorted());
    expectTrueTo(ledger, observers);
    const texts = textsOf(ledger);
    const count = (text: string) => texts.filter((one) => one === text).length;
    expect(doubter.again.filter((text) => count(text) !== 1)).toEqual([]);
    expect(doubter.acknowledged.filter((text) => count(text) !== 1)).toEqual([]);
    expect(doubter.never.filter((text) => count(text) > 1)).toEqual([]);
    expect(restless.sockets).toBeGreaterThan(kills);
  });
});
