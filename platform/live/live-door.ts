// Owns who gets a live socket at all: the path, the page's origin, the login. What is said on it is live-socket.ts's.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Clock } from '#platform/clock/clock.ts';
import type { UpgradeDoor } from '#platform/http/upgrades.ts';
import { refuseUpgrade } from '#platform/http/upgrades.ts';
import { closeInTime } from './live-socket.ts';
import type { Login, Logins } from './login.ts';
import { closeCodes, liveSocketPath, maxMessageBytes } from './protocol.ts';

export interface LiveDoorOptions {
  logins: Logins;
  logger: Pick<Logger, 'warn'>;
  clock: Clock;
  allowedOrigins: readonly string[];
  onSocket: (socket: WebSocket, stream: Duplex, login: Login) => void;
  onLoginEnded: (isEnded: (login: Login) => boolean) => void;
}

/** A login may end while its socket is being opened, and the answer of `find` be older than that news. */
const longestFindMs = 60_000;

type Ended = Parameters<Parameters<Logins['onEnded']>[0]>[0];
const matches = (login: Login, ended: Ended) =>
  'loginId' in ended ? ended.loginId === login.loginId : ended.personId === login.personId;

export function openLiveDoor({ logins, logger, clock, allowedOrigins, onSocket, onLoginEnded }: LiveDoorOptions) {
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  let ended: { what: Ended; atMs: number }[] = [];
  let closed = false;

  const stopListening = logins.onEnded((what) => {
    const now = clock.elapsedMs();
    ended = [...ended.filter((one) => one.atMs > now - longestFindMs), { what, atMs: now }];
    onLoginEnded((login) => matches(login, what));
  });

  const letIn = async (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const askedAtMs = clock.elapsedMs();
    const login = await logins.find(request.headers);
    if (closed) return refuseUpgrade(stream, '503 Service Unavailable');
    webSockets.handleUpgrade(request, stream, head, (socket) => {
      const valid = login && !ended.some((one) => one.atMs >= askedAtMs && matches(login, one.what));
      // A browser learns nothing of a refused upgrade: the reason goes as a close code.
      if (valid) return onSocket(socket, stream, login);
      socket.on('error', ignore);
      closeInTime(socket, closeCodes.signedOut);
    });
  };

  const door: UpgradeDoor = {
    takes: (path) => path === liveSocketPath,
    open(request, stream, head) {
      if (!allowedOrigins.includes(request.headers.origin ?? '')) return refuseUpgrade(stream, '403 Forbidden');
      letIn(request, stream, head).catch((error) => {
        logger.warn({ error }, 'a login could not be read');
        refuseUpgrade(stream, '503 Service Unavailable');
      });
    },
  };

  return {
    ...door,
    /** Sockets that are open stay so. */
    close() {
      closed = true;
      stopListening();
      webSockets.close();
    },
  };
}

/** Without a listener, an error of a socket ends the process. */
const ignore = () => undefined;
