// Who gets into a LiveKit room, with which rights: real gate, real LiveKit, and bots that try what they may not.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';

let it_: Fixture;
beforeAll(async () => {
  it_ = await startFixture();
}, 60_000);
afterAll(() => it_.stop(), 30_000);

async function liveSession() {
  const host = randomUUID();
  const sessionId = await it_.newSession([host]);
  await it_.send(sessionId, host, 'stage.enter', { microphone: true, camera: true });
  await it_.send(sessionId, host, 'lifecycle.start');
  return { host, sessionId, room: `${sessionId}.main.1` };
}

describe('entry', () => {
  it('audience hears the stage', async () => {
    const { host, sessionId } = await liveSession();
    const speaker = await it_.join(sessionId, host);
    await speaker.publish('microphone');
    const viewer = await it_.join(sessionId, randomUUID());
    await eventually(() => viewer.hears().includes(host));
    expect(speaker.others()).toEqual([]);
  }, 60_000);
});
