// Owns a small proxy that gives a bot what a browser sends by itself: the login's cookie and its origin. Bots cannot send headers of their own.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface CookieProxy {
  /** Stands for the page's origin. */
  url: string;
  /** Statuses of the signalling requests that went through, in order. */
  statuses: number[];
  /** All that came over signalling sockets, as it was on the wire. */
  received(): Buffer;
  /** From now on, requests go there: what a load balancer does when a server is gone. */
  leadTo(target: string, headers: Record<string, string>): void;
  close(): Promise<void>;
}

export async function startCookieProxy(firstTarget: string, firstHeaders: Record<string, string>): Promise<CookieProxy> {
  let [target, headers] = [firstTarget, firstHeaders];
  const statuses: number[] = [];
  const received: Buffer[] = [];
  const sockets = new Set<Duplex>();
  const ask = (incoming: IncomingMessage) =>
    request(new URL(incoming.url ?? '/', target), { agent: false, headers: { ...incoming.headers, ...headers } });

  const server = createServer((incoming, answer) => {
    const asking = ask(incoming);
    asking.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    asking.on('error', () => answer.destroy());
    asking.end();
  });
  server.on('connection', (socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
  server.on('upgrade', (incoming, socket, head) => {
    const asking = ask(incoming);
    socket.on('error', () => asking.destroy());
    const givenUp = () => asking.destroy();
    socket.on('end', givenUp);
    asking.on('upgrade', (response, upstream, firstWords) => {
      socket.off('end', givenUp);
      statuses.push(101);
      const lines = Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`);
      socket.write(['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n'));
      socket.write(firstWords);
      received.push(firstWords);
      upstream.on('data', (chunk: Buffer) => received.push(chunk));
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
      for (const [one, other] of [[socket, upstream] as const, [upstream, socket] as const]) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    });
    asking.on('response', (response) => {
      statuses.push(response.statusCode ?? 0);
      response.resume();
      socket.end(`HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    });
    asking.on('error', () => socket.destroy());
    asking.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    statuses,
    received: () => Buffer.concat(received),
    leadTo(nextTarget, nextHeaders) {
      [target, headers] = [nextTarget, nextHeaders];
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
