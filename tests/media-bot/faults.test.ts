// LiveKit killed, away and back: what the gate says meanwhile, and that rooms and people come back by themselves.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askUpgrade, askValidate, rtcPath, validatePath } from './ask.ts';
import { eventually } from './eventually.ts';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';

let scene: Fixture;
beforeAll(async () => {
  scene = await startFixture({ sweepMs: 3000, letInWithinMs: 2000 });
});
afterAll(() => scene.stop());

describe('LiveKit killed', () => {
  it('is "try again" while it is away, and its rooms are back soon after it', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const idle = await scene.liveSession();
    const cookie = scene.signIn(host);
    await eventually(async () => (await scene.admin.listRooms([room, idle.room])).length === 2);

    await scene.livekit.kill();
    expect(await askUpgrade(scene.origin, rtcPath(sessionId), { cookie })).toEqual({ status: 503, code: 'media-unavailable' });
    const validate = await askValidate(scene.origin, validatePath(sessionId), { cookie });
    expect([200, 503]).toContain(validate.status);
    await eventually(async () => (await scene.media.health()).status === 'down');

    await scene.livekit.start();
    await eventually(async () => (await scene.admin.listRooms([room, idle.room])).length === 2, 2500);
    await eventually(async () => (await scene.media.health()).status === 'ok');
  });

  it('people come back by themselves, with the rights that the state gives them', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const speaker = await scene.join(sessionId, host);
    await speaker.publish('microphone');
    const viewer = await scene.join(sessionId, randomUUID());
    await eventually(() => viewer.hears().includes(host));
    const before = (await scene.at(room, host))?.sid;

    await scene.livekit.kill();
    await scene.livekit.start();
    await eventually(async () => {
      const again = await scene.at(room, host);
      return again !== undefined && again.sid !== before;
    }, 40_000);
    await eventually(() => viewer.hears().includes(host), 40_000);
    expect(speaker.disconnected() + viewer.disconnected()).toBe(0);
    expect((await scene.at(room, host))?.permission?.canPublish).toBe(true);
  });

  it('who is in a Session that is deleted is put out with its LiveKit room, and rooms of another installation stay', async () => {
    const { sessionId, room } = await scene.liveSession();
    const viewer = await scene.join(sessionId, randomUUID());
    const foreign = `${randomUUID()}.main.1`;
    await scene.admin.createRoom({ name: foreign, emptyTimeout: 600 });
    await scene.deleteSession(sessionId);
    await eventually(async () => (await scene.admin.listRooms([room])).length === 0);
    await eventually(() => viewer.disconnected() === 1);
    expect((await scene.admin.listRooms([foreign])).map(({ name }) => name)).toEqual([foreign]);
    await scene.admin.deleteRoom(foreign);
  });

  it('a join finds its room although the restart went unnoticed', async () => {
    const { sessionId, room } = await scene.liveSession();
    await scene.join(sessionId, randomUUID());
    await scene.admin.deleteRoom(room);
    const viewer = await scene.join(sessionId, randomUUID());
    expect(viewer.connected()).toBe(true);
  });
});
