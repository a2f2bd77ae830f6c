// The database stands still: frozen processes, a slow statement, connections that went silent. Nobody is thrown out, and what was asked is answered afterwards, once.
import { afterEach, describe, expect, it } from 'vitest';
import { openServerDatabase } from '#platform/db/server.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import type { HealthAnswer } from '#platform/http/health.ts';
import { startTestApp } from '#tests/flows/app.ts';
import { expectKept, expectTrueTo, readLedger } from './ledger.ts';
import { Person } from './person.ts';
import type { PostgresOfOurs } from './postgres-of-ours.ts';
import { killablePostgres } from './postgres-of-ours.ts';
import { Scene } from './scene.ts';
import { sized } from './size.ts';
import { openTcpProxy } from './tcp-proxy.ts';

const stallsMs = sized({ ci: [3_500], long: [10_000, 25_000] });
/** As platform/db/server.ts has it. */
const answerWithinMs = 20_000;
const crowd = 8;

const health = async (origin: string): Promise<{ status: number; body: HealthAnswer }> => {
  const answer = await fetch(`${origin}/api/health`);
  return { status: answer.status, body: (await answer.json()) as HealthAnswer };
};
async function untilHealth(origin: string, status: number): Promise<HealthAnswer> {
  for (;;) {
    const answer = await health(origin);
    if (answer.status === status) return answer.body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
/** Who was ever told to have left, as this person saw it. */
const leftAsSeenBy = (person: Person): unknown[] =>
  [...(person.shown.get('all')?.values() ?? [])].flatMap((event) =>
    event.type === 'people.changed' ? (event.body.left as unknown[]) : [],
  );

const enders: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of enders.splice(0).reverse()) await end();
});

describe.each(killablePostgres)('$name', ({ start }) => {
  async function openScene(server: PostgresOfOurs, databaseUrl = server.url) {
    const { scene, host } = await Scene.open({ databaseUrl });
    enders.push(
      () => scene.forget(),
      () => scene.end(),
    );
    const others: Person[] = [];
    for (let number = 1; number <= crowd; number++) others.push(await scene.join(`participant${number}`));
    const all = [host, ...others];
    await host.until(() => Object.keys(host.all.people.present).length === all.length, 'everybody to be present');
    const db = await openServerDatabase({ url: server.url, logger: quietLogger, connections: 1 });
    enders.push(() => db.close());
    return { scene, host, all, db };
  }

  it.each(stallsMs)(
    'frozen for %i ms: sockets stay open, health says so, everything is answered afterwards, nobody has left',
    async (stallMs) => {
      const server = await start();
      enders.push(() => server.end());
      const { scene, host, all, db } = await openScene(server);
      const holders = () => db.query("select stream_id, holder from leases where name = 'presence' order by 1");
      const before = await holders();
      const frozenAt = performance.now();
      server.freeze();
      const said = new Map(all.map((person): [Person, string[]] => [person, []]));
      const answers: Promise<void>[] = [];
      for (const [person, own] of said)
        for (let number = 0; number < 3; number++) {
          const text = `${person.name}, while it stood still, ${number}`;
          own.push(text);
          answers.push(person.say(text));
        }
      expect((await untilHealth(scene.server.origin, 503)).parts.database).toEqual({ status: 'down', note: 'no answer' });
      // The fault itself lasts this long.
      await new Promise((resolve) => setTimeout(resolve, stallMs - (performance.now() - frozenAt)));
      if (stallMs < answerWithinMs) expect(all.filter((person) => person.sockets > 1)).toEqual([]);
      server.thaw();
      await Promise.all(answers);
      await untilHealth(scene.server.origin, 200);
      // The keeper of presence has looked at everybody again when it has seen somebody new.
      const late = await scene.join(`participant${crowd + 1}`);
      await host.until(() => late.id in host.all.people.present, 'the newcomer');
      expect(leftAsSeenBy(host)).toEqual([]);
      // Connections that were silent for longer are given up, and those who waited for them come back by themselves.
      if (stallMs < answerWithinMs) expect(all.flatMap((person) => person.closeCodes)).toEqual([]);
      expect(await holders()).toEqual(before);
      await scene.end();
      const ledger = await readLedger(db, scene.stream);
      expectKept(ledger, said);
      expectTrueTo(ledger, [...all, late]);
    },
  );

  it('connections to the database that went silent are given up: what was asked is answered over new ones', async () => {
    const server = await start();
    enders.push(() => server.end());
    const url = new URL(server.url);
    const proxy = await openTcpProxy(() => Number(url.port));
    enders.push(() => proxy.close());
    const through = new URL(url);
    through.port = `${proxy.port}`;
    const { scene, host, all, db } = await openScene(server, through.href);
    const said = new Map(all.map((person): [Person, string[]] => [person, [`${person.name}, into the silence`]]));
    proxy.silence();
    await Promise.all(all.map((person) => person.say(`${person.name}, into the silence`)));
    await untilHealth(scene.server.origin, 200);
    await host.until(() => all.every((person) => person.id in host.all.people.present), 'everybody to be present');
    await scene.end();
    const ledger = await readLedger(db, scene.stream);
    expectKept(ledger, said);
    expectTrueTo(ledger, all);
  });
});

describe('embedded database', () => {
  it('a slow statement: sockets stay open and are heard, health says so, everything is answered afterwards', async () => {
    const app = await startTestApp();
    enders.push(() => app.close());
    const stream = (await app.point('Robots that ask for help')).id;
    const join = async (name: string, as: 'speaker' | 'participant') => {
      const cookie = await app.signIn(name);
      const person = new Person({ name, cookie, stream, as, origin: () => app.origin });
      enders.push(() => person.leave());
      await person.until(() => person.isOpen && 'all' in person.state, 'the first state');
      return person;
    };
    const host = await join('host', 'speaker');
    const guest = await join('participant1', 'participant');
    await host.store.submit('stage.enter', { microphone: true, camera: true });
    await host.store.submit('lifecycle.start', {});
    let slowIsOver = false;
    const slow = app.server.db.query('select pg_sleep($1::float8)', [sized({ ci: 5, long: 10 })]);
    void slow.then(() => (slowIsOver = true));
    const answers = Promise.all([host.say('host, while it was slow'), guest.say('participant1, while it was slow')]);
    const { parts } = await untilHealth(app.origin, 503);
    expect(parts.database).toEqual({ status: 'down', note: 'no answer' });
    expect(slowIsOver).toBe(false);
    await guest.ping();
    expect(slowIsOver).toBe(false);
    await answers;
    expect(slowIsOver).toBe(true);
    await untilHealth(app.origin, 200);
    expect([...host.closeCodes, ...guest.closeCodes]).toEqual([]);
    const ledger = await readLedger(app.server.db, stream);
    expectKept(
      ledger,
      new Map([
        [host, ['host, while it was slow']],
        [guest, ['participant1, while it was slow']],
      ]),
    );
    await host.until(() => guest.id in host.all.people.present, 'the guest to be present');
    expect(leftAsSeenBy(host)).toEqual([]);
  });
});
