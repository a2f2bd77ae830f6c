// Webhooks as a network delivers them: lost, doubled, late, in the wrong order. LiveKit ends as the state says, whatever they tell.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SessionState } from '#session/state.ts';
import { differences } from './agreement.ts';
import type { Bot } from './bot.ts';
import { eventually } from './eventually.ts';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';
import type { Told, WebhookRelay } from './webhook-relay.ts';
import { passOn, startWebhookRelay } from './webhook-relay.ts';

let relay: WebhookRelay;
let scene: Fixture;
beforeAll(async () => {
  relay = await startWebhookRelay();
  scene = await startFixture({ webhookUrl: relay.url });
});
afterAll(async () => {
  await scene.stop();
  await relay.close();
});

const patience = { timeout: 15_000, interval: 50 };

/** The same numbers in every run, between 0 and 1. */
function numbers(seed: number): () => number {
  let last = seed;
  return () => {
    last = (last * 1_103_515_245 + 12_345) % 2 ** 31;
    return last / 2 ** 31;
  };
}

type Deliver = (told: Told) => Promise<number>;
interface Network {
  name: string;
  /** `all` is everything told so far; the newest is its last. */
  onTold(deliver: Deliver, all: Told[]): void;
}
const chance = numbers(7);
const networks: Network[] = [
  { name: 'lost', onTold: () => undefined },
  {
    name: 'doubled',
    onTold: (deliver, all) => all.slice(-1).forEach((told) => void Promise.all([deliver(told), deliver(told)])),
  },
  {
    name: 'late by eight, newest first',
    onTold(deliver, all) {
      if (all.length % 8 !== 0) return;
      void (async () => {
        for (const told of all.slice(-8).reverse()) await deliver(told);
      })();
    },
  },
  {
    name: 'one in three lost, others with one from long ago',
    onTold(deliver, all) {
      if (chance() < 1 / 3) return;
      const longAgo = all[Math.floor(chance() * all.length)];
      for (const told of [longAgo, all.at(-1)]) if (told) void deliver(told);
    },
  },
];

/** Somebody in the audience comes again: LiveKit puts the older connection out. */
const comesAgain = 'comes again';

function randomStep(next: () => number, speakers: string[], viewers: string[]) {
  const pick = (people: string[]) => people[Math.floor(next() * people.length)] ?? '';
  const on = { microphone: true, camera: true };
  const kinds = [
    () => ({ by: pick(speakers), type: 'stage.enter', body: on }),
    () => ({ by: pick(speakers), type: 'stage.leave', body: {} }),
    () => ({ by: speakers[0] ?? '', type: 'people.remove', body: { person: pick(viewers) } }),
    () => ({ by: speakers[0] ?? '', type: 'people.readmit', body: { person: pick(viewers) } }),
    () => ({ by: pick(viewers), type: comesAgain, body: {} }),
  ];
  return (kinds[Math.floor(next() * kinds.length)] ?? kinds[0])?.() ?? { by: '', type: '', body: {} };
}

describe('webhooks', () => {
  it.each(networks)('$name: rooms and rights end as the state says', async ({ onTold }) => {
    const all: Told[] = [];
    const deliver: Deliver = (told) => passOn(scene.origin, told);
    relay.onTold = (told) => {
      all.push(told);
      onTold(deliver, all);
    };
    const speakers = [randomUUID(), randomUUID(), randomUUID()];
    const viewers = [randomUUID(), randomUUID(), randomUUID()];
    const people = [...speakers, ...viewers];
    const sessionId = await scene.newSession(speakers);
    await scene.send(sessionId, speakers[0] ?? '', 'stage.enter', { microphone: true, camera: true });
    await scene.send(sessionId, speakers[0] ?? '', 'lifecycle.start');
    const newest = new Map<string, Bot>();
    const join = async (person: string) => {
      const bot = await scene.join(sessionId, person).catch(() => null);
      if (bot) newest.set(person, bot);
    };
    await Promise.all(people.map(join));
    expect(newest.size).toBe(people.length);

    const next = numbers(people.length);
    for (let turn = 0; turn < 40; turn += 1) {
      const { by, type, body } = randomStep(next, speakers, viewers);
      if (type === comesAgain) await join(by);
      else await scene.send(sessionId, by, type, body);
    }
    const state = async () => (await scene.log.read(sessionId))?.state as SessionState;
    const stillThere = () => people.filter((person) => newest.get(person)?.disconnected() === 0);
    const agreement = () =>
      vi.waitFor(
        async () => expect(await differences(scene.admin, sessionId, await state(), stillThere())).toEqual([]),
        patience,
      );
    await agreement();

    // Everything is told once more, when none of it is true any longer.
    for (const told of [...all].reverse()) expect(await deliver(told)).toBe(204);
    const witness = randomUUID();
    await join(witness);
    expect(newest.get(witness)?.connected()).toBe(true);
    await agreement();

    await scene.send(sessionId, speakers[0] ?? '', 'lifecycle.end');
    await agreement();
    await Promise.all(all.map(deliver));
    // When its socket goes while its transport is being set up anew, a bot's SDK waits fifteen seconds for that transport, then
    // pauses up to seven, and only then asks again and hears the gate's no. A page leaves as soon as the state says so.
    await eventually(() => [...newest.values()].every((bot) => !bot.connected()), 30_000);
    await agreement();
  });
});
