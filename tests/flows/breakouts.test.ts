// Breakout rooms with a crowd over the real protocol, on each database: planned together, opened, lived in, closed, with hosts at once, reloads, and a server killed in the middle.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenBreakouts } from '#features/breakouts/contract.ts';
import { roomOfPerson } from '#features/breakouts/contract.ts';
import { sized } from '#tests/faults/size.ts';
import { addPeople } from './added-people.ts';
import { soon, startTestApp } from './app.ts';
import type { ChildServer } from './child-server.ts';
import { startChildServer } from './child-server.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { flowDatabases } from './flow-databases.ts';
import { LiveClient } from './live-client.ts';

const crowdSize = sized({ ci: 40, long: 200 });
const roomCount = 6;
const on = { microphone: true, camera: true };
const off = { microphone: false, camera: false };
/** Said in a room; whoever else receives it has been told what was not for them. */
const secret = `Only in here ${randomUUID()}`;

let database: FlowDatabase;
let server: ChildServer;
let env: Record<string, string>;
let host: LiveClient;
let cohost: LiveClient;
let crowd: LiveClient[];

const speakers = () => [host, cohost];
const everybody = () => [host, cohost, ...crowd];
const open = (client: LiveClient) => client.all.breakouts as OpenBreakouts;
const roomOf = (client: LiveClient) => roomOfPerson(client.all.breakouts, client.personId);
const roomSlices = (client: LiveClient) => Object.keys(client.slices).filter((audience) => audience.startsWith('room:'));
const plan = () => host.backstage.breakouts;
const membersOf = (room: string) => crowd.filter((client) => roomOf(client) === room);
const codeOf = async (answer: ReturnType<LiveClient['send']>) => (await answer)?.code ?? null;

async function untilAll(clients: LiveClient[], condition: (client: LiveClient) => boolean, what: string): Promise<void> {
  await Promise.all(clients.map((client) => client.until(() => condition(client), what)));
}
/** Everybody holds the slice of the room where they belong, and of no other. */
const untilSettled = () =>
  untilAll(
    everybody(),
    (client) => {
      const room = roomOf(client);
      return roomSlices(client).join() === (room === null ? '' : `room:${room}`);
    },
    'the slice of the own room only',
  );
async function openRooms(): Promise<void> {
  expect(await host.send('breakouts.open')).toBeNull();
  await untilAll(everybody(), (client) => client.all.breakouts.is === 'open', 'the opening');
  await untilSettled();
}
async function closeNow(): Promise<void> {
  expect(await host.send('breakouts.close-now')).toBeNull();
  await untilAll(everybody(), (client) => client.all.breakouts.is === 'none', 'the return');
  await untilSettled();
}
async function comeBack(clients: LiveClient[]): Promise<void> {
  for (const client of clients) client.options.origin = server.origin;
  await Promise.all(clients.map((client) => client.connect()));
}

