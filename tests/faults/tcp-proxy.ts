// Owns a network that breaks when told to: a TCP proxy that cuts in the middle of what it carries, delays it, or swallows it in silence.
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

export interface TcpProxy {
  port: number;
  /** How many connections it carries. */
  open(): number;
  /** The next bytes of each open connection are carried up to a byte of chance; then it is cut. */
  cutInside(roll: () => number): void;
  /** Open connections stay open and carry nothing more, in neither direction. New ones are carried. */
  silence(): void;
  /** From now on each chunk waits for so long, in order. */
  delay(ms: () => number): void;
  /** Cuts all at once. */
  cutAll(): void;
  close(): Promise<void>;
}

interface Pair {
  near: Socket;
  far: Socket;
  state: 'carrying' | 'silent' | 'cut next';
  /** How much of the next chunk is still carried, as a share. */
  share: number;
}

export async function openTcpProxy(targetPort: () => number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let delayMs: (() => number) | null = null;

  const carry = (pair: Pair, from: Socket, to: Socket) => {
    let turn: Promise<void> = Promise.resolve();
    const inTurn = (work: () => void) => {
      const waitMs = delayMs?.() ?? 0;
      if (waitMs > 0) turn = turn.then(() => new Promise((resolve) => setTimeout(resolve, waitMs)));
      turn = turn.then(work);
    };
    from.on('data', (chunk) =>
      inTurn(() => {
        if (pair.state === 'silent' || to.destroyed) return;
        if (pair.state === 'carrying') return void to.write(chunk);
        to.write(chunk.subarray(0, Math.floor(chunk.length * pair.share)), () => cut(pair));
        pair.state = 'silent';
      }),
    );
    from.on('error', () => undefined);
    from.on('close', () => inTurn(() => pair.state !== 'silent' && to.destroy()));
  };
  const cut = (pair: Pair) => {
    pairs.delete(pair);
    pair.near.destroy();
    pair.far.destroy();
  };

  const server = createServer((near) => {
    const far = connect(targetPort(), '127.0.0.1');
    const pair: Pair = { near, far, state: 'carrying', share: 1 };
    pairs.add(pair);
    for (const socket of [near, far]) socket.setNoDelay(true).on('close', () => pairs.delete(pair));
    carry(pair, near, far);
    carry(pair, far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    open: () => pairs.size,
    cutInside(roll) {
      for (const pair of pairs) if (pair.state === 'carrying') Object.assign(pair, { state: 'cut next', share: roll() });
    },
    silence() {
      for (const pair of pairs) pair.state = 'silent';
    },
    delay(ms) {
      delayMs = ms;
    },
    cutAll() {
      for (const pair of [...pairs]) cut(pair);
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const pair of [...pairs]) cut(pair);
      await closed;
    },
  };
}
