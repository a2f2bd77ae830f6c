// A disabled or signed-out account is out of LiveKit within what the product promises, and stays out: the whole app server, a real LiveKit, bots.

import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaWebhookPath } from '#platform/media/contract.ts';
import { mainCallRoom } from '#session/placement.ts';
import { refreshRosters } from '#shell/events/server/roster.ts';
import type { TestApp } from '#tests/flows/app.ts';
import { soon, startTestApp } from '#tests/flows/app.ts';
import type { LiveClient } from '#tests/flows/live-client.ts';
import { askUpgrade, askValidate, rtcPath, validatePath } from './ask.ts';
import type { Bot } from './bot.ts';
import { startBot } from './bot.ts';
import type { CookieProxy } from './cookie-proxy.ts';
import { startCookieProxy } from './cookie-proxy.ts';
import { eventually } from './eventually.ts';
import type { TestLivekit } from './livekit.ts';
import { freeTcpPort, prepareLivekit } from './livekit.ts';

/** What the product promises, counted here from before the request, which is stricter than from the commit. */
const promisedMs = 2_000;

let livekit: TestLivekit;
let app: TestApp;
let admin: RoomServiceClient;
let stream: string;
let room: string;
let host: LiveClient;
const proxies: CookieProxy[] = [];
const bots: Bot[] = [];

beforeAll(async () => {
  const port = await freeTcpPort();
  livekit = await prepareLivekit({ webhookUrl: `http://127.0.0.1:${port}${mediaWebhookPath}` });
  await livekit.start();
  app = await startTestApp({ port, livekit: livekit.config });
  const { url, apiKey, apiSecret } = livekit.config;
  admin = new RoomServiceClient(url, apiKey, apiSecret);
  stream = (await app.point(soon)).id;
  room = mainCallRoom(stream, 1);
  host = await app.join('host', stream, 'speaker');
  expect(await host.send('stage.enter', { microphone: true, camera: true })).toBeNull();
  expect(await host.send('lifecycle.start')).toBeNull();
});
afterAll(async () => {
  await Promise.all(bots.map((bot) => bot.leave()));
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await app?.close();
  await livekit?.remove();
});

/** Somebody of the demo, in the Session and in its LiveKit room. */
async function enter(name: string, as: 'stage' | 'audience') {
  const cookie = await app.signIn(name);
  const client = name === 'host' ? host : await app.join(name, stream, as === 'stage' ? 'speaker' : 'participant');
  if (as === 'stage' && client !== host) expect(await client.send('stage.enter', { microphone: true, camera: true })).toBeNull();
  const proxy = await startCookieProxy(app.origin, { cookie, origin: app.origin });
  proxies.push(proxy);
  const bot = await startBot(`${proxy.url}/media/${stream}`, 'whatever the browser holds');
  bots.push(bot);
  if (as === 'stage') await bot.publish('microphone');
  await eventually(() => Boolean(bot.token()));
  return { name, cookie, proxy, bot, personId: client.personId, token: bot.token() ?? '' };
}
type Inside = Awaited<ReturnType<typeof enter>>;

const isThere = async ({ personId }: Inside) => (await admin.listParticipants(room)).some((one) => one.identity === personId);

async function expectOutInTime(person: Inside, begun: number): Promise<void> {
  await eventually(async () => !(await isThere(person)) && !person.bot.connected());
  expect(performance.now() - begun).toBeLessThan(promisedMs);
}

async function expectNoWayBack({ cookie, proxy, token }: Inside): Promise<void> {
  await expect(startBot(`${proxy.url}/media/${stream}`, token)).rejects.toThrow();
  expect(proxy.statuses.at(-1)).toBe(403);
  const no = { status: 403, code: 'signed-out' };
  expect(await askUpgrade(app.origin, rtcPath(stream), { cookie })).toEqual(no);
  expect(await askValidate(app.origin, validatePath(stream), { cookie })).toEqual(no);
}

describe.each([
  { name: 'cohost', as: 'stage' },
  { name: 'participant1', as: 'audience' },
] as const)('$name, $as', ({ name, as }) => {
  it('signed out: out in time, no way back', async () => {
    const person = await enter(name, as);
    expect(await isThere(person)).toBe(true);
    const begun = performance.now();
    expect((await app.request('POST', '/api/accounts/sign-out', person.cookie)).status).toBe(204);
    await expectOutInTime(person, begun);
    await expectNoWayBack(person);
  });

  it('disabled: out in time, no way back, and LiveKit’s own token does not keep them in', async () => {
    const person = await enter(name, as);
    expect(await isThere(person)).toBe(true);
    const begun = performance.now();
    expect(await app.server.accounts.standing(refreshRosters(app.server.log)).disable(`${name}@demo.example`)).toBe('changed');
    await expectOutInTime(person, begun);
    await expectNoWayBack(person);
    const intruder = await startBot(livekit.config.url, person.token).catch(() => null);
    if (intruder) bots.push(intruder);
    await eventually(async () => !(await isThere(person)) && intruder?.connected() !== true);
  });
});
