// Requests among several people over the real protocol: races of two speakers, a withdrawal against an approval, a whole audience at once, leaving, the end.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from './app.ts';
import { soon, startTestApp } from './app.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { flowDatabases } from './flow-databases.ts';
import { LiveClient } from './live-client.ts';

/** As many as the demo has beside the two others. */
const demoCrowd = 28;
const newcomers = 2;
const crowdSize = demoCrowd + newcomers;
const on = { microphone: true, camera: true };
let database: FlowDatabase;
let app: TestApp;
let stream: string;
let host: LiveClient;
let cohost: LiveClient;
let ada: LiveClient;
let ben: LiveClient;

const received = () => host.backstage.requests;
const waits = (person: string) => received().waiting.some((one) => one.person === person);
const asked = async (one: LiveClient) => {
  expect(await one.send('requests.send', on)).toBeNull();
  await host.until(() => waits(one.personId), 'the request');
};

/** Signs up and comes in. */
async function comeAnew(index: number): Promise<LiveClient> {
  const body = { name: `Newcomer ${index}`, email: `newcomer${index}@example.org`, password: 'four words in a row here' };
  const signedUp = await app.request('POST', '/api/accounts/sign-up', undefined, { ...body, language: 'en', timeZone: 'UTC' });
  const cookie = signedUp.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return new LiveClient({ origin: app.origin, cookie, stream, as: 'participant' }).connect();
}

describe.each(flowDatabases)('requests on the $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
    app = await startTestApp(database.config);
    stream = (await app.point(soon)).id;
    host = await app.join('host', stream, 'speaker');
    cohost = await app.join('cohost', stream, 'speaker');
    ada = await app.join('participant1', stream);
    ben = await app.join('participant2', stream);
    expect(await host.send('stage.enter', on)).toBeNull();
    expect(await host.send('lifecycle.start')).toBeNull();
  });
  afterAll(async () => {
    await app.close();
    await database.end();
  });

  it('two speakers decide at once: one counts, the other is told who', async () => {
    await asked(ada);
    const [first, second] = await Promise.all([
      host.send('requests.approve', { person: ada.personId }),
      cohost.send('requests.decline', { person: ada.personId }),
    ]);
    const refused = [first, second].filter((one) => one !== null);
    expect(refused).toHaveLength(1);
    const winner = first === null ? host : cohost;
    expect(refused[0]).toMatchObject({ code: 'request-decided', details: { by: winner.personId } });
    if (winner === host) expect(await ada.send('requests.cancel')).toBeNull();
    expect(ben.wire.join()).not.toContain('requests.sent');
    expect(ben.wire.join()).not.toContain('your-countdown');
  });

  it('the countdown ends by itself after five seconds, and not before', async () => {
    await asked(ben);
    expect(await host.send('requests.approve', { person: ben.personId })).toBeNull();
    await host.until(() => host.all.stage.onStage.some((one) => one.person === ben.personId), 'the person on stage');
    const types = host.events.map(({ event }) => event);
    const began = types.findLast((one) => one.type === 'requests.countdown-started');
    const ended = types.findLast((one) => one.type === 'stage.entered');
    const lastedMs = Date.parse(ended?.at ?? '') - Date.parse(began?.at ?? '');
    expect(lastedMs).toBeGreaterThanOrEqual(5000);
    expect(lastedMs).toBeLessThan(5500);
    expect(await cohost.send('stage.mute', { person: ben.personId })).toBeNull();
    expect(await cohost.send('stage.remove', { person: ben.personId })).toBeNull();
    await ben.until(() => ben.all.stage.onStage.length === 1, 'the empty place');
  }, 20_000);

  it('a withdrawal against an approval: exactly one of them happens', async () => {
    await asked(ben);
    const [withdrawn, approved] = await Promise.all([
      ben.send('requests.withdraw'),
      host.send('requests.approve', { person: ben.personId }),
    ]);
    expect([withdrawn?.code, approved?.code].filter(Boolean)).toHaveLength(1);
    if (withdrawn) expect(withdrawn.code).toBe('request-decided');
    else expect(approved?.code).toBe('request-withdrawn');
    if (!approved) expect(await ben.send('requests.cancel')).toBeNull();
  });

  it('a whole audience asks in the same second: each waits once, in order; the limit holds', async () => {
    const demo = Array.from({ length: demoCrowd }, (_, index) => app.join(`participant${index + 3}`, stream));
    const crowd = await Promise.all([...demo, ...Array.from({ length: newcomers }, (_, index) => comeAnew(index))]);
    const answers = await Promise.all(crowd.map((one) => one.send('requests.send', on)));
    expect(answers.every((one) => one === null)).toBe(true);
    await host.until(() => received().waiting.length === crowdSize, 'everybody’s request');
    const order = received().waiting.map((one) => one.askedAt);
    expect([...order].sort()).toEqual(order);
    expect(await host.send('requests.set-limit', { limit: 2 })).toBeNull();
    const decisions = await Promise.all(
      crowd.slice(0, 5).map((one) => cohost.send('requests.approve', { person: one.personId })),
    );
    expect(decisions.filter((one) => one === null)).toHaveLength(2);
    expect(decisions.filter((one) => one?.code === 'screen-full')).toHaveLength(3);
    const gone = crowd[10] as LiveClient;
    await gone.close();
    await host.until(() => !waits(gone.personId), 'the request of somebody who left to lapse');
    expect(await host.send('requests.approve', { person: gone.personId })).toMatchObject({ code: 'request-lapsed' });
  }, 60_000);

  it('the end leaves nothing waiting and no countdown', async () => {
    expect(await host.send('lifecycle.end')).toBeNull();
    await host.until(() => received().waiting.length + received().countdowns.length === 0, 'an empty list');
    const rows = await app.server.db.query('select next_due_at from streams where id = $1', [stream]);
    expect(rows).toEqual([{ next_due_at: null }]);
  });
});
