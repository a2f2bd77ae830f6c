// Owns a Session with real media for tests: the log on an embedded database, the gate and reconciler, a real LiveKit, and people who are bots.
import { randomUUID } from 'node:crypto';
import type { ParticipantInfo } from 'livekit-server-sdk';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { Db } from '#platform/db/contract.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { createHttpApp } from '#platform/http/app.ts';
import { answerUpgrades } from '#platform/http/upgrades.ts';
import { createLeases } from '#platform/live/leases.ts';
import type { Login, Logins } from '#platform/live/login.ts';
import { createOpenings } from '#platform/live/openings.ts';
import type { Actor, Decider, Log, Outcome } from '#platform/log/contract.ts';
import { createLog } from '#platform/log/log.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import type { Media } from '#platform/media/contract.ts';
import { mediaWebhookPath } from '#platform/media/contract.ts';
import { createMedia } from '#platform/media/media.ts';
import { sessionDecider } from '#session/decider.ts';
import { mainCallRoom, openRooms, placement } from '#session/placement.ts';
import type { SessionState } from '#session/state.ts';
import type { Bot } from './bot.ts';
import { startBot } from './bot.ts';
import type { CookieProxy } from './cookie-proxy.ts';
import { startCookieProxy } from './cookie-proxy.ts';
import type { TestLivekit } from './livekit.ts';
import { freeTcpPort, prepareLivekit } from './livekit.ts';

export interface Fixture {
  origin: string;
  livekit: TestLivekit;
  /** LiveKit's own server API, past everything of ours. */
  admin: RoomServiceClient;
  media: Media;
  log: Log;
  newSession(speakers: string[]): Promise<string>;
  /** A live Session with one host on stage, who has no media yet. */
  liveSession(): Promise<{ host: string; sessionId: string; room: string }>;
  deleteSession(sessionId: string): Promise<void>;
  send(sessionId: string, personId: string, type: string, body?: Record<string, unknown>): Promise<Outcome>;
  /** Signs a person in; answers the cookie. */
  signIn(personId: string): string;
  signOut(cookie: string): void;
  /** A person that may see no Session at all. */
  blind: Set<string>;
  /** Makes the database look away. */
  breakReads(broken: boolean): void;
  proxyFor(cookie: string): Promise<CookieProxy>;
  /** Signs in, connects through the gate, and is cleaned up at the end. */
  join(sessionId: string, personId: string): Promise<Bot>;
  /** What LiveKit has of the person. */
  at(room: string, personId: string): Promise<ParticipantInfo | undefined>;
  /** Connects to LiveKit itself with a token in hand, which no browser can. */
  joinDirectly(token: string): Promise<Bot>;
  stop(): Promise<void>;
}

const minutes = 60_000;

export interface FixtureOptions {
  sweepMs?: number;
  letInWithinMs?: number;
  /** LiveKit tells nothing by itself: only sweeps find out. */
  webhooksLost?: boolean;
  /** Where LiveKit sends its webhooks instead. */
  webhookUrl?: string;
  mostTracks?: number;
}

