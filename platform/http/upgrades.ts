// Owns WebSocket upgrades: which part answers which path, and the last word on a socket that is not let in. What a socket carries is its part's.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorBody } from '#platform/errors/app-error.ts';

export interface UpgradeDoor {
  /** `path` is without the query. */
  takes(path: string): boolean;
  /** An error of the socket destroys it already. */
  open(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** How long a peer has to read the last word. */
const lastWordMs = 2_000;

/** The only listener for upgrades: each socket has one door, or is refused. */
export function answerUpgrades(server: Server, doors: readonly UpgradeDoor[]): void {
  server.on('upgrade', (request, socket, head) => {
    // Node listens no more: without a listener, a peer that breaks off would end the process.
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const door = doors.find((one) => one.takes(path));
    if (door) door.open(request, socket, head);
    else refuseUpgrade(socket, '404 Not Found');
  });
}

/** Answers and lets go, whatever the peer does: one that never closes its side would hold the socket for ever. */
export function refuseUpgrade(socket: Duplex, status: string, body?: ErrorBody): void {
  if (socket.destroyed) return;
  const text = body ? JSON.stringify(body) : '';
  // Nobody reads what still comes; unread, the peer's end would not be seen.
  socket.resume();
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      ...(body ? ['content-type: application/json; charset=utf-8'] : []),
      `content-length: ${Buffer.byteLength(text)}`,
      'cache-control: no-store',
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  );
  const timer = setTimeout(() => socket.destroy(), lastWordMs);
  socket.once('close', () => clearTimeout(timer));
}
