// Two app servers on one database, one of them a process with a wrong clock: commands on either, states on both, and what is left when one dies.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LifecycleEvent } from '#features/lifecycle/contract.ts';
import type { Db } from '#platform/db/contract.ts';
import { openServerDatabase } from '#platform/db/server.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import { closeCodes } from '#platform/live/protocol.ts';
import type { Audience } from '#platform/log/contract.ts';
import type { EventDetail } from '#shell/events/contract.ts';
import type { TestApp, Visit } from './app.ts';
import { soon, startTestApp } from './app.ts';
import type { ChildServer } from './child-server.ts';
import { startChildServer } from './child-server.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { sharedDatabases } from './flow-databases.ts';
import { LiveClient } from './live-client.ts';

const secret = `${randomUUID()}${randomUUID()}`;
const livekit = { url: 'http://127.0.0.1:9', apiKey: 'test', apiSecret: secret };
const clockShiftMs = 30_000;
/** Presence of a killed server's people expires after 15 seconds; then there are the lease and the grace. */
const patience = { timeout: 60_000, interval: 100 };
const on = { microphone: true, camera: true };

let database: FlowDatabase;
let db: Db;
/** In this process, its clock is right. */
let near: TestApp;
/** In a process of its own, half a minute ahead. */
let far: ChildServer;
let stream: string;
let host: LiveClient;
let visitor: LiveClient;
let farCohost: LiveClient;
let farVisitor: LiveClient;

const startFar = () => {
  const { databaseUrl = '', dataDir } = database.config;
  const { url, apiKey, apiSecret } = livekit;
  const media = { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret };
  const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SECRET: secret, DEMO: '1', LOG_LEVEL: 'warn', ...media };
  return startChildServer({ env, clockShiftMs });
};

const everybody = () => [host, visitor, farCohost, farVisitor];
const query = <Row>(text: string, params: unknown[] = []) => db.query<Row>(text, params);
const presenceHolder = async () =>
  (await query<{ holder: string }>("select holder from leases where stream_id = $1 and name = 'presence'", [stream]))[0]?.holder;

/** All servers' hints go through a function of ours, which can lose them. Theirs is found first only by new connections. */
async function makeHintsLosable(): Promise<void> {
  const [row] = await query<{ name: string }>('select current_database() as name');
  await db.query(`alter database "${row?.name}" set search_path = public, pg_catalog`);
  await loseHints(false);
}
async function loseHints(lost: boolean): Promise<void> {
  const body = lost ? 'select' : 'select pg_catalog.pg_notify($1, $2)';
  await db.query(
    `create or replace function public.pg_notify(channel text, payload text) returns void language sql as '${body}'`,
  );
}

const says = (client: LiveClient, text: string) => client.all.chat.messages.some((one) => one.text === text);
const say = (client: LiveClient, text: string, id = randomUUID()) => client.send('chat.send', { channel: 'everyone', text }, id);

async function reaches(text: string, clients: LiveClient[] = everybody()): Promise<void> {
  for (const client of clients) await client.until(() => says(client, text), text);
}

/** Comes to the other server as a browser does: the same tab, with what it knows. */
async function moveTo(client: LiveClient, server: Visit): Promise<void> {
  await client.until(() => client.closedWith !== null, 'the socket to close');
  client.options.origin = server.origin;
  await client.connect();
}

/** Equal to the letter, also with what a new server reads from the database. */
async function expectEqualStates(clients: LiveClient[]): Promise<void> {
  const stored = await query<{ audience: Audience; head: number }>(
    'select audience, max(seq) as head from stream_events where stream_id = $1 group by audience',
    [stream],
  );
  const heads = new Map(stored.map(({ audience, head }) => [audience, head]));
  for (const client of clients)
    for (const audience of client.heads.keys())
      await client.until(() => (client.heads.get(audience) ?? 0) >= (heads.get(audience) ?? 0), `the whole of ${audience}`);
  for (const client of clients) expect(client.all).toEqual(clients[0]?.all);
  const backstage = clients.filter((client) => 'backstage' in client.slices);
  for (const client of backstage) expect(client.backstage).toEqual(backstage[0]?.backstage);
}

