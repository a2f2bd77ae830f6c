// Owns the proof that the slow network is as slow as it says, and loses nothing.
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DelayProxy } from './delay-proxy.ts';
import { openDelayProxy } from './delay-proxy.ts';

const echo = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket));
let proxy: DelayProxy;

beforeAll(async () => {
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  proxy = await openDelayProxy((echo.address() as AddressInfo).port);
});
afterAll(async () => {
  await proxy.close();
  echo.close();
});

const readUntil = (socket: Socket, length: number) =>
  new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', function onData(chunk) {
      text += chunk;
      if (text.length < length) return;
      socket.off('data', onData);
      resolve(text);
    });
  });

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

test('a new connection costs one round trip, and each question another', async () => {
  proxy.setRoundTrip(60);
  const socket = connect(proxy.port, '127.0.0.1');
  const ask = () => {
    const answer = readUntil(socket, 4);
    socket.write('ping');
    return answer;
  };
  const first = await timeOf(ask);
  const second = await timeOf(ask);
  socket.destroy();
  // Never less than the network is long; how much more is the machine's business.
  expect(first).toBeGreaterThanOrEqual(118);
  expect(second).toBeGreaterThanOrEqual(58);
  expect(second).toBeLessThan(first);
});

test('everything arrives, in order, also when the network gets faster on the way', async () => {
  proxy.setRoundTrip(80);
  const socket = connect(proxy.port, '127.0.0.1');
  const parts = Array.from({ length: 200 }, (_, index) => `part ${index};`);
  const whole = parts.join('');
  const arrived = readUntil(socket, whole.length);
  for (const [index, part] of parts.entries()) {
    if (index === 100) proxy.setRoundTrip(0);
    socket.write(part);
    if (index % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await arrived).toBe(whole);
  socket.destroy();
});
