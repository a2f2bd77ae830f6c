// Requests among several people over the real protocol: races of two speakers, a withdrawal against an approval, a whole audience at once, leaving in any state, the end.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personOf } from '#session/state.ts';
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
/** Those of the crowd who come early, and are on screen when they go. */
let seen: LiveClient[];
/** Whose countdown the end comes into. */
let last: LiveClient;

const received = () => host.backstage.requests;
const waits = (person: string) => received().waiting.some((one) => one.person === person);
const isOnStage = (person: string) => host.all.stage.onStage.some((one) => one.person === person);
const approved = async (one: LiveClient) => {
  await asked(one);
  expect(await host.send('requests.approve', { person: one.personId })).toBeNull();
};
const ownOf = (one: LiveClient) => personOf(one.state, one.personId).requests;
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

  it('the countdown ends by itself after five seconds, and not before; a reload in it changes nothing', async () => {
    await approved(ben);
    await ben.close();
    await ben.connect();
    await ben.until(() => ownOf(ben).countdown !== null, 'the countdown to be known again');
    seen = await Promise.all([3, 4].map((index) => app.join(`participant${index}`, stream)));
    for (const one of seen) await approved(one);
    await host.until(() => isOnStage(ben.personId), 'the person on stage');
    const types = host.events.map(({ event }) => event);
    const began = types.find((one) => one.type === 'requests.countdown-started' && one.body.person === ben.personId);
    const ended = types.find((one) => one.type === 'stage.entered' && one.body.person === ben.personId);
    const lastedMs = Date.parse(ended?.at ?? '') - Date.parse(began?.at ?? '');
    expect(lastedMs).toBeGreaterThanOrEqual(5000);
    expect(lastedMs).toBeLessThan(5500);
    expect(await cohost.send('stage.mute', { person: ben.personId })).toBeNull();
    expect(await cohost.send('stage.remove', { person: ben.personId })).toBeNull();
    await ben.until(() => !ben.all.stage.onStage.some((one) => one.person === ben.personId), 'the empty place');
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

  it('two speakers invite and take back: the invitation is gone for both, and its person is told by whom', async () => {
    expect(await host.send('requests.invite', { person: ada.personId })).toBeNull();
    const [first, second] = await Promise.all([
      host.send('requests.withdraw-invitation', { person: ada.personId }),
      cohost.send('requests.withdraw-invitation', { person: ada.personId }),
    ]);
    expect([first?.code, second?.code].filter(Boolean)).toEqual(['no-such-invitation']);
    const by = first === null ? host.personId : cohost.personId;
    await ada.until(() => ownOf(ada).lapsed?.by === by, 'the news');
    expect(ownOf(ada)).toMatchObject({ invitation: null, lapsed: { what: 'invitation', reason: 'withdrawn' } });
    expect(await ada.send('requests.accept-invitation', on)).toMatchObject({ code: 'no-such-invitation' });
  });

  it('RQ12 a closed tab or a lost network leaves nothing stuck: waiting, invited, in the countdown, on screen', async () => {
    const six = await Promise.all([5, 6, 7, 8, 9, 10].map((index) => app.join(`participant${index}`, stream)));
    const [asking, invited, coming] = [six.slice(0, 2), six.slice(2, 4), six.slice(4)];
    const going = [...seen, ...six];
    await host.until(() => going.every((one) => one.personId in host.all.people.present), 'everybody');
    await host.until(() => seen.every((one) => isOnStage(one.personId)), 'two of them on screen');
    for (const one of asking) await asked(one);
    for (const one of invited) expect(await host.send('requests.invite', { person: one.personId })).toBeNull();
    for (const one of coming) await approved(one);
    const counts = () => [received().waiting, received().invitations, received().countdowns].map((list) => list.length);
    await host.until(() => counts().join() === '2,2,2', 'two of each');
    await Promise.all(going.map((one, index) => (index % 2 ? one.cut() : one.close())));
    const isIn = (list: readonly { person: string }[], one: LiveClient) => list.some(({ person }) => person === one.personId);
    const stays = (one: LiveClient) =>
      one.personId in host.all.people.present ||
      [received().waiting, received().invitations, received().countdowns, host.all.stage.onStage].some((list) => isIn(list, one));
    await host.until(() => !going.some(stays), 'nothing of them to be left');
    const [first] = asking as [LiveClient];
    expect(await host.send('requests.approve', { person: first.personId })).toMatchObject({ code: 'request-lapsed' });
  }, 30_000);

  it('ST5 a speaker on stage who is taken off the list goes off the stage, and asks like the others', async () => {
    expect(await cohost.send('stage.enter', on)).toBeNull();
    const { speakers, support } = host.all.lifecycle;
    const setSpeakers = async (list: string[]) => {
      const fact = { audience: 'all' as const, type: 'lifecycle.roster-set', body: { speakers: list, support } };
      await app.server.db.transaction((tx) => app.server.log.appendFacts(tx, stream, [fact]));
      await app.server.log.announce(stream);
    };
    await setSpeakers(speakers.filter((one) => one !== cohost.personId));
    await host.until(() => !isOnStage(cohost.personId), 'the empty place');
    await cohost.until(() => !('backstage' in cohost.slices), 'backstage to be gone');
    expect(await cohost.send('requests.approve', { person: ada.personId })).toMatchObject({ code: 'not-allowed' });
    await asked(cohost);
    await setSpeakers(speakers);
    await cohost.until(() => 'backstage' in cohost.slices, 'backstage to be back');
    expect(await cohost.send('stage.enter', on)).toBeNull();
    await host.until(() => !waits(cohost.personId), 'the request to lapse');
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
    last = crowd[10] as LiveClient;
  }, 60_000);

  it('the end leaves nothing waiting and no countdown, and whose countdown it was is told', async () => {
    expect(await host.send('requests.set-limit', { limit: 3 })).toBeNull();
    expect(await host.send('requests.approve', { person: last.personId })).toBeNull();
    await last.until(() => ownOf(last).countdown !== null, 'the countdown');
    expect(await host.send('lifecycle.end')).toBeNull();
    await host.until(() => received().waiting.length + received().countdowns.length === 0, 'an empty list');
    await last.until(() => ownOf(last).lapsed?.reason === 'ended', 'the news');
    expect(ownOf(last).lapsed?.what).toBe('countdown');
    const rows = await app.server.db.query('select next_due_at from streams where id = $1', [stream]);
    expect(rows).toEqual([{ next_due_at: null }]);
  });
});
