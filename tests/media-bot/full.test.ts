// A LiveKit that has reached its limit of tracks: newcomers get a clear word, those inside notice nothing, and there is room again when somebody leaves.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askUpgrade, askValidate, olderRtcPath, validatePath } from './ask.ts';
import { eventually } from './eventually.ts';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';

let scene: Fixture;
beforeAll(async () => {
  // One that is sent, one that is received.
  scene = await startFixture({ mostTracks: 2 });
});
afterAll(() => scene.stop());

describe('a full LiveKit', () => {
  it('is "full" to newcomers, in every Session, and nothing to those inside', async () => {
    const { host, sessionId } = await scene.liveSession();
    const speaker = await scene.join(sessionId, host);
    await speaker.publish('microphone');
    const viewer = await scene.join(sessionId, randomUUID());
    await eventually(() => viewer.soundFrom(host) > 0);

    const cookie = scene.signIn(randomUUID());
    const full = { status: 503, code: 'media-full' };
    const ask = (session: string) => askUpgrade(scene.origin, olderRtcPath(session), { cookie });
    // LiveKit counts its tracks every other second.
    await eventually(async () => (await ask(sessionId)).code === 'media-full');
    expect(await askValidate(scene.origin, validatePath(sessionId), { cookie })).toEqual(full);
    const other = await scene.liveSession();
    expect(await ask(other.sessionId)).toEqual(full);
    expect((await scene.media.health()).status).toBe('ok');

    const heard = viewer.soundFrom(host);
    await eventually(() => viewer.soundFrom(host) > heard + 20);
    await scene.send(sessionId, host, 'stage.leave');
    await eventually(async () => (await ask(sessionId)).status === 101);
    expect([speaker.disconnected(), viewer.disconnected()]).toEqual([0, 0]);
  });
});
