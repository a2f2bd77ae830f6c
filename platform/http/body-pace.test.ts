// Proves that an upload may take as long as it needs while it goes on, and that nothing else holds a connection by coming slowly.
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '#platform/logger/create-logger.ts';
import { createHttpApp } from './app.ts';

const publicUrl = 'http://localhost:3000';
const pace = { longestMs: 400, windowMs: 500, leastBytes: 200 };
let app: Awaited<ReturnType<typeof createHttpApp>>;

beforeAll(async () => {
  app = await createHttpApp({ publicUrl, logger: createLogger('silent'), bodyPace: pace });
  app.put('/small', async () => 'all of it');
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.put('/large', { config: { isUpload: true } }, async ({ raw }) => {
      let bytes = 0;
      raw.on('data', (chunk: Buffer) => (bytes += chunk.length));
      raw.on('error', () => undefined);
      await new Promise((resolve) => raw.once('close', resolve));
      return `${bytes}`;
    });
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

/** Sends `chunks` pieces of a body, one every 50 ms, of which it says that it has `length`; answers what comes back until the end. */
async function slowly(
  path: string,
  type: string,
  piece: string,
  chunks: number,
  length = piece.length * chunks,
): Promise<string> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => (answer += text));
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(
    `PUT ${path} HTTP/1.1\r\nhost: localhost:3000\r\norigin: ${publicUrl}\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n`,
  );
  for (let sent = 0; sent < chunks && !socket.destroyed; sent++) {
    socket.write(piece);
    await sleep(50);
  }
  await closed;
  return answer;
}

test('an upload that goes on slowly is taken, long after any other body would have been cut', async () => {
  const answer = await slowly('/large', 'application/pdf', 'x'.repeat(100), 24);
  expect(answer).toContain('200 OK');
  expect(answer).toMatch(/2400$/);
});

test('an upload that stands still is cut, and one that only trickles', async () => {
  expect(await slowly('/large', 'application/pdf', 'x'.repeat(1000), 1, 2000)).toBe('');
  expect(await slowly('/large', 'application/pdf', 'x', 1000)).toBe('');
});

test('any other body has its time, however it goes on', async () => {
  expect(await slowly('/small', 'application/json', ' '.repeat(1000), 100, 200_000)).toBe('');
  expect(await slowly('/small', 'text/plain', 'quick', 1)).toContain('200 OK');
  expect(await slowly('/nowhere', 'text/plain', 'quick', 1)).toContain('404 Not Found');
});
