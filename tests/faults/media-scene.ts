// Owns two app servers in processes of their own on one PostgreSQL and one LiveKit, with a live Session, its host on stage, and people whose media are bots.
import { randomUUID } from 'node:crypto';
import { RoomServiceClient } from 'livekit-server-sdk';
import { expect, vi } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { openServerDatabase } from '#platform/db/server.ts';
import { quietLogger } from '#platform/db/test-databases.ts';
import type { Log, Refusal } from '#platform/log/contract.ts';
import { createLog } from '#platform/log/log.ts';
import { sessionDecider } from '#session/decider.ts';
import { mainCallRoom } from '#session/placement.ts';
import type { SessionState } from '#session/state.ts';
import { allOf } from '#session/state.ts';
import { createAccounts } from '#shell/accounts/server/accounts.ts';
import { refreshRosters } from '#shell/events/server/roster.ts';
import { soon } from '#tests/flows/app.ts';
import type { ChildServer } from '#tests/flows/child-server.ts';
import { startChildServer } from '#tests/flows/child-server.ts';
import type { FlowDatabase } from '#tests/flows/flow-databases.ts';
import type { LiveClient } from '#tests/flows/live-client.ts';
import { differences } from '#tests/media-bot/agreement.ts';
import type { Bot } from '#tests/media-bot/bot.ts';
import { startBot } from '#tests/media-bot/bot.ts';
import type { CookieProxy } from '#tests/media-bot/cookie-proxy.ts';
import { startCookieProxy } from '#tests/media-bot/cookie-proxy.ts';
import { eventually } from '#tests/media-bot/eventually.ts';
import type { TestLivekit } from '#tests/media-bot/livekit.ts';
import { prepareLivekit } from '#tests/media-bot/livekit.ts';
import type { WebhookRelay } from '#tests/media-bot/webhook-relay.ts';
import { startWebhookRelay } from '#tests/media-bot/webhook-relay.ts';

export type Side = 'a' | 'b';

/** A person's media, and the way of their signalling to an app server. */
export interface Caller {
  name: string;
  personId: string;
  cookie: string;
  bot: Bot;
  door: CookieProxy;
}