export async function startFixture(options: FixtureOptions = {}): Promise<Fixture> {
  const logger = createLogger('silent');
  const db: Db = await openEmbeddedDatabase({ dataDir: 'memory://', logger });
  await migrate(db);
  const log = await createLog({ db, deciders: [sessionDecider as unknown as Decider], logger, pollMs: 100 });
  const sessions: string[] = [];
  const logins = new Map<string, Login>();
  const listeners = new Set<Parameters<Logins['onEnded']>[0]>();
  const blind = new Set<string>();
  let broken = false;
  const bots: Bot[] = [];
  const proxies: CookieProxy[] = [];

  // LiveKit must know our port for its webhooks before we listen on it.
  const port = await freeTcpPort();
  const origin = `http://127.0.0.1:${port}`;
  const app = await createHttpApp({ publicUrl: origin, logger });
  const webhookUrl = options.webhookUrl ?? `${origin}${options.webhooksLost ? '/lost' : mediaWebhookPath}`;
  const livekit = await prepareLivekit({ webhookUrl, mostTracks: options.mostTracks });
  await livekit.start();

  const look = <T>(answer: T): Promise<T> =>
    broken ? Promise.reject(new Error('the database is away')) : Promise.resolve(answer);
  const media = createMedia({
    livekit: livekit.config,
    secret: 'a-secret-that-livekit-does-not-know',
    log: { read: (streamId) => look(null).then(() => log.read(streamId)), follow: (...args) => log.follow(...args) },
    logins: {
      find: (headers) => look(logins.get(headers.cookie ?? '') ?? null),
      onEnded(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    admission: {
      async maySee(personId, streamId) {
        await look(null);
        // As the real one: the database refuses to compare a person's id with something else.
        await db.query('select $1::uuid', [personId]);
        return !blind.has(personId) && sessions.includes(streamId);
      },
    },
    openings: createOpenings(db),
    leases: createLeases({ db }),
    logger,
    placementOf: (state, streamId, personId) => placement(state as SessionState, streamId, personId),
    openRoomsOf: (state, streamId) => openRooms(state as SessionState, streamId),
    listStreams: async () => sessions,
    allowedOrigins: [origin],
    sweepMs: options.sweepMs ?? 1000,
    letInWithinMs: options.letInWithinMs,
  });
  media.registerRoutes(app);
  answerUpgrades(app.server, [media.door]);
  await app.listen({ port, host: '127.0.0.1' });

  const fixture: Fixture = {
    origin,
    livekit,
    admin: new RoomServiceClient(livekit.config.url, livekit.config.apiKey, livekit.config.apiSecret),
    media,
    log,
    blind,
    async newSession(speakers) {
      const id = randomUUID();
      const startsAt = new Date(Date.now() + 5 * minutes).toISOString();
      const facts = [
        {
          audience: 'all' as const,
          type: 'lifecycle.scheduled',
          body: {
            eventId: randomUUID(),
            startsAt,
            durationMs: 60 * minutes,
            startWindowMs: 15 * minutes,
            unattendedMs: 120 * minutes,
            stageLimit: 25,
          },
        },
        { audience: 'all' as const, type: 'lifecycle.roster-set', body: { speakers, support: [] } },
      ];
      await db.transaction((tx) => log.appendFacts(tx, id, facts, { kind: 'session' }));
      sessions.push(id);
      return id;
    },
    async liveSession() {
      const host = randomUUID();
      const sessionId = await fixture.newSession([host]);
      await fixture.send(sessionId, host, 'stage.enter', { microphone: true, camera: true });
      await fixture.send(sessionId, host, 'lifecycle.start');
      return { host, sessionId, room: mainCallRoom(sessionId, 1) };
    },
    async deleteSession(sessionId) {
      await db.query('delete from streams where id = $1', [sessionId]);
      sessions.splice(sessions.indexOf(sessionId), 1);
    },
    async send(sessionId, personId, type, body = {}) {
      const actor: Actor = { kind: 'person', personId, as: 'speaker' };
      return log.submit(sessionId, actor, { id: randomUUID(), type, body });
    },
    signIn(personId) {
      const loginId = randomUUID();
      logins.set(`login=${loginId}`, { loginId, personId });
      return `login=${loginId}`;
    },
    signOut(cookie) {
      const login = logins.get(cookie);
      logins.delete(cookie);
      if (login) for (const listener of listeners) listener({ loginId: login.loginId });
    },
    breakReads(value) {
      broken = value;
    },
    async proxyFor(cookie) {
      const proxy = await startCookieProxy(origin, { cookie, origin });
      proxies.push(proxy);
      return proxy;
    },
    async join(sessionId, personId) {
      const proxy = await fixture.proxyFor(fixture.signIn(personId));
      const bot = await startBot(`${proxy.url}/media/${sessionId}`, 'whatever the browser holds');
      bots.push(bot);
      return bot;
    },
    async at(room, personId) {
      const there = await fixture.admin.listParticipants(room);
      return there.find((one) => one.identity === personId);
    },
    async joinDirectly(token) {
      const bot = await startBot(livekit.config.url, token);
      bots.push(bot);
      return bot;
    },
    async stop() {
      await Promise.all(bots.map((bot) => bot.leave()));
      await media.stop();
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await app.close();
      await livekit.remove();
      await log.stop();
      await db.close();
    },
  };
  return fixture;
}
