// Who must not be in a LiveKit room is out within seconds and stays out: removed people with tokens in hand, strangers, people who signed out.
import { randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askUpgrade, askValidate, rtcPath, validatePath } from './ask.ts';
import { startBot } from './bot.ts';
import { eventually } from './eventually.ts';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';

describe.each([{ webhooksLost: false }, { webhooksLost: true }])('removal, %o', ({ webhooksLost }) => {
  let scene: Fixture;
  beforeAll(async () => {
    scene = await startFixture({ webhooksLost });
  });
  afterAll(() => scene.stop());

  const isOpen = (room: string) => eventually(async () => (await scene.admin.listRooms([room])).length === 1);
  const isOut = (room: string, personId: string) => eventually(async () => (await scene.at(room, personId)) === undefined, 5000);

  it('a removed person is out, and no token in hand brings them back', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const person = randomUUID();
    const cookie = scene.signIn(person);
    const proxy = await scene.proxyFor(cookie);
    const viewer = await startBot(`${proxy.url}/media/${sessionId}`, '');
    await eventually(() => Boolean(viewer.token()));
    const token = viewer.token() ?? '';
    await scene.send(sessionId, host, 'people.remove', { person });
    await isOut(room, person);
    await eventually(() => viewer.disconnected() === 1);

    await expect(startBot(`${proxy.url}/media/${sessionId}`, token)).rejects.toThrow();
    expect(proxy.statuses.at(-1)).toBe(403);
    expect(await askUpgrade(scene.origin, rtcPath(sessionId), { cookie })).toEqual({ status: 403, code: 'removed' });
    expect(await askValidate(scene.origin, validatePath(sessionId), { cookie })).toEqual({ status: 403, code: 'removed' });

    for (let attempt = 0; attempt < 3; attempt += 1) {
      const intruder = await scene.joinDirectly(token).catch(() => null);
      await isOut(room, person);
      await eventually(() => intruder?.connected() !== true);
    }

    await scene.send(sessionId, host, 'people.readmit', { person });
    expect(await askUpgrade(scene.origin, rtcPath(sessionId), { cookie })).not.toMatchObject({ status: 403 });
    await viewer.leave();
  });

  it('an identity that we never admitted is put out', async () => {
    const { room } = await scene.liveSession();
    await isOpen(room);
    const { apiKey, apiSecret } = scene.livekit.config;
    const stranger = randomUUID();
    scene.blind.add(stranger);
    const uninvited = [
      { identity: 'listener', grant: { hidden: true } },
      { identity: randomUUID(), grant: { hidden: true, canPublish: false, canPublishData: false } },
      { identity: randomUUID(), grant: { hidden: true, canPublish: false, canPublishData: false }, metadata: 'made up' },
      { identity: stranger, grant: { hidden: true } },
      { identity: randomUUID(), grant: { recorder: true, hidden: true }, kind: 'egress' },
      { identity: randomUUID(), grant: { agent: true, hidden: true }, kind: 'agent' },
    ];
    for (const { identity, grant, kind, metadata } of uninvited) {
      const token = new AccessToken(apiKey, apiSecret, { identity, ttl: 60 });
      token.addGrant({ roomJoin: true, room, ...grant });
      if (kind) token.kind = kind;
      if (metadata) token.metadata = metadata;
      const bot = await scene.joinDirectly(await token.toJwt());
      await isOut(room, identity);
      await eventually(() => !bot.connected());
    }
  });

  it('whoever may be there, but gave themselves rights, loses the rights', async () => {
    const { sessionId, room } = await scene.liveSession();
    const identity = randomUUID();
    await scene.join(sessionId, identity);
    const { metadata = '', sid } = (await scene.at(room, identity)) ?? {};
    const token = new AccessToken(scene.livekit.config.apiKey, scene.livekit.config.apiSecret, { identity, metadata, ttl: 60 });
    token.addGrant({ roomJoin: true, room, canPublish: true, canPublishData: true, canUpdateOwnMetadata: true });
    const bot = await scene.joinDirectly(await token.toJwt());
    const attempt = bot.tryToPublish('camera');
    await eventually(async () => {
      const participant = await scene.at(room, identity);
      const { canPublish, canPublishData, canUpdateMetadata } = participant?.permission ?? {};
      return participant !== undefined && participant.sid !== sid && !canPublish && !canPublishData && !canUpdateMetadata;
    });
    await attempt;
    expect((await scene.at(room, identity))?.tracks).toEqual([]);
  });

  it('signing out ends the connection, at our gate and at LiveKit', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const cookie = scene.signIn(host);
    const proxy = await scene.proxyFor(cookie);
    const speaker = await startBot(`${proxy.url}/media/${sessionId}`, '');
    await speaker.publish('microphone');
    scene.signOut(cookie);
    await isOut(room, host);
    await eventually(() => speaker.disconnected() === 1);
    expect(await askUpgrade(scene.origin, rtcPath(sessionId), { cookie })).toEqual({ status: 403, code: 'signed-out' });
    await speaker.leave();
  });

  it('signing out on one device leaves the other, newer one alone', async () => {
    const { sessionId, room } = await scene.liveSession();
    const person = randomUUID();
    const older = scene.signIn(person);
    const first = await startBot(`${(await scene.proxyFor(older)).url}/media/${sessionId}`, '');
    const second = await scene.join(sessionId, person);
    await eventually(() => first.disconnected() === 1);
    const connection = (await scene.at(room, person))?.sid;
    scene.signOut(older);
    const witness = await scene.join(sessionId, randomUUID());
    expect(witness.connected()).toBe(true);
    expect((await scene.at(room, person))?.sid).toBe(connection);
    expect(second.connected()).toBe(true);
    await first.leave();
  });

  it('nobody slips in who is removed while joining', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const people = Array.from({ length: 12 }, () => randomUUID());
    const joins = people.map((person) => scene.join(sessionId, person).catch(() => null));
    await Promise.all(people.map((person) => scene.send(sessionId, host, 'people.remove', { person })));
    await Promise.all(joins);
    for (const person of people) await isOut(room, person);
  });
});
