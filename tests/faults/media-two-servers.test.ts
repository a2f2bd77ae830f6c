// Two app servers and one LiveKit: gates and removals across servers, hints and webhooks that go astray, the holder of the lease killed, both restarted.
import { randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { roomOfPerson } from '#features/breakouts/contract.ts';
import { allOf } from '#session/state.ts';
import { sharedDatabases } from '#tests/flows/flow-databases.ts';
import { askUpgrade, askValidate, rtcPath, validatePath } from '#tests/media-bot/ask.ts';
import { startBot } from '#tests/media-bot/bot.ts';
import { eventually } from '#tests/media-bot/eventually.ts';
import type { Listener } from '#tests/media-bot/hearing.ts';
import { hearingOf, watchVoices, wronglyHeard } from '#tests/media-bot/hearing.ts';
import type { Mover } from '#tests/media-bot/mover.ts';
import { startMover } from '#tests/media-bot/mover.ts';
import { passOn } from '#tests/media-bot/webhook-relay.ts';
import type { Caller, MediaScene, Side } from './media-scene.ts';
import { onAir, startMediaScene } from './media-scene.ts';

let scene: MediaScene;
let host: Caller;
let cohost: Caller;
let listener: Caller;
let firstHolder: string | undefined;
let movers: Mover[] = [];
const sides: Side[] = ['a', 'b'];
const [firstToneHz, toneStepHz] = [600, 300];
/** For whoever signs out or is disabled, counted from before it. */
const promisedMs = 2_000;

/** What everybody is heard by, from now on. */
async function isHeard(speaker: Caller, by: Caller): Promise<void> {
  const before = by.bot.soundFrom(speaker.personId);
  await eventually(() => by.bot.soundFrom(speaker.personId) > before + 20);
}
const mayPublish = async ({ personId }: Caller) => (await scene.at(personId)).permission?.canPublish === true;
const sidOf = async ({ personId }: Caller) => (await scene.at(personId)).sid;

async function isRemovedEverywhere(person: Caller, code: string): Promise<void> {
  for (const side of sides) {
    const { origin } = scene.servers[side];
    const headers = { cookie: person.cookie };
    expect(await askUpgrade(origin, rtcPath(scene.sessionId), headers)).toEqual({ status: 403, code });
    expect(await askValidate(origin, validatePath(scene.sessionId), headers)).toEqual({ status: 403, code });
  }
}

/** Somebody whom no gate admitted, with LiveKit's own key. */
async function intrude(): Promise<string> {
  const { apiKey, apiSecret, url } = scene.livekit.config;
  const identity = randomUUID();
  const token = new AccessToken(apiKey, apiSecret, { identity, ttl: 60 });
  token.addGrant({ roomJoin: true, room: scene.room, hidden: true, canPublish: true });
  const bot = await startBot(url, await token.toJwt());
  await eventually(() => !bot.connected(), 8_000);
  await bot.leave();
  return identity;
}

const listeners = (): Listener[] =>
  movers.map((one) => ({ name: one.name, personId: one.personId, toneHz: one.toneHz, ...hearingOf(one.bot()) }));

/** By the state, not by what somebody thinks of where they are. */
async function areHeardInTheirRooms(): Promise<void> {
  const { breakouts } = allOf(await scene.state());
  const roomOf = ({ personId }: Pick<Listener, 'personId'>) => roomOfPerson(breakouts, personId);
  const together = (one: Listener, all: readonly Listener[]) =>
    all.filter((other) => other !== one && roomOf(other) === roomOf(one));
  expect(movers.map(roomOf)).not.toContain(null);
  const since = Date.now();
  await vi.waitFor(() => expect(wronglyHeard(listeners(), together, since)).toEqual([]), { timeout: 30_000, interval: 100 });
}

describe.each(sharedDatabases)('two servers on one $name and one LiveKit', ({ open }) => {
  beforeAll(async () => {
    scene = await startMediaScene(open);
    scene.relay.onTold = (told) => void passOn(scene.servers.a.origin, told);
    firstHolder = await scene.leaseHolder();
  });
  afterAll(async () => {
    await Promise.all(movers.map((one) => one.stop()));
    await scene.stop();
  });

  it('the gate of either leads into the same room', async () => {
    host = await scene.call('a', 'host');
    await host.bot.publish('microphone');
    cohost = await scene.call('b', 'cohost');
    listener = await scene.call('b', 'participant1');
    await isHeard(host, listener);
    await scene.agreement([host, cohost, listener]);
    expect(await scene.send('b', 'cohost', 'stage.enter', onAir)).toBeNull();
    await eventually(() => mayPublish(cohost));
    await cohost.bot.publish('microphone');
    await isHeard(cohost, listener);
    await scene.agreement([host, cohost, listener]);
  });

  it('of a page opened twice only the newer is let in, by either, also when the older comes back later', async () => {
    const { cookie, personId } = listener;
    const [older, newer] = [randomUUID(), randomUUID()];
    const ask = (side: Side, opening: string) =>
      askUpgrade(scene.servers[side].origin, `${rtcPath(scene.sessionId)}&opening=${opening}`, { cookie });
    const why = (side: Side, opening: string) =>
      askValidate(scene.servers[side].origin, `${validatePath(scene.sessionId)}&opening=${opening}`, { cookie });
    expect((await why('a', older)).status).toBe(200);
    expect((await why('b', newer)).status).toBe(200);
    const connection = (await scene.at(personId)).sid;
    for (const side of sides) {
      expect(await ask(side, older)).toEqual({ status: 403, code: 'elsewhere' });
      expect(await why(side, older)).toEqual({ status: 403, code: 'elsewhere' });
      expect((await why(side, newer)).status).toBe(200);
    }
    expect((await scene.at(personId)).sid).toBe(connection);
  });

  it.each([
    { hints: 'heard', lost: false },
    { hints: 'lost', lost: true },
  ])('a removal on one ends the media that came in by the other, hints $hints', async ({ lost }) => {
    await scene.loseHints(lost);
    for (const [from, at] of [['a', 'b'] as const, ['b', 'a'] as const]) {
      const person = await scene.call(at, 'participant2');
      expect(await scene.send(from, 'host', 'people.remove', { person: person.personId })).toBeNull();
      const removedAt = performance.now();
      await eventually(async () => !(await scene.isThere(person.personId)), 5_000);
      console.log(`removed after ${Math.round(performance.now() - removedAt)} ms, hints lost: ${lost}`);
      await eventually(() => person.bot.disconnected() === 1);
      await isRemovedEverywhere(person, 'removed');
      expect(await scene.send(at, 'host', 'people.readmit', { person: person.personId })).toBeNull();
    }
    await scene.loseHints(false);
    await scene.agreement([host, cohost, listener]);
  });

  it.each([
    { act: 'signing out', end: async (from: Side, { cookie }: Caller) => void (await scene.signOut(from, cookie)) },
    { act: 'disabling the account', end: async (_from: Side, { name }: Caller) => scene.setDisabled(name, true) },
  ])('$act through one ends the media that came in by the other within two seconds, without a single hint', async ({ end }) => {
    await scene.loseHints(true);
    for (const [from, at] of [['a', 'b'] as const, ['b', 'a'] as const]) {
      const person = await scene.call(at, 'participant4');
      const begun = performance.now();
      await end(from, person);
      await eventually(async () => !(await scene.isThere(person.personId)), promisedMs);
      const outAfterMs = performance.now() - begun;
      console.log(`out after ${Math.round(outAfterMs)} ms without hints`);
      expect(outAfterMs).toBeLessThan(promisedMs);
      await isRemovedEverywhere(person, 'signed-out');
      await scene.setDisabled('participant4', false);
    }
    await scene.loseHints(false);
    await scene.agreement([host, cohost, listener]);
  });

  it('rights follow without a single hint, whichever server knows the person', async () => {
    await scene.loseHints(true);
    for (const side of sides) {
      for (const [type, wanted] of [['stage.leave', false] as const, ['stage.enter', true] as const]) {
        const before = performance.now();
        expect(await scene.send(side, 'cohost', type, wanted ? onAir : {})).toBeNull();
        await eventually(async () => (await mayPublish(cohost)) === wanted, 5_000);
        console.log(`rights after ${Math.round(performance.now() - before)} ms without hints`);
      }
    }
    await scene.loseHints(false);
    await scene.agreement([host, cohost, listener]);
  });

  it.each([
    { to: 'one server', reach: () => ['a'] as Side[] },
    { to: 'the other server', reach: () => ['b'] as Side[] },
    { to: 'both', reach: () => sides },
    { to: 'nobody', reach: () => [] as Side[] },
  ])('webhooks reach $to: who was not admitted is out within seconds', async ({ reach }) => {
    scene.relay.onTold = (told) => {
      for (const side of reach()) void passOn(scene.servers[side].origin, told);
    };
    const before = performance.now();
    const identity = await intrude();
    await eventually(async () => !(await scene.isThere(identity)), 8_000);
    console.log(`intruder out after ${Math.round(performance.now() - before)} ms`);
    await scene.agreement([host, cohost, listener]);
  });

  it('the holder of the lease is killed: the other makes rights right, and who came in by it stays', async () => {
    scene.relay.onTold = () => undefined;
    const holder = await scene.leaseHolder();
    const [killed, left]: [Side, Side] = holder === firstHolder ? ['a', 'b'] : ['b', 'a'];
    for (const one of [host, cohost, listener]) scene.lead(one, left);
    const leaver = await scene.call(killed, 'participant3');
    const connections = await Promise.all([host, cohost, listener].map(sidOf));
    await scene.servers[killed].kill();
    const before = performance.now();
    // Nobody is left who remembers having let this person in.
    await scene.db.query('update logins set ended_at = clock_timestamp() where person_id = $1', [leaver.personId]);
    expect(await scene.send(left, 'cohost', 'stage.leave')).toBeNull();
    await eventually(async () => !(await mayPublish(cohost)), 20_000);
    console.log(`rights right again ${Math.round(performance.now() - before)} ms after the holder was killed`);
    expect([undefined, holder]).not.toContain(await scene.leaseHolder());
    await eventually(async () => !(await scene.isThere(leaver.personId)), 15_000);
    await scene.agreement([host, cohost, listener]);
    expect(await Promise.all([host, cohost, listener].map(sidOf))).toEqual(connections);
    await isHeard(host, listener);
    await scene.startServer(killed);
  });

  it('both are killed and come back: the room, its generation and everybody in it are the same', async () => {
    const [before, holder] = [await scene.state(), await scene.leaseHolder()];
    const made = (await scene.admin.listRooms([scene.room]))[0]?.sid;
    await Promise.all(sides.map((side) => scene.servers[side].kill()));
    await Promise.all(sides.map((side) => scene.startServer(side)));
    for (const [index, one] of [host, cohost, listener].entries()) scene.lead(one, index % 2 === 0 ? 'a' : 'b');
    await eventually(() => [host, cohost, listener].every(({ door }) => door.statuses.at(-1) === 101));
    await eventually(async () => ![undefined, holder].includes(await scene.leaseHolder()));
    await scene.agreement([host, cohost, listener]);
    await isHeard(host, listener);
    expect((await scene.admin.listRooms([scene.room]))[0]?.sid).toBe(made);
    expect(allOf(await scene.state()).lifecycle).toEqual(allOf(before).lifecycle);
    expect([host, cohost, listener].map(({ bot }) => bot.disconnected())).toEqual([0, 0, 0]);
    expect(await scene.send('b', 'cohost', 'stage.enter', onAir)).toBeNull();
    await eventually(() => mayPublish(cohost), 20_000);
  });

  it('breakout rooms: opened through one, shuffled through the other, closed without a hint; each is heard in their own room only', async () => {
    movers = await Promise.all(
      ['participant4', 'participant5', 'participant6', 'participant7'].map((name, index) =>
        startMover({
          ...{ app: scene.servers[index % 2 === 0 ? 'a' : 'b'], stream: scene.sessionId, name },
          ...{ as: 'participant' as const, toneHz: firstToneHz + index * toneStepHz },
        }),
      ),
    );
    const voices = watchVoices(scene.admin, scene.sessionId);
    for (const name of ['North', 'South']) expect(await scene.send('a', 'host', 'breakouts.add-room', { name })).toBeNull();
    const plan = (side: Side, by: string, person: string, room: string) =>
      scene.send(side, by, 'breakouts.move', { person, room });
    for (const [index, { personId }] of movers.entries())
      await eventually(async () => (await plan('a', 'host', personId, index < 2 ? 'r1' : 'r2')) === null);
    expect(await scene.send('a', 'host', 'breakouts.open')).toBeNull();
    await areHeardInTheirRooms();
    await scene.loseHints(true);
    await Promise.all(movers.map(({ personId }, index) => plan('b', 'cohost', personId, index % 2 === 0 ? 'r1' : 'r2')));
    await areHeardInTheirRooms();
    expect(await scene.send('a', 'host', 'breakouts.close-now')).toBeNull();
    await eventually(() => movers.every((one) => one.place() === scene.room), 30_000);
    expect(await voices()).toEqual([]);
    await scene.loseHints(false);
    await scene.agreement([host, cohost, listener, ...movers]);
  });

  it('the end through one closes everything, also at the gate of the other', async () => {
    expect(await scene.send('a', 'host', 'lifecycle.end')).toBeNull();
    await scene.agreement();
    expect(await scene.admin.listRooms([scene.room])).toEqual([]);
    await eventually(() => [host, cohost, listener].every(({ bot }) => !bot.connected()));
    await isRemovedEverywhere(listener, 'session-ended');
  });
});
