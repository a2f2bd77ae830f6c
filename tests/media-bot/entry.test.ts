// Who gets into which LiveKit room through the gate, and how those are refused who do not: real gate, real LiveKit.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from './ask.ts';
import { askAndReset, askUpgrade, askValidate, rtcPath, validatePath } from './ask.ts';
import { eventually } from './eventually.ts';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';

let scene: Fixture;
beforeAll(async () => {
  scene = await startFixture();
});
afterEach(() => scene.breakReads(false));
afterAll(() => scene.stop());

/** The socket and the question why it was refused must never contradict each other. */
async function bothAnswers(sessionId: string, headers: Record<string, string>): Promise<Answer> {
  const upgrade = await askUpgrade(scene.origin, rtcPath(sessionId), headers);
  const validate = await askValidate(scene.origin, validatePath(sessionId), headers);
  expect(validate).toEqual(upgrade);
  return upgrade;
}

describe('entry', () => {
  it('lets the audience hear the stage, unseen', async () => {
    const { host, sessionId } = await scene.liveSession();
    const speaker = await scene.join(sessionId, host);
    await speaker.publish('microphone');
    const viewer = await scene.join(sessionId, randomUUID());
    await eventually(() => viewer.hears().includes(host));
    expect(speaker.others()).toEqual([]);
  });

  it('lets nobody but those backstage in before the start', async () => {
    const host = randomUUID();
    const sessionId = await scene.newSession([host]);
    const participant = scene.signIn(randomUUID());
    expect(await bothAnswers(sessionId, { cookie: participant })).toEqual({ status: 403, code: 'session-not-live' });
    await scene.send(sessionId, host, 'stage.enter', { microphone: false, camera: false });
    expect(await bothAnswers(sessionId, { cookie: participant })).toEqual({ status: 403, code: 'session-not-live' });

    const speaker = await scene.join(sessionId, host);
    expect(speaker.connected()).toBe(true);
    await scene.send(sessionId, host, 'lifecycle.start');
    const viewer = await scene.join(sessionId, randomUUID());
    expect(viewer.connected()).toBe(true);
  });

  it('lets nobody in after the end, deletes the LiveKit room and closes every connection', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const speaker = await scene.join(sessionId, host);
    const viewer = await scene.join(sessionId, randomUUID());
    await scene.send(sessionId, host, 'lifecycle.end');
    await eventually(async () => (await scene.admin.listRooms([room])).length === 0);
    await eventually(() => !speaker.connected() && !viewer.connected());
    expect(await bothAnswers(sessionId, { cookie: scene.signIn(host) })).toEqual({ status: 403, code: 'session-ended' });
  });

  it('lets nobody in without a login', async () => {
    const { sessionId } = await scene.liveSession();
    expect(await bothAnswers(sessionId, {})).toEqual({ status: 403, code: 'signed-out' });
    expect(await bothAnswers(sessionId, { cookie: 'login=made-up' })).toEqual({ status: 403, code: 'signed-out' });
  });

  it('does not tell a Session that may not be seen from one that does not exist', async () => {
    const { sessionId } = await scene.liveSession();
    const stranger = randomUUID();
    scene.blind.add(stranger);
    const cookie = scene.signIn(stranger);
    const unseen = await bothAnswers(sessionId, { cookie });
    expect(unseen).toEqual({ status: 403, code: 'not-found' });
    expect(await bothAnswers(randomUUID(), { cookie })).toEqual(unseen);
  });

  it('refuses sockets that another site opens', async () => {
    const { sessionId, host } = await scene.liveSession();
    const cookie = scene.signIn(host);
    const foreign = [`${scene.origin}.example`, scene.origin.replace('http:', 'https:'), 'null', 'http://127.0.0.1:1', ''];
    for (const origin of foreign) {
      const answer = await askUpgrade(scene.origin, rtcPath(sessionId), { cookie, origin });
      expect([origin, answer]).toEqual([origin, { status: 403, code: 'foreign-origin' }]);
    }
  });

  it('says "try again" while the database is away', async () => {
    const { sessionId, host } = await scene.liveSession();
    const cookie = scene.signIn(host);
    scene.breakReads(true);
    expect(await bothAnswers(sessionId, { cookie })).toEqual({ status: 503, code: 'media-unavailable' });
  });

  it('neither hangs nor crashes on addresses that are no signalling', async () => {
    const { sessionId } = await scene.liveSession();
    for (const path of [
      '/media/',
      '/media/x/rtc',
      `/media/${sessionId}`,
      `/media/${sessionId}/rtc/v1/validate`,
      `/media/${sessionId}/twirp`,
    ]) {
      const answer = await askUpgrade(scene.origin, path, {});
      expect([path, answer.status]).toEqual([path, 400]);
    }
    expect((await fetch(`${scene.origin}/media/${sessionId}/rtc`)).status).toBe(426);
  });

  it('survives those who break off while they are answered, whatever they asked for', async () => {
    const { sessionId, host } = await scene.liveSession();
    const cookie = scene.signIn(host);
    for (const path of ['/media/x/rtc', rtcPath(sessionId), rtcPath(randomUUID())])
      await Promise.all(Array.from({ length: 30 }, () => askAndReset(scene.origin, path, { cookie })));
    // The one who asked so often has to wait a little by now.
    expect((await scene.join(sessionId, randomUUID())).connected()).toBe(true);
  });

  it('gives a newcomer the place of the same person, through the same door', async () => {
    const { sessionId, room } = await scene.liveSession();
    const viewer = randomUUID();
    const first = await scene.join(sessionId, viewer);
    const second = await scene.join(sessionId, viewer);
    await eventually(() => first.disconnected() === 1);
    expect(second.connected()).toBe(true);
    expect((await scene.admin.listParticipants(room)).map((one) => one.identity)).toEqual([viewer]);
  });
});
