// Owns a gate for tests, with a state that the test sets by hand, in front of a stand-in for LiveKit.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Writable } from 'node:stream';
import type { UpgradeDoor } from '#platform/http/upgrades.ts';
import { answerUpgrades } from '#platform/http/upgrades.ts';
import type { Login, Logins } from '#platform/live/login.ts';
import type { LoggedEvent, Slices, Snapshot } from '#platform/log/contract.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import type { Placement } from '../contract.ts';
import { createFreshReads } from '../fresh-reads.ts';
import { Gate } from '../gate.ts';
import { createKnownRooms } from '../known-rooms.ts';
import { createProof } from '../proof.ts';
import { createRation } from '../ration.ts';
import { createSfu } from '../sfu.ts';
import { createSight } from '../sight.ts';
import { parseSignalPath } from '../signal-path.ts';
import { createWatches } from '../watches.ts';
import type { FakeLivekit } from './fake-livekit.ts';
import { startFakeLivekit } from './fake-livekit.ts';

export const streamId = '01890a5d-ac96-774b-bcce-b302099a8057';
export const livekitRoom = `${streamId}.main.1`;
export const nextRoom = `${streamId}.r1.1`;

export type Entry = { status: number; code?: string; socket?: Duplex; response: IncomingMessage };

export interface GateBed {
  livekit: FakeLivekit;
  gate: Gate;
  /** Changes where people belong, and tells all who follow. */
  place(person: string, placement: Placement): void;
  /** Awaited before each answer about a login. */
  beforeFind: () => Promise<void>;
  /** Awaited after the head was read and before it is told. */
  beforeReadAnswer: () => Promise<void>;
  maySee: (person: string) => Promise<boolean>;
  endLogin(person: string): void;
  suspicions(): number;
  /** Resolve it to tell the gate that LiveKit answers again. */
  livekitBack: PromiseWithResolvers<void>;
  logged(): string;
  /** Asks for a socket as the person's browser would. */
  enter(person: string, options?: EnterOptions): Promise<Entry>;
  /** Asks why a socket would be refused; throws the answer. */
  why(person: string, opening?: string): Promise<void>;
  stop(): Promise<void>;
}

export const onStage = { in: livekitRoom, publish: ['camera', 'microphone'], hidden: false, onStage: true } satisfies Placement;
export const inAudience: Placement = { in: livekitRoom, publish: [], hidden: true, onStage: false };

export interface EnterOptions {
  path?: string;
  query?: string;
  /** Aborted: the browser closes its socket, whatever it has been answered. */
  giveUp?: AbortSignal;
}

export interface BedOptions {
  ration?: { perSecond: number; burst: number; maxWaitMs: number };
  letInWithinMs?: number;
}

export async function startGateBed(options: BedOptions = {}): Promise<GateBed> {
  const livekit = await startFakeLivekit();
  const placements = new Map<string, Placement>();
  const followers = new Set<(batch: LoggedEvent[], after: Snapshot) => void>();
  const listeners = new Set<Parameters<Logins['onEnded']>[0]>();
  let head = 1;
  let suspicions = 0;
  let written = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  const logger = createLogger('debug', sink);
  const snapshot = (): Snapshot => ({
    streamId,
    head,
    heads: new Map(),
    state: { all: new Map(placements) } as Slices,
    lastAt: null,
  });
  const log = {
    read: async () => {
      const now = snapshot();
      await bed.beforeReadAnswer();
      return now;
    },
    follow: async (_streamId: string, onBatch: (batch: LoggedEvent[], after: Snapshot) => void) => {
      followers.add(onBatch);
      return () => void followers.delete(onBatch);
    },
  };
  const config = { url: livekit.url, apiKey: 'key', apiSecret: 'a-secret-that-must-not-be-logged-anywhere' };
  const sfu = createSfu(config, createProof('another-secret'));
  const ration = createRation(options.ration ?? { perSecond: 1000, burst: 1000, maxWaitMs: 1000 });
  const watches = createWatches(log, (id, after) => void gate.onChange(id, after));
  const placementOf = (state: Slices, _streamId: string, person: string): Placement =>
    (state.all as Map<string, Placement>).get(person) ?? { in: null, reason: 'session-not-live' };
  const logins: Logins = {
    async find(headers) {
      await bed.beforeFind();
      const person = /login-of=(\w+)/.exec(headers.cookie ?? '')?.[1];
      return person ? ({ loginId: `login-of-${person}`, personId: person } satisfies Login) : null;
    },
    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const opened = new Map<string, string[]>();
  /** Answers the person's newest. */
  const noteOpening = (person: string, opening: string) => {
    const theirs = opened.get(person) ?? [];
    if (!theirs.includes(opening)) opened.set(person, [...theirs, opening]);
    return opened.get(person)?.at(-1);
  };
  const admission = { maySee: (person: string) => bed.maySee(person) };

  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gate = new Gate({
    livekit: config,
    logins,
    openings: { isNewest: async (_streamId, person, opening) => opening === noteOpening(person, opening) },
    placementOf,
    openRoomsOf: () => [livekitRoom, nextRoom],
    allowedOrigins: [origin],
    logger,
    read: createFreshReads(log),
    watches,
    rooms: createKnownRooms(sfu),
    sfu,
    ration,
    sight: createSight(admission),
    nudge: () => undefined,
    suspect: () => {
      suspicions += 1;
    },
    whenAnswering: () => bed.livekitBack.promise,
    letInWithinMs: options.letInWithinMs ?? 5000,
  });
  const openGate: UpgradeDoor['open'] = (asked, socket, firstWords) => {
    const signal = parseSignalPath(asked.url ?? '');
    if (signal) void gate.upgrade(signal, asked, socket, firstWords);
  };
  answerUpgrades(server, [{ takes: () => true, open: openGate }]);

  const bed: GateBed = {
    livekit,
    gate,
    place(person, placement) {
      placements.set(person, placement);
      head += 1;
      for (const follower of followers) follower([], snapshot());
    },
    beforeFind: async () => undefined,
    beforeReadAnswer: async () => undefined,
    maySee: async () => true,
    endLogin(person) {
      for (const listener of listeners) listener({ loginId: `login-of-${person}` });
    },
    suspicions: () => suspicions,
    livekitBack: Promise.withResolvers<void>(),
    logged: () => written,
    enter: (person, { path = '/rtc/v1', query = '', giveUp } = {}) =>
      open(`${origin}/media/${streamId}${path}${query}`, origin, `login-of=${person}`, giveUp),
    why: (person, opening) => {
      const signal = { streamId, path: '/rtc/v1', validate: true, place: null, opening: opening ?? null, query: '' } as const;
      return gate.validate(signal, { cookie: `login-of=${person}` });
    },
    async stop() {
      gate.stop();
      ration.stop();
      watches.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await livekit.close();
    },
  };
  return bed;
}

function open(url: string, origin: string, cookie: string, giveUp?: AbortSignal): Promise<Entry> {
  const { promise, resolve, reject } = Promise.withResolvers<Entry>();
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    origin,
    cookie,
    authorization: 'Bearer the-browsers-own',
  };
  const asking = request(url, { agent: false, headers });
  asking.on('upgrade', (response, socket) => {
    socket.on('error', () => socket.destroy());
    resolve({ status: 101, socket, response });
  });
  asking.on('response', async (response) => {
    let body = '';
    for await (const chunk of response) body += chunk;
    resolve({ status: response.statusCode ?? 0, code: JSON.parse(body).error.code, response });
  });
  asking.on('error', reject);
  giveUp?.addEventListener('abort', () => asking.socket?.end());
  asking.end();
  return promise;
}
