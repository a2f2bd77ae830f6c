// Owns WebSocket upgrades that nobody asked for: without an answer such sockets would stay open for ever.
import type { Server } from 'node:http';

/** `prefixes` have listeners of their own. */
export function refuseOtherUpgrades(server: Server, prefixes: readonly string[]): void {
  server.on('upgrade', (request, socket) => {
    const url = request.url ?? '';
    if (prefixes.some((prefix) => url.startsWith(prefix))) return;
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
}
