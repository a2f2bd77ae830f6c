// What old tokens open: nothing of an ended Session, of another Session, or of an earlier generation; also where LiveKit's own port is within reach.
import { randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRights, rightsOf } from './agreement.ts';
import type { Bot } from './bot.ts';
import { startBot } from './bot.ts';
import { eventually } from './eventually.ts';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';

let scene: Fixture;
beforeAll(async () => {
  scene = await startFixture();
});
afterAll(() => scene.stop());

async function tokenOf(bot: Bot): Promise<string> {
  await eventually(() => Boolean(bot.token()?.includes('.')));
  return bot.token() ?? '';
}
const roomsOf = async (sessionId: string) =>
  (await scene.admin.listRooms()).map(({ name }) => name).filter((name) => name.startsWith(sessionId));

describe('old tokens', () => {
  it('of an ended Session open nothing, and bring no room back', async () => {
    const { host, sessionId } = await scene.liveSession();
    const speaker = await scene.join(sessionId, host);
    const viewer = await scene.join(sessionId, randomUUID());
    const tokens = [await tokenOf(speaker), await tokenOf(viewer)];
    await scene.send(sessionId, host, 'lifecycle.end');
    await eventually(async () => (await roomsOf(sessionId)).length === 0);
    for (const token of tokens) {
      await expect(scene.joinDirectly(token)).rejects.toThrow();
      const proxy = await scene.proxyFor(scene.signIn(host));
      await expect(startBot(`${proxy.url}/media/${sessionId}`, token)).rejects.toThrow();
      expect(proxy.statuses).not.toContain(101);
    }
    expect(await roomsOf(sessionId)).toEqual([]);
  });

  it('of another Session, where one was on stage, give no more than this one does', async () => {
    const here = await scene.liveSession();
    const there = await scene.liveSession();
    const onStage = await scene.join(there.sessionId, there.host);
    const token = await tokenOf(onStage);
    const proxy = await scene.proxyFor(scene.signIn(there.host));
    const bot = await startBot(`${proxy.url}/media/${here.sessionId}`, token);
    expect(rightsOf(await scene.at(here.room, there.host))).toEqual({ ...noRights, hidden: true });
    expect(rightsOf(await scene.at(there.room, there.host))?.canPublish).toBe(true);
    expect(onStage.disconnected()).toBe(0);
    await bot.leave();
  });

  it('of an earlier generation lead nowhere: such rooms are closed, with everybody in them', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const speaker = await scene.join(sessionId, host);
    const earlier = `${sessionId}.main.0`;
    await scene.admin.createRoom({ name: earlier });
    const token = new AccessToken(scene.livekit.config.apiKey, scene.livekit.config.apiSecret, { identity: host, ttl: 60 });
    token.addGrant({ roomJoin: true, room: earlier, canPublish: true });
    const jwt = await token.toJwt();
    const late = await scene.joinDirectly(jwt).catch(() => null);
    await eventually(async () => (await roomsOf(sessionId)).join() === room);
    await eventually(() => late?.connected() !== true);
    await expect(scene.joinDirectly(jwt)).rejects.toThrow();
    expect(await roomsOf(sessionId)).toEqual([room]);
    expect(speaker.disconnected()).toBe(0);
  });

  it('used at LiveKit itself give what the state gives, and are followed as any other way in', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const person = randomUUID();
    const token = await tokenOf(await scene.join(sessionId, person));
    const direct = await scene.joinDirectly(token);
    expect(await direct.tryToPublish('microphone')).toBe('refused');
    expect(rightsOf(await scene.at(room, person))).toEqual({ ...noRights, hidden: true });
    await scene.send(sessionId, host, 'people.remove', { person });
    await eventually(async () => (await scene.at(room, person)) === undefined, 5000);
    await eventually(() => !direct.connected());
  });
});
