// Owns a whole app server for the flow tests: the real parts on a real database, demo people signed in, loopback only.
import { randomBytes } from 'node:crypto';
import type { AppServer } from '#apps/server/compose.ts';
import { composeServer } from '#apps/server/compose.ts';
import type { Config } from '#platform/config/contract.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { demoPassword } from '#shell/demo/server/ensure-demo.ts';
import type { EventDetail, ProgramPoint } from '#shell/events/contract.ts';
import { freePort } from './free-port.ts';
import { LiveClient } from './live-client.ts';

export { freePort };

/** An app server as people reach it, whichever process it runs in. */
export interface Visit {
  origin: string;
  /** Cookie header of a demo person, e.g. `host` or `participant7`. */
  signIn(name: string): Promise<string>;
  get<Answer>(path: string, cookie: string): Promise<Answer>;
  request(method: string, path: string, cookie?: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The program point whose title begins so. */
  point(title: string): Promise<ProgramPoint>;
  join(name: string, stream: string, as?: 'speaker' | 'participant'): Promise<LiveClient>;
  /** Cuts everybody who joined here. */
  cutAll(): void;
}

export interface TestApp extends Visit {
  server: AppServer;
  config: Config;
  close(): Promise<void>;
}

export const soon = 'Robots that ask for help';

/** `overrides.dataDir` or `databaseUrl` keeps the database over restarts; without them nothing is kept. */
export async function startTestApp(overrides: Partial<Config> = {}): Promise<TestApp> {
  const port = overrides.port ?? (await freePort());
  const config: Config = {
    mode: 'start',
    host: '127.0.0.1',
    port,
    publicUrl: `http://127.0.0.1:${port}`,
    dataDir: 'memory://',
    secret: randomBytes(32).toString('base64url'),
    // Nobody listens there: flows without media must not need it.
    livekit: { url: 'http://127.0.0.1:9', apiKey: 'test', apiSecret: randomBytes(32).toString('base64url') },
    demo: true,
    logLevel: 'silent',
    build: 'test',
    materials: { maxBytes: 100 * 1024 * 1024, maxPages: 500 },
    webDir: 'none',
    ...overrides,
  };
  const server = await composeServer({ config, logger: createLogger('silent') });
  const visited = visit(await server.listen());
  const close = async () => {
    visited.cutAll();
    await server.close();
  };
  return { ...visited, server, config, close };
}

export function visit(origin: string): Visit {
  const clients: LiveClient[] = [];
  const request: Visit['request'] = (method, path, cookie, body, headers = {}) =>
    fetch(`${origin}${path}`, {
      method,
      headers: { origin, ...(cookie ? { cookie } : {}), ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const visited: Visit = {
    origin,
    request,
    async signIn(name) {
      const body = { email: `${name}@demo.example`, password: demoPassword };
      const answer = await request('POST', '/api/accounts/sign-in', undefined, body);
      if (!answer.ok) throw new Error(`${name} could not sign in: ${await answer.text()}`);
      return answer.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
    },
    async get<Answer>(path: string, cookie: string) {
      return (await (await request('GET', path, cookie)).json()) as Answer;
    },
    async point(title) {
      const detail = await visited.get<EventDetail>('/api/events/baltic-career-days', await visited.signIn('organiser'));
      const point = detail.program.find((one) => one.title.startsWith(title));
      if (!point) throw new Error(`No program point ${title}`);
      return point;
    },
    async join(name, stream, as = 'participant') {
      const client = new LiveClient({ origin, cookie: await visited.signIn(name), stream, as });
      clients.push(client);
      return client.connect();
    },
    cutAll() {
      for (const client of clients) client.cut();
    },
  };
  return visited;
}
