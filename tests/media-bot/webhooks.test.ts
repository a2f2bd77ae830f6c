// Webhooks: only LiveKit's own count, and even those only as hints.
import { createHash, randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';
import { passOn } from './webhook-relay.ts';

let scene: Fixture;
beforeAll(async () => {
  scene = await startFixture({ sweepMs: 600_000 });
});
afterAll(() => scene.stop());

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

async function signed(
  body: string,
  { key = scene.livekit.config.apiKey, secret = scene.livekit.config.apiSecret, ttl = 60 } = {},
) {
  const token = new AccessToken(key, secret, { ttl });
  token.sha256 = sha256(body);
  return token.toJwt();
}

/** What LiveKit gives to everybody who connects: signed with the same secret, for a room and not for a body. */
const browserToken = () => {
  const token = new AccessToken(scene.livekit.config.apiKey, scene.livekit.config.apiSecret, { identity: randomUUID(), ttl: 60 });
  token.addGrant({ roomJoin: true, room: `${randomUUID()}.main.1` });
  return token.toJwt();
};

const post = (body: string, authorization = '') => passOn(scene.origin, { body, authorization });

const body = () => JSON.stringify({ event: 'room_finished', id: randomUUID(), room: { name: `${randomUUID()}.main.1` } });

describe('webhooks', () => {
  it('accepts what LiveKit signed', async () => {
    const text = body();
    expect(await post(text, await signed(text))).toBe(204);
    expect(await post(text, await signed(text))).toBe(204);
  });

  it('refuses everything else', async () => {
    const text = body();
    const good = await signed(text);
    const [head = '', claims = '', signature = ''] = good.split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
    const forgeries: [string, string, string | undefined][] = [
      ['no signature', text, undefined],
      ['nonsense', text, 'x'],
      ['an unsigned token', text, none],
      ['a cut signature', text, `${head}.${claims}.${signature.slice(1)}`],
      ['another secret', text, await signed(text, { secret: 'x'.repeat(43) })],
      ['another key', text, await signed(text, { key: 'other' })],
      ['an expired token', text, await signed(text, { ttl: -60 })],
      ['another body', `${text} `, good],
      ['the hash of another body', text, await signed(body())],
      ['a token that a browser holds', text, await browserToken()],
      ['a browser’s token with nothing to say', '', await browserToken()],
      ['the same data written otherwise', JSON.stringify(JSON.parse(text), null, 1), good],
      ['a signature of nothing', '', good],
    ];
    for (const [name, sent, authorization] of forgeries) {
      expect([name, await post(sent, authorization)]).toEqual([name, 401]);
    }
    expect(await post('x'.repeat(300_000), good)).toBe(413);
  });

  it('a signed body that is no event is refused without harm', async () => {
    for (const text of ['', '[]', 'null', '{"event":{}}', '{"event":"participant_joined","room":{"name":"x"}}']) {
      const status = await post(text, await signed(text));
      expect([text, [204, 401].includes(status)]).toEqual([text, true]);
    }
    expect((await scene.media.health()).status).toBe('ok');
  });

  it('tell of somebody who must not be there long before the next sweep', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    await scene.join(sessionId, host);
    const token = new AccessToken(scene.livekit.config.apiKey, scene.livekit.config.apiSecret, { identity: 'listener', ttl: 60 });
    token.addGrant({ roomJoin: true, room, hidden: true });
    await scene.joinDirectly(await token.toJwt());
    await eventually(async () => (await scene.at(room, 'listener')) === undefined, 5000);
  });

  it('an old join told again changes nothing', async () => {
    const { host, sessionId, room } = await scene.liveSession();
    const speaker = await scene.join(sessionId, host);
    const participant = (await scene.at(room, host))?.toJson();
    await scene.send(sessionId, host, 'stage.leave');
    await eventually(async () => (await scene.at(room, host))?.permission?.canPublish === false);
    const text = JSON.stringify({ event: 'participant_joined', id: randomUUID(), room: { name: room }, participant });
    expect(await post(text, await signed(text))).toBe(204);
    const witness = await scene.join(sessionId, randomUUID());
    expect(witness.connected()).toBe(true);
    expect((await scene.at(room, host))?.permission?.canPublish).toBe(false);
    expect(speaker.connected()).toBe(true);
  });
});
