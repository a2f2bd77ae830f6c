// Proves that no socket that asks for an upgrade is forgotten: each is answered, whatever its peer does then, and none can end the process.
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { UpgradeDoor } from './upgrades.ts';
import { answerUpgrades, refuseUpgrade } from './upgrades.ts';

/** Long, for a busy machine. */
const soon = { timeout: 8_000, interval: 20 };

let server: Server;
/** Sockets behind the door, which holds them without a word. */
let held: Duplex[];
beforeEach(async () => {
  held = [];
  const holding: UpgradeDoor = { takes: (path) => path === '/live', open: (_request, socket) => void held.push(socket) };
  const refusing: UpgradeDoor = {
    takes: (path) => path.startsWith('/media/'),
    open: (_request, socket) => refuseUpgrade(socket, '503 Service Unavailable', { error: { code: 'away', details: {} } }),
  };
  server = createServer();
  answerUpgrades(server, [holding, refusing]);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  for (const socket of held) socket.destroy();
  server.close();
});

/** Whatever the server does, this side closes only when it is told to. */
async function ask(path: string): Promise<{ socket: Socket; heard: () => string }> {
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  let words = '';
  socket.on('data', (chunk) => (words += chunk));
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`);
  return { socket, heard: () => words };
}
const connections = () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));

const refused: [string, string][] = [
  ['/livex', 'HTTP/1.1 404 Not Found'],
  ['/live/', 'HTTP/1.1 404 Not Found'],
  ['/live%00', 'HTTP/1.1 404 Not Found'],
  ['//live', 'HTTP/1.1 404 Not Found'],
  ['/', 'HTTP/1.1 404 Not Found'],
  ['/media', 'HTTP/1.1 404 Not Found'],
  ['/media/x?y', 'HTTP/1.1 503 Service Unavailable'],
];

test('what no door lets in is answered, and let go though its peer never closes its side', async () => {
  const asked = await Promise.all(refused.map(([path]) => ask(path)));
  await vi.waitFor(
    () => expect(asked.map(({ heard }) => heard().split('\r\n')[0])).toEqual(refused.map(([, line]) => line)),
    soon,
  );
  expect(asked.at(-1)?.heard()).toContain('\r\n\r\n{"error":{"code":"away","details":{}}}');
  await vi.waitFor(async () => expect(await connections()).toBe(0), soon);
  for (const { socket } of asked) socket.destroy();
});

test('a peer that breaks off harms nobody', async () => {
  for (const [path] of refused) {
    const { socket } = await ask(path);
    socket.resetAndDestroy();
  }
  await vi.waitFor(async () => expect(await connections()).toBe(0), soon);
  const next = await ask('/nowhere');
  await vi.waitFor(() => expect(next.heard()).toContain('HTTP/1.1 404'), soon);
  next.socket.destroy();
});

test('a socket behind its door that breaks off before anybody listens is gone', async () => {
  const { socket } = await ask('/live?x=1');
  await vi.waitFor(() => expect(held).toHaveLength(1), soon);
  socket.resetAndDestroy();
  await vi.waitFor(() => expect(held[0]?.destroyed).toBe(true), soon);
});
