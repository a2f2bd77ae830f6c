// A promotion and a removal racing through two servers: what is committed last decides, LiveKit ends the same, and old tokens change nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allOf, backstageOf } from '#session/state.ts';
import { sharedDatabases } from '#tests/flows/flow-databases.ts';
import { askUpgrade, rtcPath } from '#tests/media-bot/ask.ts';
import { startBot } from '#tests/media-bot/bot.ts';
import { eventually } from '#tests/media-bot/eventually.ts';
import { passOn } from '#tests/media-bot/webhook-relay.ts';
import type { Caller, MediaScene } from './media-scene.ts';
import { onAir, startMediaScene } from './media-scene.ts';
import { sized } from './size.ts';

const rounds = sized({ ci: 10, long: 100 });
const name = 'participant7';
const always = ['host', 'cohost'];

let scene: MediaScene;

/** What makes a person a speaker, as the shell does it, and the step by which they go on stage, through one server. */
const invite = () => scene.setSpeakers([...always, name]);
const goOnStage = () => scene.send('a', name, 'stage.enter', onAir);
const promote = async () => {
  await invite();
  return goOnStage();
};
/** Through the other. Speakers cannot be removed. */
const uninvite = () => scene.setSpeakers(always);
const remove = async (person: string) => scene.send('b', 'host', 'people.remove', { person });

const mayPublish = async (person: string) => (await scene.at(person)).permission?.canPublish === true;

interface Race {
  how: string;
  run(person: Caller): Promise<unknown>;
}
const races: Race[] = [
  { how: 'both at once', run: ({ personId }) => Promise.all([promote(), uninvite().then(() => remove(personId))]) },
  {
    how: 'going on stage while being removed',
    async run({ personId }) {
      await invite();
      return Promise.all([goOnStage(), uninvite().then(() => remove(personId))]);
    },
  },
  {
    how: 'removed with the rights just given, while beginning to send',
    async run({ personId, bot }) {
      expect(await promote()).toBeNull();
      await eventually(() => mayPublish(personId));
      return Promise.all([bot.tryToPublish('microphone'), uninvite().then(() => remove(personId))]);
    },
  },
  { how: 'invited while being removed', run: ({ personId }) => Promise.all([remove(personId), promote()]) },
  {
    how: 'removed, let in again and promoted, while the first is still being carried out',
    async run({ personId }) {
      expect(await remove(personId)).toBeNull();
      expect(await scene.send('a', 'host', 'people.readmit', { person: personId })).toBeNull();
      expect(await promote()).toBeNull();
    },
  },
];

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
    const outcomes = { removed: 0, onStage: 0, neither: 0 };
    for (let round = 0; round < rounds; round += 1) {
      await uninvite();
      const caller = await scene.call(round % 2 === 0 ? 'a' : 'b', name);
      await eventually(() => Boolean(caller.bot.token()));
      const tokens = new Set<string>([caller.bot.token() ?? '']);
      const race = races[round % races.length] as Race;
      await race.run(caller);
      tokens.add(caller.bot.token() ?? '');
      const state = await scene.state();
      const removed = caller.personId in backstageOf(state).people.removed;
      const onStage = allOf(state).stage.onStage.some((one) => one.person === caller.personId);
      expect([race.how, removed && onStage]).toEqual([race.how, false]);
      outcomes[removed ? 'removed' : onStage ? 'onStage' : 'neither'] += 1;
      const stillHere = !removed && caller.bot.disconnected() === 0;
      await scene.agreement(stillHere ? [caller] : []);
      if (removed) {
        await staysOut(caller, tokens);
        await scene.agreement();
        expect(await scene.send('b', 'host', 'people.readmit', { person: caller.personId })).toBeNull();
      } else if (onStage) {
        const again = stillHere ? caller : await scene.call('b', name);
        await again.bot.publish('microphone');
        await again.bot.leave();
      }
      await caller.bot.leave();
    }
    console.log(`${rounds} races`, outcomes);
    expect(outcomes.removed).toBeGreaterThan(0);
    expect(outcomes.onStage).toBeGreaterThan(0);
  });
});