describe.each(flowDatabases)('breakout rooms on the $name', ({ open: openDatabase }) => {
  beforeAll(async () => {
    database = await openDatabase();
    const key = `${randomUUID()}${randomUUID()}`;
    const first = await startTestApp({ ...database.config, secret: key });
    const stream = (await first.point(soon)).id;
    const cookies = await addPeople(first.server, crowdSize);
    await first.close();
    const { databaseUrl, dataDir } = database.config;
    const media = { LIVEKIT_URL: 'http://127.0.0.1:9', LIVEKIT_API_KEY: 'test', LIVEKIT_API_SECRET: key };
    env = { DATA_DIR: dataDir, SECRET: key, DEMO: '1', LOG_LEVEL: 'warn', ...media };
    if (databaseUrl) env.DATABASE_URL = databaseUrl;
    server = await startChildServer({ env });
    host = await server.join('host', stream, 'speaker');
    cohost = await server.join('cohost', stream, 'speaker');
    const join = (cookie: string) => new LiveClient({ origin: server.origin, cookie, stream, as: 'participant' }).connect();
    crowd = await Promise.all(cookies.map(join));
    expect(await host.send('stage.enter', on)).toBeNull();
    expect(await cohost.send('stage.enter', off)).toBeNull();
  });
  afterAll(async () => {
    for (const client of everybody()) client.cut();
    await server.end();
    await database.end();
  });

  it('the plan is made by both hosts at once, before the start, and nobody else receives a word of it (BR1)', async () => {
    const added = await Promise.all(
      Array.from({ length: roomCount }, (_, index) => speakers()[index % 2]?.send('breakouts.add-room')),
    );
    expect(added).toEqual(added.map(() => null));
    await untilAll(speakers(), (one) => one.backstage.breakouts.rooms.length === roomCount, 'the rooms');
    expect(new Set(plan().rooms.map(({ name }) => name)).size).toBe(roomCount);
    expect(await host.send('lifecycle.start')).toBeNull();
    await host.until(() => Object.keys(host.all.people.present).length === crowdSize + 2, 'everybody to be present');
    expect(await cohost.send('breakouts.auto-assign', { how: 'even', seed: 7 })).toBeNull();
    await host.until(() => Object.keys(plan().assigned).length === crowdSize, 'the assignment');
    expect(Object.keys(plan().assigned).sort()).toEqual(crowd.map((one) => one.personId).sort());
    const sizes = plan().rooms.map(({ id }) => Object.values(plan().assigned).filter((room) => room === id).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    for (const client of crowd) expect(client.wire.join()).not.toContain('breakouts.');
  });

  it('two hosts open at once: one opening, everybody in one room at once, and nobody was asked (BR10)', async () => {
    const { assigned } = plan();
    const codes = await Promise.all(speakers().map((one) => codeOf(one.send('breakouts.open'))));
    expect(codes.sort()).toEqual([null, 'rooms-open-already'].sort());
    await untilAll(everybody(), (client) => client.all.breakouts.is === 'open', 'the opening');
    await untilSettled();
    for (const client of everybody()) expect(open(client).where).toEqual(assigned);
    expect(open(host).opening).toBe(1);
    for (const client of crowd) expect(open(host).where[client.personId]).toBe(roomOf(client));
  });

  it('what is said and switched in a room reaches those who are in it, and no byte of it anybody else (BR17, BR19)', async () => {
    const [speaks] = crowd as [LiveClient];
    const room = roomOf(speaks) as string;
    expect(await speaks.send('chat.send', { channel: `room:${room}`, text: secret })).toBeNull();
    expect(await speaks.send('breakouts.set-media', { microphone: true })).toBeNull();
    const inside = membersOf(room);
    await untilAll(inside, (one) => one.state[`room:${room}`]?.chat.messages.at(-1)?.text === secret, 'the message');
    await untilAll(
      inside,
      (one) => one.state[`room:${room}`]?.breakouts.media[speaks.personId]?.microphone === true,
      'the voice',
    );
    const outside = everybody().filter((one) => !inside.includes(one));
    expect(await outside[2]?.send('breakouts.set-media', { camera: true })).toBeNull();
    for (const client of outside) {
      expect(client.wire.join()).not.toContain(secret);
      expect(client.events.map(({ audience }) => audience)).not.toContain(`room:${room}`);
    }
    expect(await codeOf((outside[2] as LiveClient).send('chat.send', { channel: `room:${room}`, text: 'Me too' }))).toBe(
      'not-in-a-room',
    );
    const history = (client: LiveClient) =>
      server.request(
        'GET',
        `/api/sessions/${client.options.stream}/chat?channel=room:${room}&before=1000`,
        client.options.cookie,
      );
    expect(await (await history(inside.at(-1) as LiveClient)).text()).toContain(secret);
    expect((await history(outside[2] as LiveClient)).status).toBe(403);
  });

  it('hosts hop, are called, and speak to all; both move one person at once, who is in one room then (BR17, BR20, BR21)', async () => {
    const [, calls] = crowd as [LiveClient, LiveClient];
    const room = roomOf(calls) as string;
    expect(await calls.send('breakouts.ask-for-help')).toBeNull();
    await cohost.until(() => cohost.backstage.breakouts.help.some((call) => call.room === room), 'the call');
    expect(await cohost.send('breakouts.go', { room })).toBeNull();
    await untilSettled();
    await host.until(() => plan().help.length === 0, 'the call to be answered');
    expect(await host.send('breakouts.message-all', { text: 'Five minutes left' })).toBeNull();
    await untilAll(everybody(), (one) => open(one).notices.at(-1)?.text === 'Five minutes left', 'the message');
    const targets = plan().rooms.map(({ id }) => id);
    const moved = crowd.slice(2, 8);
    await Promise.all(
      moved.flatMap((one) =>
        speakers().map((by, index) => by.send('breakouts.move', { person: one.personId, room: targets[index] as string })),
      ),
    );
    expect(await host.send('breakouts.message-all', { text: 'Moved' })).toBeNull();
    await untilAll(everybody(), (one) => open(one).notices.at(-1)?.text === 'Moved', 'the last word');
    await untilSettled();
    for (const client of everybody()) expect(open(client).where).toEqual(open(host).where);
    expect(Object.keys(open(host).where)).toHaveLength(crowdSize + 1);
  });

  it('a reload leads back into the room, with what was said there (BR11)', async () => {
    const [speaks] = crowd as [LiveClient];
    const room = roomOf(speaks) as string;
    const reloaded = new LiveClient(speaks.options);
    speaks.cut();
    await reloaded.connect();
    await reloaded.until(() => roomSlices(reloaded).length === 1, 'the room');
    expect(roomSlices(reloaded)).toEqual([`room:${room}`]);
    expect(reloaded.state[`room:${room}`]?.chat.messages.at(-1)?.text).toBe(secret);
    expect(reloaded.state[`person:${reloaded.personId}`]?.breakouts.media).toEqual({ microphone: true, camera: false });
    crowd[0] = reloaded;
  });

  it('a server that is killed while rooms are open leaves everybody where they belong, and hosts with their powers', async () => {
    const before = open(host).where;
    await server.kill();
    await untilAll(everybody(), (client) => client.closedWith !== null, 'the sockets to break');
    server = await startChildServer({ env });
    await comeBack(everybody());
    await untilSettled();
    for (const client of everybody()) expect(open(client).where).toEqual(before);
    expect(await cohost.send('breakouts.go', { room: null })).toBeNull();
    const another = plan().rooms.find(({ id }) => id !== before[crowd[1]?.personId ?? ''])?.id;
    expect(await codeOf((crowd[1] as LiveClient).send('breakouts.go', { room: another }))).toBe('no-free-choice');
  });

  it('a notice that ends while no server is there brings everybody back when one is (BR24, BR29)', async () => {
    expect(await host.send('breakouts.close')).toBeNull();
    expect(await cohost.send('breakouts.keep-open', { room: null })).toBeNull();
    expect(await host.send('breakouts.close')).toBeNull();
    await untilAll(everybody(), (client) => client.all.breakouts.is === 'closing', 'the notice');
    expect(await (crowd[3] as LiveClient).send('breakouts.go', { room: null })).toBeNull();
    await server.kill();
    await untilAll(everybody(), (client) => client.closedWith !== null, 'the sockets to break');
    server = await startChildServer({ env });
    await comeBack(everybody());
    await untilAll(everybody(), (client) => client.all.breakouts.is === 'none', 'the return');
    await untilSettled();
    for (const client of everybody()) expect(roomSlices(client)).toEqual([]);
    // Also who had returned during the notice is in the next plan.
    expect(Object.keys(plan().assigned).sort()).toEqual(crowd.map((one) => one.personId).sort());
  });

  it('the next opening has the same people, an empty chat, and their microphones as they chose them; the stage is as it was (BR14, BR15, BR26)', async () => {
    const stage = host.all.stage.onStage.map(({ person, microphone, camera }) => ({ person, microphone, camera }));
    const [speaks] = crowd as [LiveClient];
    await openRooms();
    const room = roomOf(speaks) as string;
    expect(speaks.state[`room:${room}`]).toMatchObject({ chat: { messages: [] } });
    expect(speaks.state[`room:${room}`]?.breakouts.media[speaks.personId]).toEqual({
      microphone: true,
      camera: false,
      screen: false,
    });
    await closeNow();
    expect(host.all.stage.onStage.map(({ person, microphone, camera }) => ({ person, microphone, camera }))).toEqual(stage);
    expect(stage).toEqual([
      { person: host.personId, ...on },
      { person: cohost.personId, ...off },
    ]);
  });

  it('opened, shuffled and closed again and again, nobody is lost, doubled or left (BR6, BR24)', async () => {
    for (const how of ['new-partners', 'even', 'same'] as const) {
      expect(await cohost.send('breakouts.auto-assign', { how, seed: 11 })).toBeNull();
      await openRooms();
      expect(Object.keys(open(host).where).sort()).toEqual(crowd.map((one) => one.personId).sort());
      const [first, second] = open(host).rooms.map(({ id }) => id);
      await Promise.all([
        host.send('breakouts.move', { person: crowd[0]?.personId, room: second }),
        cohost.send('breakouts.close-room', { room: first }),
        host.send('breakouts.add-room', { name: `Late ${how}` }),
      ]);
      await Promise.all(speakers().map((one) => one.send('breakouts.close-now')));
      await untilAll(everybody(), (client) => client.all.breakouts.is === 'none', 'the return');
      await untilSettled();
    }
  });

  it('the end of the Session ends the rooms (BR29)', async () => {
    await openRooms();
    expect(await cohost.send('lifecycle.end')).toBeNull();
    await untilAll(everybody(), (client) => client.all.lifecycle.phase === 'ended', 'the end');
    await untilAll(everybody(), (client) => client.all.breakouts.is === 'none' && roomSlices(client).length === 0, 'no rooms');
    expect(host.all.breakouts.leaving).toEqual({});
  });
});
