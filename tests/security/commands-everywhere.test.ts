// Every command in every role, in one's own and in foreign Sessions: what is refused stores nothing and reaches nobody. Made from the commands
// themselves, so that those that are added later are covered; what a refusal is called in one's own Session, tests/flows/role-matrix.test.ts says.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeCodes, protocolVersion } from '#platform/live/protocol.ts';
import type { Role } from '#session/powers.ts';
import { powers } from '#session/powers.ts';
import type { SentCommand } from '#tests/flows/accepted-commands.ts';
import { acceptedOf } from '#tests/flows/accepted-commands.ts';
import type { TestApp } from '#tests/flows/app.ts';
import { soon, startTestApp } from '#tests/flows/app.ts';
import { LiveClient } from '#tests/flows/live-client.ts';
import { foreignSessions } from './foreign-sessions.ts';
import { portOf, RawSocket } from './raw-socket.ts';
import { commandTypes, validBody } from './valid-bodies.ts';

type Person = Exclude<Role, 'system'>;
const persons: readonly Person[] = ['speaker', 'participant', 'support', 'removed'];

let app: TestApp;
let live: string;
let foreign: Awaited<ReturnType<typeof foreignSessions>>;
let witness: LiveClient;
let hostCookie: string;
const people = {} as Record<Person, LiveClient>;
/** Everybody else who sent anything, and what was sent without a client. */
const clients: LiveClient[] = [];
const rawlySent: SentCommand[] = [];

beforeAll(async () => {
  app = await startTestApp();
  live = (await app.point(soon)).id;
  people.speaker = await app.join('host', live, 'speaker');
  people.participant = await app.join('participant1', live);
  people.support = await app.join('support', live);
  people.removed = await app.join('participant2', live);
  witness = await app.join('cohost', live, 'speaker');
  expect(await people.speaker.send('stage.enter', { microphone: true, camera: true })).toBeNull();
  expect(await people.speaker.send('lifecycle.start')).toBeNull();
  expect(await people.speaker.send('chat.send', { channel: 'everyone', text: 'something to delete' })).toBeNull();
  expect(await people.speaker.send('people.remove', { person: people.removed.personId })).toBeNull();
  // Else that nothing was accepted of what is refused would prove nothing.
  expect(await acceptedOf(app.server.db, people.speaker.sent)).toHaveLength(people.speaker.sent.length);
  hostCookie = await app.signIn('host');
  foreign = await foreignSessions(app);
});
afterAll(() => app.close());

/** All that the log holds of a Session, except who is present. */
async function stored(stream: string): Promise<unknown> {
  const events = await app.server.db.query(
    "select count(*) as n, max(rev) as rev from stream_events where stream_id = $1 and type <> 'people.changed'",
    [stream],
  );
  const sent = [...rawlySent, ...[...clients, ...Object.values(people)].flatMap((one) => one.sent)];
  return { events, accepted: await acceptedOf(app.server.db, sent) };
}
const heardBy = (client: LiveClient) => client.events.filter(({ event }) => event.type !== 'people.changed').length;
const known = () => ({ person: witness.personId });
const rolesOf = (type: string) => (powers as Record<string, readonly Role[] | undefined>)[type];

async function connect(name: string, stream: string, as: 'speaker' | 'participant'): Promise<LiveClient> {
  const client = new LiveClient({ origin: app.origin, cookie: name && (await app.signIn(name)), stream, as });
  clients.push(client);
  return client.connect();
}

async function personOf(name: string): Promise<string> {
  const client = await connect(name, live, 'participant');
  await client.close();
  return client.personId;
}

/** A socket may send only so much at once: further commands come over a new one. */
const atOnce = 30;
let asked = 0;
async function ask(role: Person, type: string, body: Record<string, unknown>): Promise<string | undefined> {
  asked += 1;
  if (asked % atOnce === 0) {
    await people[role].close();
    await people[role].connect();
  }
  return (await people[role].send(type, body))?.code;
}

describe('in one’s own Session', () => {
  it.each(commandTypes)('%s has a row in the powers', (type) => {
    expect(rolesOf(type), 'add the command to session/powers.ts').toBeDefined();
  });

  it.each(persons)('everything that a %s may not send is refused', async (role) => {
    for (const type of commandTypes) {
      if (rolesOf(type)?.includes(role)) continue;
      const [before, heard] = [await stored(live), heardBy(witness)];
      const refusal = await ask(role, type, validBody(type, known()));
      expect([type, refusal]).toEqual([type, role === 'removed' ? 'removed' : 'not-allowed']);
      expect([type, await stored(live), heardBy(witness)]).toEqual([type, before, heard]);
    }
  });

  it.each(persons)('what only the system sends does not exist for a %s', async (role) => {
    const systemOnly = Object.keys(powers).filter((type) => rolesOf(type)?.every((one) => one === 'system'));
    expect(systemOnly.length).toBeGreaterThan(0);
    for (const type of systemOnly) expect(await ask(role, type, {})).toBe('bad-message');
  });
});

