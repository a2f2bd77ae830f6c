// A promotion and a removal racing through two servers: what is committed last decides, LiveKit ends the same, and old tokens change nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placement } from '#session/placement.ts';
import type { SessionState } from '#session/state.ts';
import { backstageOf } from '#session/state.ts';
import { sharedDatabases } from '#tests/flows/flow-databases.ts';
import { askUpgrade, rtcPath } from '#tests/media-bot/ask.ts';
import { startBot } from '#tests/media-bot/bot.ts';
import { eventually } from '#tests/media-bot/eventually.ts';
import { passOn } from '#tests/media-bot/webhook-relay.ts';
import type { Caller, MediaScene, Side } from './media-scene.ts';
import { onAir, startMediaScene } from './media-scene.ts';
import { sized } from './size.ts';

const rounds = sized({ ci: 10, long: 100 });
const name = 'participant7';

let scene: MediaScene;

/** The promoting step, through one server: who has asked is let on the stage, with rights from this moment on. */
const promote = (person: string) => scene.send('a', 'cohost', 'requests.approve', { person });
/** Through the other. */
const remove = (person: string) => scene.send('b', 'host', 'people.remove', { person });
const readmit = (person: string) => scene.send('b', 'host', 'people.readmit', { person });
const ask = (side: Side) => scene.send(side, name, 'requests.send', onAir);

const mayPublish = async (person: string) => (await scene.at(person)).permission?.canPublish === true;

interface Race {
  how: string;
  /** Whatever the order at the database. */
  endsRemoved: boolean;
  run(person: Caller): Promise<unknown>;
}
const races: Race[] = [
  { how: 'both at once', endsRemoved: true, run: ({ personId }) => Promise.all([promote(personId), remove(personId)]) },
  {
    how: 'removed with the rights just given, while beginning to send',
    endsRemoved: true,
    async run({ personId, bot }) {
      expect(await promote(personId)).toBeNull();
      await eventually(() => mayPublish(personId));
      return Promise.all([bot.tryToPublish('microphone'), remove(personId)]);
    },
  },
  {
    how: 'removed and let in again while promoted',
    endsRemoved: false,
    run: ({ personId }) => Promise.all([promote(personId), remove(personId).then(() => readmit(personId))]),
  },
  {
    how: 'removed, let in again and promoted, while LiveKit is still told of the first',
    endsRemoved: false,
    async run({ personId }) {
      expect(await remove(personId)).toBeNull();
      expect(await readmit(personId)).toBeNull();
      expect(await ask('b')).toBeNull();
      expect(await promote(personId)).toBeNull();
    },
  },
  {
    how: 'promoted and taken back while removed, asking at both servers',
    endsRemoved: true,
    run: ({ personId }) =>
      Promise.all([promote(personId), scene.send('b', name, 'requests.cancel'), remove(personId), remove(personId)]),
  },
];

function placementNow(state: SessionState, person: string) {
  const placed = placement(state, scene.sessionId, person);
  return placed.in === null ? { in: null, publish: [] } : placed;
}

/** Whatever is left of the round: a request, a countdown, a place on stage. */
async function toTheAudience(person: string): Promise<void> {
  for (const [side, type] of [
    ['a', 'requests.withdraw'] as const,
    ['a', 'requests.cancel'] as const,
    ['a', 'stage.leave'] as const,
  ])
    await scene.send(side, name, type);
  expect(placementNow(await scene.state(), person).publish).toEqual([]);
}

async function staysOut({ personId, cookie, bot }: Caller, tokens: ReadonlySet<string>): Promise<void> {
  await eventually(() => !bot.connected());
  for (const side of ['a', 'b'] as const) {
    const answer = await askUpgrade(scene.servers[side].origin, rtcPath(scene.sessionId), { cookie });
    expect(answer).toEqual({ status: 403, code: 'removed' });
  }
  for (const token of tokens) {
    const intruder = await startBot(scene.livekit.config.url, token).catch(() => null);
    await eventually(async () => intruder?.connected() !== true && !(await scene.isThere(personId)), 8000);
    await intruder?.leave();
  }
}

describe.each(sharedDatabases)('a promotion and a removal racing through two servers on one $name', ({ open }) => {
  beforeAll(async () => {
    scene = await startMediaScene(open);
    scene.relay.onTold = (told) => {
      for (const { origin } of Object.values(scene.servers)) void passOn(origin, told);
    };
  });
  afterAll(() => scene.stop());

  it(`${rounds} rounds: the last commit decides, at LiveKit too, whatever token is in hand`, async () => {
    const outcomes = { removed: 0, promoted: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const race = races[round % races.length] as Race;
      const caller = await scene.call(round % 2 === 0 ? 'a' : 'b', name);
      const { personId, bot } = caller;
      expect([race.how, await ask('a')]).toEqual([race.how, null]);
      await eventually(() => Boolean(bot.token()));
      const tokens = new Set([bot.token() ?? '']);
      await race.run(caller);
      tokens.add(bot.token() ?? '');
      const state = await scene.state();
      const removed = personId in backstageOf(state).people.removed;
      expect([race.how, removed]).toEqual([race.how, race.endsRemoved]);
      const { in: place, publish } = placementNow(state, personId);
      expect([race.how, place === null]).toEqual([race.how, removed]);
      if (publish.length > 0) outcomes.promoted += 1;
      if (removed) outcomes.removed += 1;
      await scene.agreement(!removed && bot.disconnected() === 0 ? [caller] : []);
      if (removed) {
        await staysOut(caller, tokens);
        await scene.agreement();
        expect(await readmit(personId)).toBeNull();
      }
      await bot.leave();
      await toTheAudience(personId);
    }
    console.log(`${rounds} races`, outcomes);
    expect(outcomes.removed).toBeGreaterThan(0);
    expect(outcomes.promoted).toBeGreaterThan(0);
  });
});