export interface MediaScene {
  db: Db;
  /** The test's own reading of the log. It also stands for the event shell. */
  log: Log;
  livekit: TestLivekit;
  relay: WebhookRelay;
  admin: RoomServiceClient;
  sessionId: string;
  room: string;
  servers: Record<Side, ChildServer>;
  startServer(side: Side): Promise<void>;
  personId(name: string): Promise<string>;
  /** Sends a command as this person through this server; null when it was accepted. */
  send(side: Side, name: string, type: string, body?: Record<string, unknown>): Promise<Refusal | null>;
  /** Sets who is on the Session's list of speakers, as the shell does. */
  setSpeakers(names: readonly string[]): Promise<void>;
  call(side: Side, name: string): Promise<Caller>;
  signOut(side: Side, cookie: string): Promise<void>;
  /** As `npm run disable-account` does beside running servers. */
  setDisabled(name: string, disabled: boolean): Promise<void>;
  /** From now on, this person's signalling goes to that server. */
  lead(caller: Caller, side: Side): void;
  state(): Promise<SessionState>;
  leaseHolder(): Promise<string | undefined>;
  at(personId: string): ReturnType<RoomServiceClient['getParticipant']>;
  isThere(personId: string): Promise<boolean>;
  /** Waits until LiveKit has exactly what the state says. */
  agreement(connected?: readonly Pick<Caller, 'personId'>[], withinMs?: number): Promise<void>;
  /** NOTIFY of all servers. */
  loseHints(lost: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Server `a` holds the lease, and no webhook arrives. */
export async function startMediaScene(open: () => Promise<FlowDatabase>): Promise<MediaScene> {
  const database = await open();
  const { databaseUrl = '', dataDir } = database.config;
  const db = await openServerDatabase({ url: databaseUrl, logger: quietLogger, connections: 4 });
  const loseHints = await makeHintsLosable(db);
  const relay = await startWebhookRelay();
  const livekit = await prepareLivekit({ webhookUrl: relay.url });
  await livekit.start();
  const { url, apiKey, apiSecret } = livekit.config;
  const admin = new RoomServiceClient(url, apiKey, apiSecret);
  const env = {
    ...{ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SECRET: `${randomUUID()}${randomUUID()}`, DEMO: '1', LOG_LEVEL: 'warn' },
    ...{ LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret },
  };
  const a = await startChildServer({ env });
  const servers: Record<Side, ChildServer> = { a, b: a };
  const log = await createLog({ db, deciders: [sessionDecider], logger: quietLogger, pollMs: 200 });
  const accounts = await createAccounts(db, { secret: env.SECRET, publicUrl: a.origin, demo: true });
  const sessionId = (await a.point(soon)).id;
  const room = mainCallRoom(sessionId, 1);
  const ids = new Map<string, string>();
  const clients = new Map<string, LiveClient>();
  const callers: Caller[] = [];

  const clientOf = async (side: Side, name: string): Promise<LiveClient> => {
    const key = `${servers[side].origin} ${name}`;
    const known = clients.get(key);
    if (known?.closedWith === null) return known;
    const client = await servers[side].join(name, sessionId, 'speaker');
    clients.set(key, client);
    ids.set(name, client.personId);
    return client;
  };

  const scene: MediaScene = {
    ...{ db, log, livekit, relay, admin, sessionId, room, servers, loseHints },
    async startServer(side) {
      servers[side] = await startChildServer({ env });
    },
    personId: async (name) => ids.get(name) ?? (await clientOf('a', name)).personId,
    send: async (side, name, type, body = {}) => (await clientOf(side, name)).send(type, body),
    async setSpeakers(names) {
      const speakers = await Promise.all(names.map(scene.personId));
      const facts = [{ audience: 'all' as const, type: 'lifecycle.roster-set', body: { speakers, support: [] } }];
      await db.transaction((tx) => log.appendFacts(tx, sessionId, facts));
      await log.announce(sessionId);
    },
    async call(side, name) {
      const { origin } = servers[side];
      const cookie = await servers[side].signIn(name);
      const door = await startCookieProxy(origin, { cookie, origin });
      const bot = await startBot(`${door.url}/media/${sessionId}`, 'whatever the browser holds');
      const caller = { name, personId: await scene.personId(name), cookie, bot, door };
      callers.push(caller);
      return caller;
    },
    async signOut(side, cookie) {
      expect((await servers[side].request('POST', '/api/accounts/sign-out', cookie)).status).toBe(204);
    },
    async setDisabled(name, disabled) {
      const { disable, enable } = accounts.standing(refreshRosters(log));
      expect(await (disabled ? disable : enable)(`${name}@demo.example`)).not.toBe('unknown');
    },
    lead({ door, cookie }, side) {
      const { origin } = servers[side];
      door.leadTo(origin, { cookie, origin });
    },
    async state() {
      return (await log.read(sessionId))?.state as SessionState;
    },
    async leaseHolder() {
      const held = "select holder from leases where stream_id = $1 and name = 'media' and expires_at > clock_timestamp()";
      return (await db.query<{ holder: string }>(held, [sessionId]))[0]?.holder;
    },
    at: (personId) => admin.getParticipant(room, personId),
    isThere: async (personId) => (await admin.listParticipants(room)).some(({ identity }) => identity === personId),
    async agreement(connected = [], withinMs = 20_000) {
      const people = connected.map((one) => one.personId);
      const compare = async () => expect(await differences(admin, sessionId, await scene.state(), people)).toEqual([]);
      await vi.waitFor(compare, { timeout: withinMs, interval: 50 });
    },
    async stop() {
      await Promise.all(callers.map(({ bot }) => bot.leave()));
      await Promise.all(callers.map(({ door }) => door.close()));
      await Promise.all(Object.values(servers).map((server) => server.kill()));
      await relay.close();
      await livekit.remove();
      await accounts.logins.stop();
      await log.stop();
      await db.close();
      await database.end();
    },
  };
  await goLive(scene);
  // While it is alone, the lease is its.
  await eventually(async () => (await scene.leaseHolder()) !== undefined);
  await scene.startServer('b');
  return scene;
}

export const onAir = { microphone: true, camera: false };

async function goLive(scene: MediaScene): Promise<void> {
  expect(await scene.send('a', 'host', 'stage.enter', onAir)).toBeNull();
  expect(await scene.send('a', 'host', 'lifecycle.start')).toBeNull();
  expect(allOf(await scene.state()).lifecycle.phase).toBe('live');
}

/** Hints go through a function of ours. Theirs is found first only by new connections, so that servers must start after this. */
async function makeHintsLosable(db: Db): Promise<(lost: boolean) => Promise<void>> {
  const [row] = await db.query<{ name: string }>('select current_database() as name');
  await db.query(`alter database "${row?.name}" set search_path = public, pg_catalog`);
  const loseHints = async (lost: boolean) => {
    const body = lost ? 'select' : 'select pg_catalog.pg_notify($1, $2)';
    const head = 'create or replace function public.pg_notify(channel text, payload text) returns void language sql as';
    await db.query(`${head} '${body}'`);
  };
  await loseHints(false);
  return loseHints;
}
