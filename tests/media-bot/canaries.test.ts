// What LiveKit tells somebody in the audience, every byte of it: nothing private of others, and nothing of those whom nobody sees.
// What comes over HTTP and live sockets: tests/security/canaries.test.ts.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mediaWebhookPath } from '#platform/media/contract.ts';
import type { TestApp } from '#tests/flows/app.ts';
import { soon, startTestApp } from '#tests/flows/app.ts';
import { LiveClient } from '#tests/flows/live-client.ts';
import type { Bot } from './bot.ts';
import { startBot } from './bot.ts';
import type { CookieProxy } from './cookie-proxy.ts';
import { startCookieProxy } from './cookie-proxy.ts';
import { eventually } from './eventually.ts';
import type { TestLivekit } from './livekit.ts';
import { freeTcpPort, prepareLivekit } from './livekit.ts';

const word = `canary${randomUUID().slice(0, 8)}`;
let livekit: TestLivekit;
let app: TestApp;
const proxies: CookieProxy[] = [];
const bots: Bot[] = [];
const clients: LiveClient[] = [];

beforeAll(async () => {
  const port = await freeTcpPort();
  livekit = await prepareLivekit({ webhookUrl: `http://127.0.0.1:${port}${mediaWebhookPath}` });
  await livekit.start();
  app = await startTestApp({ port, livekit: livekit.config });
});
afterAll(async () => {
  await Promise.all(bots.map((bot) => bot.leave()));
  await Promise.all(proxies.map((proxy) => proxy.close()));
  for (const client of clients) client.cut();
  await app?.close();
  await livekit?.remove();
});

async function hear(cookie: string, stream: string) {
  const proxy = await startCookieProxy(app.origin, { cookie, origin: app.origin });
  proxies.push(proxy);
  const bot = await startBot(`${proxy.url}/media/${stream}`, '');
  bots.push(bot);
  return { proxy, bot };
}

it('LiveKit tells the audience ids of those on stage, and nothing else of anybody', async () => {
  const stream = (await app.point(soon)).id;
  const host = await app.join('host', stream, 'speaker');
  expect(await host.send('stage.enter', { microphone: true, camera: true })).toBeNull();
  expect(await host.send('lifecycle.start')).toBeNull();
  expect(await host.send('chat.send', { channel: 'backstage', text: `${word} backstage` })).toBeNull();
  const answer = await app.request('POST', '/api/accounts/sign-up', undefined, {
    email: `${word}@uni.example`,
    password: `${word} and longer`,
    name: `${word} Hidden`,
  });
  const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] as string;
  const hidden = await new LiveClient({ origin: app.origin, cookie, stream, as: 'participant' }).connect();
  clients.push(hidden);
  await hear(cookie, stream);

  const observer = await hear(await app.signIn('participant1'), stream);
  const speaker = await hear(await app.signIn('host'), stream);
  await speaker.bot.publish('microphone');
  await eventually(() => observer.bot.hears().includes(host.personId));
  const received = observer.proxy.received().toString('latin1');
  // Were it compressed or encrypted, nothing would be found in it.
  expect(received).toContain(host.personId);
  for (const secret of [
    word,
    hidden.personId,
    '@demo.example',
    '@uni.example',
    cookie.split('=')[1] as string,
    app.config.secret,
  ])
    expect(received).not.toContain(secret);
  for (const secret of [livekit.config.apiSecret, 'backstage']) expect(received).not.toContain(secret);
  // No other company's server is asked how a browser looks from outside.
  expect(new Set(received.match(/\b(stun|turn)s?:[^:]*:/g))).toEqual(new Set(['stun:127.0.0.1:']));
});