describe('in a Session of an event that one may not see', () => {
  it.each(['participant3', 'host', 'rep', 'support', 'organiser'])(
    '%s gets nothing and stores nothing, whatever they send',
    async (name) => {
      const before = await stored(foreign.unpublished);
      const personId = await personOf(name);
      const client = await connect(name, foreign.unpublished, 'speaker');
      expect(client.closedWith).toBe(closeCodes.notFound);
      const cookie = await app.signIn(name);
      for (const type of commandTypes) {
        const raw = await RawSocket.open(portOf(app), { cookie, origin: app.origin });
        raw.say({ t: 'hello', v: protocolVersion, stream: foreign.unpublished, as: 'speaker', have: [] });
        const id = randomUUID();
        rawlySent.push({ stream: foreign.unpublished, personId, id });
        raw.say({ t: 'command', id, type, body: validBody(type, known()) });
        await raw.heardMore(0, 10_000);
        expect([type, raw.closeCode, raw.heard]).toEqual([type, closeCodes.notFound, []]);
        raw.end();
      }
      expect(await stored(foreign.unpublished)).toEqual(before);
    },
  );

  it.each(['participant3', 'host', 'support'])('%s gets the same answers as for a Session that does not exist', async (name) => {
    const cookie = await app.signIn(name);
    for (const suffix of [
      '',
      '/people',
      '/chat?channel=everyone&before=9',
      '/chat?channel=backstage&before=9',
      '/questions/asking',
      '/questions.csv?language=en',
    ]) {
      const hidden = await app.request('GET', `/api/sessions/${foreign.unpublished}${suffix}`, cookie);
      const absent = await app.request('GET', `/api/sessions/${randomUUID()}${suffix}`, cookie);
      expect([suffix, hidden.status, await hidden.text()]).toEqual([suffix, absent.status, await absent.text()]);
      expect(hidden.status).toBe(404);
    }
    expect((await app.request('GET', `/api/events/${foreign.unpublishedSlug}`, cookie)).status).toBe(404);
    expect(await (await app.request('GET', '/api/events', cookie)).text()).not.toContain(foreign.unpublishedSlug);
  });
});

describe('in a Session of another company', () => {
  it('a representative who says "speaker" has a participant’s powers and slices', async () => {
    const client = await connect('rep', foreign.otherCompany, 'speaker');
    expect(Object.keys(client.slices).filter((audience) => audience === 'backstage')).toEqual([]);
    const before = await stored(foreign.otherCompany);
    for (const type of commandTypes) {
      if (rolesOf(type)?.includes('participant')) continue;
      expect([type, (await client.send(type, validBody(type, known())))?.code]).toEqual([type, 'not-allowed']);
    }
    expect(await stored(foreign.otherCompany)).toEqual(before);
    await client.close();
  });
});

describe('in a Session that has ended', () => {
  it.each(['participant', 'speaker'] as const)('nothing that a stranger sends as %s is stored', async (as) => {
    const client = await connect('participant4', foreign.ended, as);
    const before = await stored(foreign.ended);
    for (const type of commandTypes) expect([type, await client.send(type, validBody(type, known()))]).not.toEqual([type, null]);
    expect(await stored(foreign.ended)).toEqual(before);
    await client.close();
  });
});

describe('in a Session of one’s own that has ended', () => {
  /** What was written can still be tidied up, and nothing else. */
  const stillAccepted = { speaker: ['chat.delete'], participant: [] };

  it.each(['speaker', 'participant'] as const)('a %s changes nothing any more but what was written', async (role) => {
    const client = await connect(role === 'speaker' ? 'organiser' : 'participant5', foreign.ended, role);
    expect('backstage' in client.slices).toBe(role === 'speaker');
    const accepted: string[] = [];
    for (const type of commandTypes) {
      const before = await stored(foreign.ended);
      if ((await client.send(type, validBody(type, known()))) === null) accepted.push(type);
      else expect([type, await stored(foreign.ended)]).toEqual([type, before]);
    }
    expect(accepted).toEqual(stillAccepted[role]);
    await client.close();
  });
});

describe('without a greeting or a login', () => {
  it.each(commandTypes)('%s is not heard', async (type) => {
    const before = await stored(live);
    for (const [cookie, code] of [
      [hostCookie, closeCodes.badMessage],
      ['', closeCodes.signedOut],
    ] as const) {
      const raw = await RawSocket.open(portOf(app), { cookie, origin: app.origin });
      const id = randomUUID();
      rawlySent.push({ stream: live, personId: people.speaker.personId, id });
      raw.say({ t: 'command', id, type, body: validBody(type, known()) });
      await raw.heardMore(0, 10_000);
      expect([raw.closeCode, raw.heard]).toEqual([code, []]);
      raw.end();
    }
    expect(await stored(live)).toEqual(before);
  });
});
