// Owns the way of one signalling socket to LiveKit: asking for the upgrade, and joining the two sockets. Who may pass is gate.ts's business.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { httpUrl, SfuAway } from './sfu.ts';

export interface Dial {
  livekitUrl: string;
  /** Path and query at LiveKit. */
  path: string;
  token: string;
  /** The browser's request; only what the handshake needs is passed on, never a cookie. */
  headers: IncomingHttpHeaders;
  signal: AbortSignal;
}

export type Dialled = { response: IncomingMessage; socket: Duplex; head: Buffer } | { refusedWith: number };

const handshakeHeaders = [
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
  'user-agent',
] as const;

export function dialSfu({ livekitUrl, path, token, headers, signal }: Dial): Promise<Dialled> {
  const target = new URL(`${httpUrl(livekitUrl)}${path}`);
  const passedOn = handshakeHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]));
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const { promise, resolve, reject } = Promise.withResolvers<Dialled>();
  const asking = send(target, {
    agent: false,
    signal,
    headers: {
      ...Object.fromEntries(passedOn),
      connection: 'Upgrade',
      upgrade: 'websocket',
      authorization: `Bearer ${token}`,
    },
  });
  asking.on('upgrade', (response, socket, head) => resolve({ response, socket, head }));
  asking.on('response', (response) => {
    response.resume();
    resolve({ refusedWith: response.statusCode ?? 500 });
  });
  asking.on('error', (error) => reject(signal.aborted ? error : new SfuAway('LiveKit does not answer', { cause: error })));
  asking.end();
  return promise;
}

const answeredHeaders = ['sec-websocket-accept', 'sec-websocket-extensions', 'sec-websocket-protocol'] as const;

export function acceptanceOf(response: IncomingMessage): string {
  const lines = answeredHeaders.flatMap((name) => {
    const value = response.headers[name];
    return value === undefined ? [] : [`${name}: ${value}`];
  });
  return ['HTTP/1.1 101 Switching Protocols', 'upgrade: websocket', 'connection: Upgrade', ...lines, '', ''].join('\r\n');
}

/** How long a browser has to read what LiveKit said last. */
const lastWordsMs = 2000;

/** Carries bytes both ways, each side as slowly as the other reads. `onSfuGone` is told when LiveKit's side ended first. */
export function joinSockets(browser: Duplex, sfu: Duplex, onSfuGone: () => void): void {
  let browserGone = false;
  browser.on('end', () => {
    browserGone = true;
  });
  browser.on('close', () => {
    browserGone = true;
    sfu.destroy();
  });
  sfu.on('close', () => {
    if (!browserGone) onSfuGone();
    browser.end();
    setTimeout(() => browser.destroy(), lastWordsMs).unref();
  });
  sfu.on('error', () => sfu.destroy());
  browser.on('error', () => browser.destroy());
  browser.pipe(sfu);
  sfu.pipe(browser);
}
