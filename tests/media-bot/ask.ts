// Owns asking the gate by hand, as a browser's WebSocket would, and reading the plain HTTP answer.
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';

export interface Answer {
  status: number;
  code: string | undefined;
}

export const rtcPath = (sessionId: string) => `/media/${sessionId}/rtc/v1?access_token=old&join_request=CgA`;
/** LiveKit takes this one for whole, and answers it with a socket. */
export const olderRtcPath = (sessionId: string) => `/media/${sessionId}/rtc?access_token=old&protocol=16`;
export const validatePath = (sessionId: string) => `/media/${sessionId}/rtc/v1/validate?access_token=old&join_request=CgA`;

const handshake = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

export function askUpgrade(origin: string, path: string, headers: Record<string, string>): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asking = request(new URL(path, origin), { agent: false, headers: { ...handshake, origin, ...headers } });
  asking.on('upgrade', (_response, socket) => {
    socket.destroy();
    resolve({ status: 101, code: undefined });
  });
  asking.on('response', async (response) => {
    let body = '';
    for await (const chunk of response) body += chunk;
    resolve({ status: response.statusCode ?? 0, code: body ? JSON.parse(body).error.code : undefined });
  });
  asking.on('error', reject);
  asking.end();
  return promise;
}

/** Asks for a socket and breaks off at once, in the rudest way there is. */
export async function askAndReset(origin: string, path: string, headers: Record<string, string>): Promise<void> {
  const { hostname, port } = new URL(origin);
  const lines = Object.entries({ host: hostname, ...handshake, origin, ...headers }).map(([name, value]) => `${name}: ${value}`);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write([`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'), () => socket.resetAndDestroy());
  await once(socket, 'close');
}

export async function askValidate(origin: string, path: string, headers: Record<string, string>): Promise<Answer> {
  const response = await fetch(new URL(path, origin), { headers });
  const body = (await response.json()) as { error?: { code: string } };
  return { status: response.status, code: body.error?.code };
}
