// Owns the live part of a server: wires door, sockets, followed streams and presence, and ends them all.
import type { Logger } from 'pino';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/clock.ts';
import type { Db } from '#platform/db/contract.ts';
import type { UpgradeDoor } from '#platform/http/upgrades.ts';
import type { Log } from '#platform/log/contract.ts';
import { createHubRegistry } from './hub-registry.ts';
import { openLiveDoor } from './live-door.ts';
import type { LiveSocketOptions } from './live-socket.ts';
import { LiveSocket } from './live-socket.ts';
import type { Logins } from './login.ts';
import { createOpenSockets } from './open-sockets.ts';
import { Pacer } from './pacer.ts';
import { createPresenceRows } from './presence-rows.ts';
import { closeCodes } from './protocol.ts';
import type { Rate } from './rate-limit.ts';
import type { FollowedKind, StreamKind } from './stream-kind.ts';

/** The first kind's words, and those of others beside it. */
export interface LiveServerOptions extends StreamKind {
  log: Log;
  logins: Logins;
  db: Db;
  logger: Logger;
  /** Changes when the web was built anew. */
  build: string;
  /** Pages of any other origin are refused, with or without a cookie. */
  allowedOrigins: readonly string[];
  otherKinds?: readonly StreamKind[];
  clock?: Clock;
  limits?: Partial<LiveLimits>;
}

export interface LiveLimits {
  /** Tabs, devices and conversations of one person on this server. */
  socketsPerPerson: number;
  commandRate: Rate;
  maxBufferedBytes: number;
  frameGapMs: number;
  helloWithinMs: number;
  pingEveryMs: number;
  presenceExpiryMs: number;
  presenceRefreshMs: number;
}

const defaultLimits: LiveLimits = {
  socketsPerPerson: 16,
  commandRate: { perSecond: 20, burst: 60 },
  maxBufferedBytes: 1024 * 1024,
  frameGapMs: 50,
  helloWithinMs: 10_000,
  pingEveryMs: 20_000,
  presenceExpiryMs: 15_000,
  presenceRefreshMs: 5_000,
};
const mostMissedPings = 2;
/** The process ends soon after SIGTERM, and there is more to close. */
const closeWithinMs = 1_000;

export interface LiveServer {
  door: UpgradeDoor;
  /** For health and metrics. */
  counts(): { sockets: number; streams: number };
  /** Tells everybody to come back, and ends. */
  close(): Promise<void>;
}

export function createLiveServer(options: LiveServerOptions): LiveServer {
  const { log, logins, db, logger, build, clock = systemClock } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const sockets = createOpenSockets(limits.socketsPerPerson);
  const pacer = new Pacer();
  const followed = ({ admission, decider, viewerAudiences, audiencesDependOn }: StreamKind): FollowedKind => ({
    admission,
    decider,
    hubs: createHubRegistry({
      log,
      logger,
      clock,
      pacer,
      decider,
      viewerAudiences,
      audiencesDependOn: audiencesDependOn ?? ((state) => [state]),
      frameGapMs: limits.frameGapMs,
    }),
  });
  const kinds = [options, ...(options.otherKinds ?? [])].map(followed);
  const presence = createPresenceRows({
    db,
    logger,
    expiryMs: limits.presenceExpiryMs,
    refreshMs: limits.presenceRefreshMs,
  });
  const socketOptions: LiveSocketOptions = { log, kinds, presence, logger, clock, build, ...limits };
  const door = openLiveDoor({
    logins,
    logger,
    clock,
    allowedOrigins: options.allowedOrigins,
    onSocket(socket, stream, login) {
      const live = new LiveSocket(socket, stream, login, socketOptions);
      sockets.add(live);
      socket.on('close', () => sockets.remove(live));
    },
    onLoginEnded: (isEnded) => sockets.endLogins(isEnded),
  });

  const pings = setInterval(() => {
    for (const socket of sockets) {
      if (socket.missedPings >= mostMissedPings) socket.terminate();
      else socket.ping();
    }
  }, limits.pingEveryMs);

  return {
    door,
    counts: () => ({ sockets: sockets.size, streams: kinds.reduce((sum, { hubs }) => sum + hubs.size, 0) }),
    async close() {
      door.close();
      clearInterval(pings);
      for (const socket of sockets) socket.close(closeCodes.comeBack);
      const deadline = clock.elapsedMs() + closeWithinMs;
      while (sockets.size > 0 && clock.elapsedMs() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      for (const socket of sockets) socket.terminate();
      pacer.close();
      for (const { hubs } of kinds) hubs.close();
      await presence.close();
    },
  };
}
