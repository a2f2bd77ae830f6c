// Support on two app servers and one database: beginning and taking at once on both, a killed server, a desk that sees the same from either.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestApp, Visit } from './app.ts';
import { startTestApp } from './app.ts';
import type { ChildServer } from './child-server.ts';
import { startChildServer } from './child-server.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { sharedDatabases } from './flow-databases.ts';
import type { LiveClient } from './live-client.ts';
import { follow, openOwn, readDesk, talkOf, texts } from './support-bed.ts';

const secret = `${randomUUID()}${randomUUID()}`;
const livekit = { url: 'http://127.0.0.1:9', apiKey: 'test', apiSecret: secret };

let database: FlowDatabase;
let near: TestApp;
let far: ChildServer;
let conversation: string;
const cookies: Record<string, string> = {};
const clients: LiveClient[] = [];

const startFar = () => {
  const { databaseUrl = '', dataDir } = database.config;
  const media = { LIVEKIT_URL: livekit.url, LIVEKIT_API_KEY: livekit.apiKey, LIVEKIT_API_SECRET: secret };
  return startChildServer({
    env: { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SECRET: secret, DEMO: '1', LOG_LEVEL: 'warn', ...media },
  });
};
const come = async (server: Visit, name: string) => {
  const client = await follow(server, cookies[name] ?? '', conversation);
  clients.push(client);
  return client;
};

describe.each(sharedDatabases)('support on two servers and one $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
    far = await startFar();
    near = await startTestApp({ ...database.config, secret, livekit });
    for (const name of ['support', 'organiser', 'participant1']) cookies[name] = await near.signIn(name);
  });
  afterAll(async () => {
    for (const client of clients) client.cut();
    await far.end();
    await near.close();
    await database.end();
  });

  it('a tab on each begins at once, and both write at once: one conversation, each message once, in one order', async () => {
    const cookie = cookies.participant1 ?? '';
    const begun = await Promise.all([near, far, near, far].map((server) => openOwn(server, cookie)));
    expect(new Set(begun).size).toBe(1);
    conversation = begun[0] ?? '';
    const tabs = [await come(near, 'participant1'), await come(far, 'participant1')];
    const said = tabs.flatMap((tab, index) =>
      Array.from({ length: 5 }, (_, turn) => ({ tab, text: `${index}.${turn}`, id: randomUUID() })),
    );
    await Promise.all(said.map(({ tab, text, id }) => tab.send('support.send', { text }, id)));
    // Sent again to the other server, as after a lost answer.
    const other = said[0];
    expect(await tabs[1]?.send('support.send', { text: '0.0' }, other?.id)).toBeNull();
    for (const tab of tabs) await tab.until(() => talkOf(tab).sent === said.length, 'all messages');
    expect(texts(tabs[0] as LiveClient)).toEqual(texts(tabs[1] as LiveClient));
    expect([...texts(tabs[0] as LiveClient)].sort()).toEqual(said.map((one) => one.text).sort());
  });

  it('two take it at once on two servers: one has it, on both', async () => {
    const [nik, org] = [await come(near, 'support'), await come(far, 'organiser')];
    const answers = await Promise.all([nik, org].map((one) => one.send('support.take', { from: null })));
    expect(answers.filter((one) => one === null)).toHaveLength(1);
    const winner = answers[0] === null ? nik : org;
    for (const one of [nik, org]) await one.until(() => talkOf(one).takenBy === winner.personId, 'who has it');
    expect(answers.find((one) => one !== null)).toEqual({ code: 'support-taken', details: { by: winner.personId } });
    const desks = await Promise.all([near, far].map((server) => readDesk(server, cookies.support ?? '')));
    expect(desks[0]).toEqual(desks[1]);
    expect(await winner.send('support.hand-back')).toBeNull();
  });

  it('a server is killed: nothing that was acknowledged is lost, and the conversation goes on through the other', async () => {
    const tab = await come(far, 'participant1');
    expect(await tab.send('support.send', { text: 'before the end' })).toBeNull();
    await far.kill();
    await tab.until(() => tab.closedWith !== null, 'the socket to break');
    const supporter = await come(near, 'support');
    // Its hint may have died with the server.
    await supporter.until(() => texts(supporter).includes('before the end'), 'what was acknowledged');
    expect(await supporter.send('support.send', { text: 'I am here' })).toBeNull();
    tab.options.origin = near.origin;
    await tab.connect();
    await tab.until(() => texts(tab).at(-1) === 'I am here', 'the answer');
    expect(texts(tab).at(-2)).toBe('before the end');
    far = await startFar();
    const later = await come(far, 'participant1');
    expect(texts(later)).toEqual(texts(tab));
    expect(await later.send('support.send', { text: 'and back' })).toBeNull();
    await supporter.until(() => texts(supporter).includes('and back'), 'the message from the new server');
    const where = async () => (await readDesk(near, cookies.support ?? '')).open[0]?.where.is;
    await vi.waitFor(async () => expect(await where()).toBe('on-page'), { timeout: 20_000, interval: 200 });
  });
});
