// Owns the way from an HTTP upgrade to a socket, and the end of all sockets. What is said on them is live-socket.ts's.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/clock.ts';
import type { Db } from '#platform/db/contract.ts';
import type { Actor, Audience, Decider, Log, Slices } from '#platform/log/contract.ts';
import type { Admission } from './admission.ts';
import { createHubRegistry } from './hub-registry.ts';
import type { LiveSocketOptions } from './live-socket.ts';
import { LiveSocket } from './live-socket.ts';
import type { Login, Logins } from './login.ts';
import { Pacer } from './pacer.ts';
import { createPresenceRows } from './presence-rows.ts';
import { closeCodes, liveSocketPath, maxMessageBytes } from './protocol.ts';
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
/** A login may end while its socket is being opened, and the answer of `find` be older than that news. */
const longestFindMs = 60_000;
const closeWithinMs = 2_000;

export interface LiveServer {
  /** For health and metrics. */
  counts(): { sockets: number; streams: number };
  /** Tells everybody to come back, and ends. */
  close(): Promise<void>;
}

type Ended = { loginId: string } | { personId: string };
const isEnded = (login: Login, ended: Ended) =>
  'loginId' in ended ? ended.loginId === login.loginId : ended.personId === login.personId;

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
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  let ended: { what: Ended; atMs: number }[] = [];
  let closing = false;

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (pathOf(request) !== liveSocketPath) return;
    const ignore = () => undefined;
    stream.on('error', ignore);
    if (closing) return reject(stream, '503 Service Unavailable');
    if (!options.allowedOrigins.includes(request.headers.origin ?? '')) return reject(stream, '403 Forbidden');
    const askedAtMs = clock.elapsedMs();
    logins.find(request.headers).then(
      (login) => {
        if (closing || stream.destroyed) return reject(stream, '503 Service Unavailable');
        stream.off('error', ignore);
        webSockets.handleUpgrade(request, stream, head, (socket) => {
          // A browser learns nothing of a refused upgrade: the reason goes as a close code.
          if (!login || ended.some((one) => one.atMs >= askedAtMs && isEnded(login, one.what))) {
            socket.close(closeCodes.signedOut);
            return;
          }
          const live = new LiveSocket(socket, login, socketOptions);
          sockets.add(live);
          socket.on('close', () => sockets.delete(live));
        });
      },
      (error) => {
        logger.warn({ error }, 'a login could not be read');
        reject(stream, '503 Service Unavailable');
      },
    );
  };
  server.on('upgrade', onUpgrade);

  const stopListening = logins.onEnded((what) => {
    const now = clock.elapsedMs();
    ended = [...ended.filter((one) => one.atMs > now - longestFindMs), { what, atMs: now }];
    for (const socket of sockets) if (isEnded(socket.login, what)) socket.close(closeCodes.signedOut);
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
      closing = true;
      server.off('upgrade', onUpgrade);
      stopListening();
      clearInterval(pings);
      for (const socket of sockets) socket.close(closeCodes.comeBack);
      const deadline = clock.elapsedMs() + closeWithinMs;
      while (sockets.size > 0 && clock.elapsedMs() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      for (const socket of sockets) socket.terminate();
      pacer.close();
      hubs.close();
      webSockets.close();
      await presence.close();
    },
  };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}

function reject(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  stream.once('finish', () => stream.destroy());
}
