// Owns the two rooms of the media bench on one LiveKit: the main call of a live Session, entered through our gate, and a bare one with tokens signed by hand.
import { randomUUID } from 'node:crypto';
import { visit } from '#tests/flows/app.ts';
import { LiveClient } from '#tests/flows/live-client.ts';
import type { Bot } from '#tests/media-bot/bot.ts';
import { startBot } from '#tests/media-bot/bot.ts';
import { startCookieProxy } from '#tests/media-bot/cookie-proxy.ts';
import type { Backstage } from '../rig/backstage.ts';
import { createLivekitRoom, signToken } from '../rig/livekit-rooms.ts';

export interface Seat {
  url: string;
  token: string;
  speaks: boolean;
}

export interface MediaScene {
  ours: Seat[];
  floor: Seat[];
  close(): Promise<void>;
}

/** Both on stage in our Session. */
const speakers = ['host', 'cohost'];
const bareRoom = 'bare';

export async function openMediaScene(backstage: Backstage, listeners: number): Promise<MediaScene> {
  const origin = `http://127.0.0.1:${backstage.appPort}`;
  const [sessionId = ''] = backstage.sessions;
  const visited = visit(origin);
  const cookies: string[] = [];
  const clients: LiveClient[] = [];
  for (const name of speakers) {
    const cookie = await visited.signIn(name);
    cookies.push(cookie);
    const client = await new LiveClient({ origin, cookie, stream: sessionId, as: 'speaker' }).connect();
    await client.send('stage.enter', { microphone: true, camera: false });
    clients.push(client);
  }
  await clients[0]?.send('lifecycle.start', {});
  const proxies = await Promise.all(
    [...cookies, ...backstage.cookies.slice(0, listeners)].map((cookie) => startCookieProxy(origin, { cookie, origin })),
  );
  const speaks = (index: number) => index < speakers.length;
  const ours = proxies.map(({ url }, index) => ({ url: `${url}/media/${sessionId}`, token: 'none', speaks: speaks(index) }));
  await createLivekitRoom(backstage.livekit, bareRoom);
  const floor = proxies.map((_, index) => ({
    url: backstage.livekit.url,
    token: signToken(backstage.livekit, randomUUID(), { roomJoin: true, room: bareRoom }),
    speaks: speaks(index),
  }));
  return {
    ours,
    floor,
    async close() {
      for (const client of clients) client.cut();
      await Promise.all(proxies.map((proxy) => proxy.close()));
    },
  };
}

const longestWaitMs = 30_000;

/** Resolves when each hears all others who speak. */
export async function seatAll(seats: readonly Seat[]): Promise<Bot[]> {
  const bots = await Promise.all(seats.map(({ url, token }) => startBot(url, token)));
  await Promise.all(bots.map((bot, index) => (seats[index]?.speaks ? bot.publish('microphone') : undefined)));
  const all = seats.filter(({ speaks }) => speaks).length;
  const deadline = performance.now() + longestWaitMs;
  while (!bots.every((bot, index) => bot.hears().length >= all - (seats[index]?.speaks ? 1 : 0))) {
    if (performance.now() > deadline) throw new Error('Not everybody hears everybody who speaks');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return bots;
}
