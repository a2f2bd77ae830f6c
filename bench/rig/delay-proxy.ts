// Owns a network that is as slow as wished: a TCP proxy that holds everything back. How time grows with it tells how many round trips wait for each other.
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DelayProxy {
  port: number;
  /** From now on, also for connections that are open. */
  setRoundTrip(ms: number): void;
  close(): Promise<void>;
}

/** A port of 0 takes a free one. */
export async function openDelayProxy(targetPort: number, port = 0): Promise<DelayProxy> {
  let roundTripMs = 0;
  const sockets = new Set<Socket>();

  /** In order, each chunk as late as the network is long, and none before `readyAt`. */
  const carry = (from: Socket, to: Socket, readyAt: number) => {
    let last = Promise.resolve();
    const inTurn = (deliver: () => void) => {
      const dueAt = Math.max(performance.now(), readyAt) + roundTripMs / 2;
      last = last.then(async () => {
        const leftMs = dueAt - performance.now();
        if (leftMs > 0) await sleep(leftMs);
        if (!to.destroyed) deliver();
      });
    };
    from.on('data', (chunk) => inTurn(() => to.write(chunk)));
    from.on('end', () => inTurn(() => to.end()));
    from.on('close', () => inTurn(() => to.destroy()));
    from.on('error', () => from.destroy());
  };

  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket.setNoDelay(true));
      socket.on('close', () => sockets.delete(socket));
    }
    // The kernel has accepted at once; over a real network the first byte leaves after a whole round trip.
    carry(near, far, performance.now() + roundTripMs);
    carry(far, near, 0);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    setRoundTrip(ms) {
      roundTripMs = ms;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
