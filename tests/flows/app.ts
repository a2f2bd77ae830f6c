// Owns a whole app server for the flow tests: the real parts on a real database, demo people signed in, loopback only.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import type { AppServer } from '#apps/server/compose.ts';
import { composeServer } from '#apps/server/compose.ts';
import type { Config } from '#platform/config/contract.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { demoPassword } from '#shell/demo/server/ensure-demo.ts';
import type { EventDetail, ProgramPoint } from '#shell/events/contract.ts';
import { LiveClient } from './live-client.ts';

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface TestApp {
  server: AppServer;
  origin: string;
  config: Config;
  /** Cookie header of a demo person, e.g. `host` or `participant7`. */
  signIn(name: string): Promise<string>;
  get<Answer>(path: string, cookie: string): Promise<Answer>;
  request(method: string, path: string, cookie?: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The program point whose title begins so. */
  point(title: string): Promise<ProgramPoint>;
  join(name: string, stream: string, as?: 'speaker' | 'participant'): Promise<LiveClient>;
  close(): Promise<void>;
}

export const soon = 'Robots that ask for help';

/** `overrides.dataDir` keeps the database over restarts; without it nothing is kept. */
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
    webDir: 'none',
    ...overrides,
  };
  const server = await composeServer({ config, logger: createLogger('silent') });
  const origin = await server.listen();
  return testApp(server, origin, config);
}

function testApp(server: AppServer, origin: string, config: Config): TestApp {
  const clients: LiveClient[] = [];
  const request: TestApp['request'] = (method, path, cookie, body, headers = {}) =>
    fetch(`${origin}${path}`, {
      method,
      headers: { origin, ...(cookie ? { cookie } : {}), ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const app: TestApp = {
    server,
    origin,
    config,
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
      const detail = await app.get<EventDetail>('/api/events/baltic-career-days', await app.signIn('organiser'));
      const point = detail.program.find((one) => one.title.startsWith(title));
      if (!point) throw new Error(`No program point ${title}`);
      return point;
    },
    async join(name, stream, as = 'participant') {
      const client = new LiveClient({ origin, cookie: await app.signIn(name), stream, as });
      clients.push(client);
      return client.connect();
    },
    async close() {
      for (const client of clients) client.cut();
      await server.close();
    },
  };
  return app;
}