describe.each(sharedDatabases)('two servers on one $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
    db = await openServerDatabase({ url: database.config.databaseUrl ?? '', logger: quietLogger, connections: 2 });
    await makeHintsLosable();
    far = await startFar();
    stream = (await far.point(soon)).id;
    // While it is alone, the far server takes the lease on presence.
    farCohost = await far.join('cohost', stream, 'speaker');
    await farCohost.until(() => farCohost.personId in farCohost.all.people.present, 'the cohost to be present');
    near = await startTestApp({ ...database.config, secret, livekit });
    host = await near.join('host', stream, 'speaker');
    visitor = await near.join('participant1', stream);
    farVisitor = await far.join('participant2', stream);
  });
  afterAll(async () => {
    await far.end();
    await near.close();
    await db.close();
    await database.end();
  });

  it('commands on either reach everybody on both, in one order', async () => {
    expect(await host.send('stage.enter', on)).toBeNull();
    expect(await farCohost.send('stage.enter', on)).toBeNull();
    // What is tried here is how messages travel, not how fast one person may write (CH15).
    expect(await host.send('chat.set-pace', { messages: 1000 })).toBeNull();
    expect(await farCohost.send('lifecycle.start')).toBeNull();
    for (const client of everybody()) await client.until(() => client.all.lifecycle.phase === 'live', 'the start');
    await Promise.all(
      everybody().flatMap((client, index) => Array.from({ length: 5 }, (_, turn) => say(client, `${index} ${turn}`))),
    );
    for (const client of everybody()) await client.until(() => client.all.chat.sent === 20, 'twenty messages');
    await expectEqualStates(everybody());
  });

  it('the same command sent to both counts once', async () => {
    const twin = await far.join('host', stream, 'speaker');
    const id = randomUUID();
    const before = host.all.chat.sent;
    expect(await Promise.all([say(host, 'once', id), say(twin, 'once', id)])).toEqual([null, null]);
    expect(await say(twin, 'once', id)).toBeNull();
    await reaches('once');
    await expectEqualStates([...everybody(), twin]);
    expect(host.all.chat.sent).toBe(before + 1);
    await twin.close();
  });

  it('both tell the time of the database, though their clocks are half a minute apart', async () => {
    for (const server of [near, far]) {
      const client = await server.join('participant3', stream);
      const [row] = await query<{ now: string }>('select clock_timestamp() as now');
      const welcome = JSON.parse(client.wire[0] as string) as { t: string; now: string };
      expect(welcome.t).toBe('welcome');
      expect(Math.abs(Date.parse(welcome.now) - Date.parse(row?.now as string))).toBeLessThan(5_000);
      await client.close();
    }
  });

  it('what no hint tells is found by looking', async () => {
    await loseHints(true);
    expect(await Promise.all([say(host, 'near, without a hint'), say(farVisitor, 'far, without a hint')])).toEqual([null, null]);
    await reaches('near, without a hint');
    await reaches('far, without a hint');
    await loseHints(false);
  });

  it('servers whose listening broke hear of everything, and listen again', async () => {
    const listeners = "from pg_stat_activity where datname = current_database() and application_name = 'stagedoor listener'";
    const cut = await query<{ pid: number }>(`select pid, pg_terminate_backend(pid) ${listeners}`);
    expect(cut).toHaveLength(2);
    expect(await Promise.all([say(host, 'near and deaf'), say(farVisitor, 'far and deaf')])).toEqual([null, null]);
    await reaches('near and deaf');
    await reaches('far and deaf');
    await vi.waitFor(async () => {
      const pids = (await query<{ pid: number }>(`select pid ${listeners}`)).map((row) => row.pid);
      expect(pids.filter((pid) => !cut.some((one) => one.pid === pid))).toHaveLength(2);
    }, patience);
    await expectEqualStates(everybody());
  });

  it.each([
    { hints: 'heard', lost: false },
    { hints: 'lost', lost: true },
  ])('sign-out on one closes the sockets on the other within two seconds, hints $hints', async ({ lost }) => {
    await loseHints(lost);
    const cookie = await near.signIn('participant4');
    const leaver = await new LiveClient({ origin: far.origin, cookie, stream, as: 'participant' }).connect();
    const before = performance.now();
    expect((await near.request('POST', '/api/accounts/sign-out', cookie, {})).ok).toBe(true);
    await leaver.until(() => leaver.closedWith !== null, 'the socket to close');
    expect(leaver.closedWith).toBe(closeCodes.signedOut);
    expect(performance.now() - before).toBeLessThan(2_000);
    await loseHints(false);
  });

  it('a timer fires once, and when the database says so', async () => {
    const { program } = await near.get<EventDetail>('/api/events/baltic-career-days', await near.signIn('host'));
    const other = program.find((one) => one.iSpeak && one.id !== stream && one.phase === 'scheduled')?.id as string;
    const [speaker, watcher] = [await near.join('host', other, 'speaker'), await far.join('participant5', other)];
    const { eventId, durationMs, startWindowMs, stageLimit } = speaker.all.lifecycle;
    const [row] = await query<{ now: string }>('select clock_timestamp() as now');
    const body = { eventId, durationMs, startWindowMs, stageLimit, startsAt: row?.now as string, unattendedMs: 2_000 };
    const sooner: LifecycleEvent = { audience: 'all', type: 'lifecycle.scheduled', body };
    await db.transaction((tx) => near.server.log.appendFacts(tx, other, [sooner]));
    expect(await speaker.send('stage.enter', on)).toBeNull();
    expect(await speaker.send('lifecycle.start')).toBeNull();
    expect(await speaker.send('stage.leave')).toBeNull();
    await speaker.until(() => speaker.all.lifecycle.unattended !== null, 'the timer');
    const { timerId = '', closesAt = '' } = speaker.all.lifecycle.unattended ?? {};
    for (const client of [speaker, watcher]) await client.until(() => client.all.lifecycle.phase === 'ended', 'the end');
    const lateMs = Date.parse(watcher.all.lifecycle.endedAt ?? '') - Date.parse(closesAt);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(10_000);
    // As a server does that looked before the other one had fired it.
    const late = { id: timerId, type: 'lifecycle.close-unattended', body: { timerId } };
    expect(await near.server.log.submit(other, { kind: 'system' }, late)).toMatchObject({ ok: true });
    const ends = "select 1 from stream_events where stream_id = $1 and type = 'lifecycle.ended'";
    expect(await query(ends, [other])).toHaveLength(1);
    expect(await query('select next_due_at from streams where id = $1', [other])).toEqual([{ next_due_at: null }]);
    expect(watcher.all.lifecycle.endReason).toBe('unattended');
    await Promise.all([speaker.close(), watcher.close()]);
  });

  it('who is left after one is killed is present, whoever comes back was never away, and who does not come leaves', async () => {
    await host.until(() => Object.keys(host.all.people.present).length === 4, 'the guests of earlier tests to be away');
    const holder = await presenceHolder();
    const gone = farVisitor.personId;
    const from = host.heads.get('all') ?? 0;
    const id = randomUUID();
    const unanswered = say(farCohost, 'just before the end', id).catch(() => undefined);
    await far.kill();
    await moveTo(farCohost, near);
    // Nobody knows whether it was stored: the browser sends it again.
    expect(await say(farCohost, 'just before the end', id)).toBeNull();
    await unanswered;
    await vi.waitFor(() => expect(host.all.people.present).not.toHaveProperty(gone), patience);
    expect(await presenceHolder()).not.toBe(holder);
    const changes = host.events.filter(({ audience, event }) => audience === 'all' && event.seq > from);
    expect(changes.flatMap(({ event }) => (event.type === 'people.changed' ? event.body.left : []))).toEqual([gone]);
    expect(changes.map(({ event }) => event.type)).not.toContain('stage.left');
    expect(host.all.chat.messages.filter((one) => one.text === 'just before the end')).toHaveLength(1);
    await expectEqualStates([host, visitor, farCohost]);
  });

  it('one that ends in good order hands over at once: everybody comes back, and nobody was away', async () => {
    far = await startFar();
    const holder = await presenceHolder();
    const people = [host, visitor, farCohost];
    const from = host.heads.get('all') ?? 0;
    const ending = near.server.close();
    for (const client of people) await moveTo(client, far);
    await ending;
    // Without its goodbye, the lease would last for almost ten seconds more.
    const atOnce = { timeout: 6_000, interval: 50 };
    await vi.waitFor(async () => expect([undefined, holder]).not.toContain(await presenceHolder()), atOnce);
    expect(await say(farCohost, 'all here')).toBeNull();
    await reaches('all here', people);
    const later = await far.join('participant2', stream);
    await host.until(() => later.personId in host.all.people.present, 'the newcomer');
    const changes = host.events.filter(({ audience, event }) => audience === 'all' && event.seq > from);
    expect(changes.flatMap(({ event }) => (event.type === 'people.changed' ? event.body.left : []))).toEqual([]);
    expect(host.all.stage.onStage.map((one) => one.person)).toEqual([host.personId, farCohost.personId]);
    await expectEqualStates([...people, later]);
  });
});
