// What people may do in a LiveKit room, before and after the state changes: exact rights at LiveKit, and bots that try more.
import { randomUUID } from 'node:crypto';
import { TrackSource } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRights, rightsOf, rightsTo } from './agreement.ts';
import { eventually } from './eventually.ts';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';

let scene: Fixture;
beforeAll(async () => {
  scene = await startFixture();
});
afterAll(() => scene.stop());

const rightsIn = async (room: string, personId: string) => rightsOf(await scene.at(room, personId));

async function tracksOf(room: string, personId: string) {
  return (await scene.at(room, personId))?.tracks.map((track) => track.source) ?? [];
}

const onStageRights = rightsTo(['camera', 'microphone', 'screen_share', 'screen_share_audio']);

describe.concurrent('rights', () => {
  it('the audience may only listen, whatever it tries', async () => {
    const { sessionId, room } = await scene.liveSession();
    const people = [randomUUID(), randomUUID()];
    const [viewer, other] = await Promise.all(people.map((person) => scene.join(sessionId, person)));
    for (const person of people) expect(await rightsIn(room, person)).toEqual({ ...noRights, hidden: true });
    const attempts = await Promise.all([
      viewer?.tryToPublish('microphone'),
      other?.tryToPublish('camera'),
      viewer?.room.localParticipant?.publishData(new Uint8Array([1]), { reliable: true }).catch(() => undefined),
      viewer?.room.localParticipant?.updateMetadata('boss').catch(() => undefined),
    ]);
    expect(attempts.slice(0, 2)).toEqual(['refused', 'refused']);
    for (const person of people) {
      const participant = await scene.at(room, person);
      expect(participant?.tracks).toEqual([]);
      expect(participant?.metadata).not.toBe('boss');
    }
  });

  it('whoever is on stage may publish camera, microphone and screen, and no data', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const speaker = await scene.join(sessionId, host);
    expect(await rightsIn(room, host)).toEqual({ ...onStageRights, hidden: false });
    await speaker.publish('camera');
    await speaker.publish('microphone');
    await speaker.publish('screen_share');
    await eventually(async () => (await tracksOf(room, host)).length === 3);
    const sources = [TrackSource.CAMERA, TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE];
    expect(new Set(await tracksOf(room, host))).toEqual(new Set(sources));
  });

  it('rights come and go on the same connection, and whoever was seen stays visible', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    await scene.send(sessionId, host, 'stage.leave');
    const speaker = await scene.join(sessionId, host);
    const viewer = await scene.join(sessionId, randomUUID());
    const connection = (await scene.at(room, host))?.sid;
    expect(await rightsIn(room, host)).toEqual({ ...noRights, hidden: true });
    expect(viewer.others()).toEqual([]);

    await scene.send(sessionId, host, 'stage.enter', { microphone: true, camera: true });
    await eventually(async () => (await rightsIn(room, host))?.canPublish === true);
    expect(await rightsIn(room, host)).toEqual({ ...onStageRights, hidden: false });
    await speaker.publish('microphone');
    await eventually(() => viewer.hears().includes(host));

    await scene.send(sessionId, host, 'stage.leave');
    await eventually(async () => (await tracksOf(room, host)).length === 0);
    await eventually(() => !viewer.hears().includes(host));
    expect(await rightsIn(room, host)).toEqual({ ...noRights, hidden: false });
    expect(await speaker.tryToPublish('camera')).toBe('refused');
    expect(await tracksOf(room, host)).toEqual([]);
    expect((await scene.at(room, host))?.sid).toBe(connection);
  });

  it('the older token of somebody who left the stage brings no rights back', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const speaker = await scene.join(sessionId, host);
    await eventually(() => Boolean(speaker.token()?.includes('.')));
    const whileOnStage = speaker.token() ?? '';
    await scene.send(sessionId, host, 'stage.leave');
    await eventually(async () => (await rightsIn(room, host))?.canPublish === false);
    const before = (await scene.at(room, host))?.sid;
    await scene.joinDirectly(whileOnStage);
    expect((await scene.at(room, host))?.sid).not.toBe(before);
    await eventually(async () => (await rightsIn(room, host))?.canPublish === false);
    await eventually(() => speaker.disconnected() === 1);
  });

  it('ends with the last of many quick changes', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    await scene.join(sessionId, host);
    for (let turn = 0; turn < 10; turn += 1) {
      await scene.send(sessionId, host, 'stage.leave');
      await scene.send(sessionId, host, 'stage.enter', { microphone: true, camera: true });
    }
    await scene.send(sessionId, host, 'stage.leave');
    await eventually(async () => (await rightsIn(room, host))?.canPublish === false);
    expect(await rightsIn(room, host)).toEqual({ ...noRights, hidden: false });
  });
});
