// A participant's rights at LiveKit: none, then camera and microphone with the approval, the screen on stage, none after it, whatever token or client.
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainCallRoom } from '#session/placement.ts';
import type { SessionState } from '#session/state.ts';
import { allOf, backstageOf } from '#session/state.ts';
import { noRights, rightsOf, rightsTo } from './agreement.ts';
import { eventually } from './eventually.ts';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';

let scene: Fixture;
beforeAll(async () => {
  scene = await startFixture();
});
afterAll(() => scene.stop());

const both = { microphone: true, camera: true };
const stateOf = async (sessionId: string) => (await scene.log.read(sessionId))?.state as SessionState;

describe('a speaker who was muted by another', () => {
  it('is heard by nobody however they go on sending, and again once they have switched it on', async () => {
    const [host, muted] = [randomUUID(), randomUUID()];
    const sessionId = await scene.newSession([host, muted]);
    for (const one of [host, muted]) await scene.send(sessionId, one, 'stage.enter', { microphone: true, camera: false });
    expect((await scene.send(sessionId, host, 'lifecycle.start')).ok).toBe(true);
    const [directing, stubborn, listener] = [
      await scene.join(sessionId, host),
      await scene.join(sessionId, muted),
      await scene.join(sessionId, randomUUID()),
    ];
    await directing.publish('microphone');
    await stubborn.publish('microphone');
    await eventually(() => listener.soundFrom(muted) > 0);
    /** What came from the muted one while so much came from the host (pieces of 10 ms): longer than between two sweeps. */
    const heardMeanwhile = async () => {
      const [before, from] = [listener.soundFrom(muted), listener.soundFrom(host)];
      await eventually(() => listener.soundFrom(host) > from + 200);
      return listener.soundFrom(muted) - before;
    };
    const tracks = async () => (await scene.at(mainCallRoom(sessionId, 1), muted))?.tracks ?? [];

    expect((await scene.send(sessionId, host, 'stage.mute', { person: muted })).ok).toBe(true);
    await eventually(async () => (await tracks()).every((track) => track.muted));
    // A second track, as no page of ours sends one.
    await stubborn.publish('microphone');
    await eventually(async () => (await tracks()).length === 2 && (await tracks()).every((track) => track.muted));
    // What was under way is heard to its end.
    await eventually(async () => (await heardMeanwhile()) === 0);

    expect((await scene.send(sessionId, muted, 'stage.set-media', { microphone: true })).ok).toBe(true);
    stubborn.unpublish();
    await stubborn.publish('microphone');
    await eventually(() => listener.soundFrom(muted) > 0);
    expect(await heardMeanwhile()).toBeGreaterThan(100);
    expect((await tracks()).some((track) => !track.muted)).toBe(true);
  });
});

describe('a participant who comes on stage', () => {
  it('has exactly the rights of the moment, and none afterwards with an old token or a modified client', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const guest = randomUUID();
    const bot = await scene.join(sessionId, guest);
    const rights = async () => rightsOf(await scene.at(room, guest));
    expect(await bot.tryToPublish('camera')).toBe('refused');
    expect((await scene.send(sessionId, guest, 'requests.send', both)).ok).toBe(true);
    expect(await rights()).toEqual({ ...noRights, hidden: true });

    expect((await scene.send(sessionId, host, 'requests.approve', { person: guest })).ok).toBe(true);
    await eventually(async () => (await rights())?.canPublish === true);
    expect(await rights()).toEqual({ ...rightsTo(['camera', 'microphone']), hidden: false });
    await bot.publish('microphone');
    expect(backstageOf(await stateOf(sessionId)).requests.countdowns).toHaveLength(1);

    await eventually(async () => allOf(await stateOf(sessionId)).stage.onStage.some((one) => one.person === guest));
    const onScreen = { ...rightsTo(['camera', 'microphone', 'screen_share', 'screen_share_audio']), hidden: false };
    await eventually(async () => isDeepStrictEqual(await rights(), onScreen));
    await bot.publish('screen_share');
    const old = bot.token() ?? '';

    expect((await scene.send(sessionId, host, 'stage.remove', { person: guest })).ok).toBe(true);
    await eventually(async () => (await scene.at(room, guest))?.tracks.length === 0);
    expect(await rights()).toEqual({ ...noRights, hidden: false });
    expect(await bot.tryToPublish('microphone')).toBe('refused');

    const again = await scene.joinDirectly(old);
    await eventually(async () => (await rights())?.canPublish === false);
    expect(await again.tryToPublish('camera')).toBe('refused');
    expect((await scene.at(room, guest))?.tracks).toEqual([]);
  }, 60_000);
});
