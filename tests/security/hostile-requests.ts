// Owns broken and mutated HTTP requests on every route: bodies, addresses, queries, headers. What may be answered is checked for each.
import { request } from 'node:http';
import { composeServer } from '#apps/server/compose.ts';
import type { Config } from '#platform/config/contract.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import type { Visit } from '#tests/flows/app.ts';
import type { Dice } from './mutations.ts';
import { mutateText, nastyJson, pick } from './mutations.ts';

interface Attack {
  server: Visit & { port: number };
  roll: Dice;
  count: number;
  cookies: readonly string[];
  stream: string;
  inside: RegExp;
  /** Hears each body before it is sent. */
  onBody(text: string): void;
}

export interface Route {
  method: string;
  path: string;
}

/** Every route of the server, so that those that are added later are attacked too. */
export async function listRoutes(): Promise<Route[]> {
  const config: Config = {
    mode: 'start',
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://127.0.0.1',
    dataDir: 'memory://',
    secret: 'x'.repeat(43),
    livekit: { url: 'http://127.0.0.1:9', apiKey: 'test', apiSecret: 'x'.repeat(43) },
    demo: false,
    logLevel: 'silent',
    build: 'test',
    materials: { maxBytes: 100 * 1024 * 1024, maxPages: 500 },
    webDir: 'none',
  };
  const server = await composeServer({ config, logger: createLogger('silent') });
  await server.app.ready();
  const printed = server.app.printRoutes({ commonPrefix: false });
  await server.close();
  const above: string[] = [];
  return printed.split('\n').flatMap((line) => {
    const [, indent = '', piece = '', methods] = /^(.*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
    const depth = indent.length / 4;
    // The one route with a star is the media gate's, and is printed without what stands before it.
    above[depth] = (above[depth - 1] ?? '') + (piece === '*' ? '/media/*' : piece);
    return (methods?.split(', ') ?? []).map((method) => ({ method, path: above[depth] as string }));
  });
}

/** A body with the fields that the routes know; mutated, it meets every check. */
const anyBody = {
  email: 'participant1@demo.example',
  password: 'not the password of anybody',
  name: 'Somebody',
  language: 'en',
  timeZone: 'UTC',
  headline: 'x',
  kind: 'host',
  current: 'old',
  next: 'a new password',
  id: '00000000-0000-4000-8000-00000000abcd',
  text: 'Hello',
  anonymous: false,
  version: 0,
  answers: [{ language: 'en', title: 'x', text: 'y' }],
};
/** These would let the attackers in as somebody, or end their own login. */
const leftAlone = new Set(['/api/accounts/sign-out', '/api/accounts/demo-sign-in']);
export const nastyParts = [
  '%00',
  '%ff',
  '%c0%af',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '__proto__',
  'constructor',
  'a'.repeat(5000),
  '%F0%9F%98%80',
  "'--",
  '*',
  '%',
  '%zz',
  ';',
  '[]',
  '-1',
  'null',
  '//',
];
const nastyHeaders: [string, string][] = [
  ['content-type', 'text/plain'],
  ['content-type', 'application/json; charset=utf-16'],
  ['content-type', 'application/x-www-form-urlencoded'],
  ['content-type', 'multipart/form-data; boundary=x'],
  ['content-type', 'application/json;'.repeat(200)],
  ['content-encoding', 'gzip'],
  ['transfer-encoding', 'chunked'],
  ['expect', '100-continue'],
  ['accept-encoding', 'br;q=1e999, *;q=-1'],
  ['accept-language', 'x'.repeat(3000)],
  ['if-none-match', '"'],
  ['if-modified-since', 'never'],
  ['range', 'bytes=9-1,0-0,-1'],
  ['host', 'evil.example'],
  ['x-forwarded-for', 'x, 1.2.3.4, ::1, %00'],
  ['x-forwarded-host', 'evil.example'],
  ['x-forwarded-proto', 'javascript'],
  ['cookie', 'stagedoor-login=%00; stagedoor-login=a; __proto__=1; ='],
  ['cookie', `stagedoor-login=${'a'.repeat(5000)}`],
];

interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

function requestFor(route: Route, { roll, cookies, stream, server }: Attack): Asked {
  const good: Record<string, string> = { sessionId: stream, slug: 'baltic-career-days' };
  const filled = route.path.replace(/:(\w+)/g, (_, name: string) =>
    roll() < 0.6 ? (good[name] ?? stream) : pick(roll, nastyParts),
  );
  const query =
    roll() < 0.4 ? `?ids=${pick(roll, nastyParts)}&before=${pick(roll, nastyParts)}&channel=${pick(roll, nastyParts)}&ids=2` : '';
  const headers: Record<string, string> = { origin: server.origin, 'content-type': 'application/json' };
  if (roll() < 0.8) headers.cookie = pick(roll, cookies);
  if (roll() < 0.35) {
    const [name, value] = pick(roll, nastyHeaders);
    headers[name] = value;
  }
  const reads = ['GET', 'HEAD', 'OPTIONS'].includes(route.method);
  const body = reads && roll() < 0.8 ? '' : roll() < 0.1 ? pick(roll, nastyJson) : mutateText(anyBody, roll).text;
  return { method: route.method, path: `${filled.replace(/\*/, pick(roll, nastyParts))}${query}`, headers, body };
}

const patienceMs = 20_000;

function ask(port: number, { method, path, headers, body }: Asked): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    let asking: ReturnType<typeof request>;
    try {
      const length = headers['transfer-encoding'] ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      asking = request({
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { ...headers, ...length },
        agent: false,
        timeout: patienceMs,
      });
    } catch {
      return resolve({ status: 0, text: '' });
    }
    // The server may end the connection of somebody who breaks the protocol.
    asking.on('error', (error) => resolve({ status: 0, text: error.message }));
    asking.on('timeout', () => {
      resolve({ status: -1, text: 'no answer' });
      asking.destroy();
    });
    asking.on('response', async (response) => {
      let text = JSON.stringify(response.headers);
      try {
        for await (const chunk of response) text += chunk;
      } catch {
        // Cut short; what came is looked at.
      }
      resolve({ status: response.statusCode ?? 0, text });
    });
    asking.end(body);
  });
}

export async function attackHttp(attack: Attack): Promise<{ wrong: string[]; statuses: Record<string, number> }> {
  const routes = (await listRoutes()).filter((route) => !leftAlone.has(route.path));
  const wrong: string[] = [];
  const statuses: Record<string, number> = {};
  if (routes.length < 15) wrong.push(`Only ${routes.length} routes are known`);
  let turn = 0;
  const worker = async () => {
    while (turn < attack.count) {
      const route = routes[turn++ % routes.length] as Route;
      const asked = requestFor(route, attack);
      attack.onBody(asked.body);
      const { status, text } = await ask(attack.server.port, asked);
      statuses[status] = (statuses[status] ?? 0) + 1;
      // LiveKit is not there: the gate says so, with 503.
      const expected = status < 500 || (status === 503 && /^\/(media|api\/health)/.test(route.path));
      if (!expected || status < 0 || attack.inside.test(text))
        wrong.push(`${status} ${JSON.stringify(asked).slice(0, 600)}: ${text.slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return { wrong, statuses };
}
