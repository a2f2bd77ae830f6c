// LiveKit killed with -9 for seconds to a minute, or frozen: sound is back within ten seconds of its return, on the same clients, with the same rights.
// The bots' SDK has a schedule of its own (five seconds for an attempt, pauses up to seven); what a page needs is media-browser.test.ts's.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SessionState } from '#session/state.ts';
import { differences } from '#tests/media-bot/agreement.ts';
import { askUpgrade, olderRtcPath } from '#tests/media-bot/ask.ts';
import type { Bot } from '#tests/media-bot/bot.ts';
import { eventually } from '#tests/media-bot/eventually.ts';
import type { Fixture } from '#tests/media-bot/fixture.ts';
import { startFixture } from '#tests/media-bot/fixture.ts';
import { sized } from './size.ts';

/** What is promised. */
const backWithinMs = 10_000;
const killedForS = sized({ ci: [2, 8], long: [2, 5, 10, 30, 60] });
const frozenForS = sized({ ci: [3], long: [3, 20] });

let scene: Fixture;
beforeAll(async () => {
  // As the product has them: how often LiveKit is looked at, and how long a socket is held at the gate.
  scene = await startFixture({ sweepMs: 3000, letInWithinMs: 12_000 });
});
afterAll(() => scene.stop());

/** The fault itself lasts this long. */
const lasting = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

interface Call {
  sessionId: string;
  people: { host: string; guest: string; viewer: string };
  host: Bot;
  guest: Bot;
  viewer: Bot;
}

/** Two on stage who hear each other, and a viewer. */
async function startCall(): Promise<Call> {
  const people = { host: randomUUID(), guest: randomUUID(), viewer: randomUUID() };
  const sessionId = await scene.newSession([people.host, people.guest]);
  for (const one of [people.host, people.guest])
    await scene.send(sessionId, one, 'stage.enter', { microphone: true, camera: false });
  await scene.send(sessionId, people.host, 'lifecycle.start');
  const host = await scene.join(sessionId, people.host);
  const guest = await scene.join(sessionId, people.guest);
  const viewer = await scene.join(sessionId, people.viewer);
  await host.publish('microphone');
  await guest.publish('microphone');
  const call = { sessionId, people, host, guest, viewer };
  await soundEverywhere(call, 15_000);
  return call;
}

/** Milliseconds until each hears all that they should, beyond what they have heard up to now. */
async function soundEverywhere({ people, host, guest, viewer }: Call, withinMs: number): Promise<Record<string, number>> {
  const start = performance.now();
  const ways = [
    ['publisher', host, people.guest],
    ['other publisher', guest, people.host],
    ['subscriber', viewer, people.host],
    ['subscriber of the other', viewer, people.guest],
  ] as const;
  const times = ways.map(async ([name, hearer, heard]) => {
    const before = hearer.soundFrom(heard);
    await eventually(() => hearer.soundFrom(heard) > before + 20, withinMs);
    return [name, Math.round(performance.now() - start)] as const;
  });
  return Object.fromEntries(await Promise.all(times));
}

async function endsAsItWas({ sessionId, people, host, guest, viewer }: Call): Promise<void> {
  const state = (await scene.log.read(sessionId))?.state as SessionState;
  await vi.waitFor(async () => expect(await differences(scene.admin, sessionId, state, Object.values(people))).toEqual([]), {
    timeout: 15_000,
    interval: 50,
  });
  expect([host, guest, viewer].map((one) => one.disconnected())).toEqual([0, 0, 0]);
  await scene.send(sessionId, people.host, 'lifecycle.end');
  await Promise.all([host, guest, viewer].map((one) => one.leave()));
}

describe('LiveKit', () => {
  it.each(killedForS)('killed for %i seconds: sound is back within ten', async (seconds) => {
    const call = await startCall();
    await scene.livekit.kill();
    await lasting(seconds);
    await scene.livekit.start();
    const times = await soundEverywhere(call, backWithinMs);
    console.log(`LiveKit away for ${seconds} s; sound back after (ms)`, times);
    await endsAsItWas(call);
  });

  it.each(frozenForS)('frozen for %i seconds: it is "try again" meanwhile, and sound is back within ten', async (seconds) => {
    const call = await startCall();
    scene.livekit.freeze();
    const cookie = scene.signIn(randomUUID());
    const atTheGate = askUpgrade(scene.origin, olderRtcPath(call.sessionId), { cookie });
    await lasting(seconds);
    scene.livekit.thaw();
    const times = await soundEverywhere(call, backWithinMs);
    console.log(`LiveKit frozen for ${seconds} s; sound back after (ms)`, times);
    expect([101, 503]).toContain((await atTheGate).status);
    await endsAsItWas(call);
  });

  it('killed three times within seconds: rooms, rights and sound are back after the last', async () => {
    const call = await startCall();
    for (let turn = 0; turn < 3; turn += 1) {
      await scene.livekit.kill();
      await scene.livekit.start();
    }
    const times = await soundEverywhere(call, backWithinMs);
    console.log('LiveKit killed three times; sound back after (ms)', times);
    await endsAsItWas(call);
  });
});
