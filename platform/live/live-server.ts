// Owns the live part of a server: wires door, sockets, followed streams and presence, and ends them all.
import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/clock.ts';
import type { Db } from '#platform/db/contract.ts';
import type { Actor, Audience, Decider, Log, Slices } from '#platform/log/contract.ts';
import type { Admission } from './admission.ts';
import { createHubRegistry } from './hub-registry.ts';
import { openLiveDoor } from './live-door.ts';
import type { LiveSocketOptions } from './live-socket.ts';
import { LiveSocket } from './live-socket.ts';
import type { Logins } from './login.ts';
import { Pacer } from './pacer.ts';
import { createPresenceRows } from './presence-rows.ts';
import { closeCodes } from './protocol.ts';
import type { Rate } from './rate-limit.ts';

export interface LiveServerOptions {
  /** Only upgrades to `/live` are touched; others are left to other listeners. */
  server: Server;
  log: Log;
  logins: Logins;
  admission: Admission;
  db: Db;
  logger: Logger;
  /** Changes when the web was built anew. */
  build: string;
  /** Pages of any other origin are refused, with or without a cookie. */
  allowedOrigins: readonly string[];
  decider: Pick<Decider, 'parseCommand' | 'initialSlice'>;
  viewerAudiences: (state: Slices, viewer: Actor) => Audience[];
  /** All that `viewerAudiences` reads of the state, compared by identity. Absent: the whole state. */
  audiencesDependOn?: (state: Slices) => readonly unknown[];
  clock?: Clock;
  limits?: Partial<LiveLimits>;
}

export interface LiveLimits {
  commandRate: Rate;
  maxBufferedBytes: number;
  frameGapMs: number;
  helloWithinMs: number;
  pingEveryMs: number;
  presenceExpiryMs: number;
  presenceRefreshMs: number;
}

const defaultLimits: LiveLimits = {
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
  /** For health and metrics. */
  counts(): { sockets: number; streams: number };
  /** Tells everybody to come back, and ends. */
  close(): Promise<void>;
}

export function createLiveServer(options: LiveServerOptions): LiveServer {
  const { server, log, logins, db, logger, admission, build, decider, clock = systemClock } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const sockets = new Set<LiveSocket>();
  const pacer = new Pacer();
  const hubs = createHubRegistry({
    log,
    logger,
    clock,
    pacer,
    decider,
    viewerAudiences: options.viewerAudiences,
    audiencesDependOn: options.audiencesDependOn ?? ((state) => [state]),
    frameGapMs: limits.frameGapMs,
  });
  const presence = createPresenceRows({
    db,
    logger,
    expiryMs: limits.presenceExpiryMs,
    refreshMs: limits.presenceRefreshMs,
  });
  const socketOptions: LiveSocketOptions = { log, admission, hubs, presence, decider, logger, clock, build, ...limits };
  const door = openLiveDoor({
    server,
    logins,
    logger,
    clock,
    allowedOrigins: options.allowedOrigins,
    onSocket(socket, stream, login) {
      const live = new LiveSocket(socket, stream, login, socketOptions);
      sockets.add(live);
      socket.on('close', () => sockets.delete(live));
    },
    onLoginEnded(isEnded) {
      for (const socket of sockets) if (isEnded(socket.login)) socket.close(closeCodes.signedOut);
    },
  });

  const pings = setInterval(() => {
    for (const socket of sockets) {
      if (socket.missedPings >= mostMissedPings) socket.terminate();
      else socket.ping();
    }
  }, limits.pingEveryMs);

  return {
    counts: () => ({ sockets: sockets.size, streams: hubs.size }),
    async close() {
      door.close();
      clearInterval(pings);
      for (const socket of sockets) socket.close(closeCodes.comeBack);
      const deadline = clock.elapsedMs() + closeWithinMs;
      while (sockets.size > 0 && clock.elapsedMs() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      for (const socket of sockets) socket.terminate();
      pacer.close();
      hubs.close();
      await presence.close();
    },
  };
}
