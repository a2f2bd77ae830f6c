// Breakout rooms of a crowd that is spread over two app servers on one database: one truth on both, timers once, and nobody lost when one is killed.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BreakoutsEvent, OpenBreakouts } from '#features/breakouts/contract.ts';
import { roomOfPerson } from '#features/breakouts/contract.ts';
import { sized } from '#tests/faults/size.ts';
import { addPeople } from './added-people.ts';
import type { TestApp } from './app.ts';
import { soon, startTestApp } from './app.ts';
import type { ChildServer } from './child-server.ts';
import { startChildServer } from './child-server.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { sharedDatabases } from './flow-databases.ts';
import { LiveClient } from './live-client.ts';

const crowdSize = sized({ ci: 20, long: 200 });
const on = { microphone: true, camera: true };

let database: FlowDatabase;
/** In this process. */
let near: TestApp;
/** A process of its own, its clock half a minute ahead. */
let far: ChildServer;
let stream: string;
let host: LiveClient;
let farCohost: LiveClient;
let crowd: LiveClient[];

const secret = `${randomUUID()}${randomUUID()}`;
function startFar(): Promise<ChildServer> {
  const { databaseUrl = '', dataDir } = database.config;
  const media = { LIVEKIT_URL: 'http://127.0.0.1:9', LIVEKIT_API_KEY: 'test', LIVEKIT_API_SECRET: secret };
  const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SECRET: secret, DEMO: '1', LOG_LEVEL: 'warn', ...media };
  return startChildServer({ env, clockShiftMs: 30_000 });
}
const everybody = () => [host, farCohost, ...crowd];
const open = (client: LiveClient) => client.all.breakouts as OpenBreakouts;
const roomOf = (client: LiveClient) => roomOfPerson(client.all.breakouts, client.personId);
const roomSlices = (client: LiveClient) => Object.keys(client.slices).filter((audience) => audience.startsWith('room:'));
const untilAll = (condition: (client: LiveClient) => boolean, what: string) =>
  Promise.all(everybody().map((client) => client.until(() => condition(client), what)));
const untilSettled = () =>
  untilAll((client) => {
    const room = roomOf(client);
    return roomSlices(client).join() === (room === null ? '' : `room:${room}`);
  }, 'the slice of the own room only');
const count = async (type: string) =>
  (await near.server.db.query('select 1 from stream_events where stream_id = $1 and type = $2', [stream, type])).length;
const databaseTime = async () =>
  (await near.server.db.query<{ now: string }>('select clock_timestamp() as now'))[0]?.now as string;

describe.each(sharedDatabases)('breakout rooms over two servers on one $name', ({ open: openDatabase }) => {
  beforeAll(async () => {
    database = await openDatabase();
    near = await startTestApp({ ...database.config, secret });
    far = await startFar();
    stream = (await near.point(soon)).id;
    const cookies = await addPeople(near.server, crowdSize);
    host = await near.join('host', stream, 'speaker');
    farCohost = await far.join('cohost', stream, 'speaker');
    const origin = (index: number) => (index % 2 === 0 ? near.origin : far.origin);
    crowd = await Promise.all(
      cookies.map((cookie, index) => new LiveClient({ origin: origin(index), cookie, stream, as: 'participant' }).connect()),
    );
    expect(await host.send('stage.enter', on)).toBeNull();
    expect(await farCohost.send('stage.enter', on)).toBeNull();
    expect(await host.send('lifecycle.start')).toBeNull();
    for (let number = 0; number < 4; number += 1) expect(await host.send('breakouts.add-room')).toBeNull();
    await farCohost.until(() => Object.keys(farCohost.all.people.present).length === crowdSize + 2, 'everybody to be present');
    expect(await farCohost.send('breakouts.auto-assign', { how: 'even', seed: 3 })).toBeNull();
  });
  afterAll(async () => {
    for (const client of everybody()) client.cut();
    await far.end();
    await near.close();
    await database.end();
  });

  it('opened on both at once: one opening, and the same for everybody on either', async () => {
    const answers = await Promise.all([host.send('breakouts.open'), farCohost.send('breakouts.open')]);
    expect(answers.map((answer) => answer?.code ?? null).sort()).toEqual([null, 'rooms-open-already'].sort());
    await untilAll((client) => client.all.breakouts.is === 'open', 'the opening');
    await untilSettled();
    for (const client of everybody()) expect(open(client).where).toEqual(open(host).where);
    expect(Object.keys(open(host).where)).toHaveLength(crowdSize);
  });

  it('people of one room on two servers talk to each other, and move between rooms from either', async () => {
    const [nearOne, farOne] = crowd as [LiveClient, LiveClient];
    const room = roomOf(farOne) as string;
    expect(await host.send('breakouts.move', { person: nearOne.personId, room })).toBeNull();
    expect(await farOne.send('chat.send', { channel: `room:${room}`, text: 'Welcome' })).toBeNull();
    await nearOne.until(() => nearOne.state[`room:${room}`]?.chat.messages.at(-1)?.text === 'Welcome', 'the greeting');
    expect(await nearOne.send('breakouts.ask-for-help')).toBeNull();
    await farCohost.until(() => farCohost.backstage.breakouts.help.length === 1, 'the call for help');
    expect(await farCohost.send('breakouts.go', { room })).toBeNull();
    await host.until(() => host.backstage.breakouts.help.length === 0, 'the answer');
    await untilAll((client) => open(client).where[farCohost.personId] === room, 'the cohost to be there for everybody');
    await untilSettled();
  });

  it('one that is killed loses nobody: its people are in their rooms again on the other', async () => {
    const before = { ...open(host).where };
    await far.kill();
    const gone = everybody().filter((client) => client.options.origin === far.origin);
    for (const client of gone) {
      await client.until(() => client.closedWith !== null, 'the socket to break');
      client.options.origin = near.origin;
    }
    await Promise.all(gone.map((client) => client.connect()));
    await untilSettled();
    for (const client of everybody()) expect(open(client).where).toEqual(before);
    far = await startFar();
    farCohost.cut();
    farCohost = await far.join('cohost', stream, 'speaker');
    await farCohost.until(() => farCohost.all.breakouts.is === 'open', 'the rooms');
  });

  it('the timer ends once, and when the database says so; the notice too (BR22, BR24, BR29)', async () => {
    const at = new Date(Date.parse(await databaseTime()) + 2_000).toISOString();
    const by = host.personId;
    const sooner: BreakoutsEvent = {
      audience: 'all',
      type: 'breakouts.timer-set',
      body: { timer: { timerId: 'timer-soon', at }, by },
    };
    await near.server.db.transaction((tx) => near.server.log.appendFacts(tx, stream, [sooner]));
    await near.server.log.announce(stream);
    await untilAll((client) => client.all.breakouts.is === 'closing', 'the end of the timer');
    expect((await databaseTime()) >= at).toBe(true);
    await untilAll((client) => client.all.breakouts.is === 'none', 'the return');
    await untilSettled();
    // As a server does that looked before the other one had fired it.
    const late = { id: 'timer-soon', type: 'breakouts.end-timer', body: { timerId: 'timer-soon' } };
    expect(await near.server.log.submit(stream, { kind: 'system' }, late)).toMatchObject({ ok: true });
    expect(await count('breakouts.closing')).toBe(1);
    expect(await count('breakouts.closed')).toBe(1);
  });
});
