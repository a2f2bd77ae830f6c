// Owns the observers of the canary test: who they are in the Session, and every byte that each of them receives, over HTTP and live sockets.
import { randomUUID } from 'node:crypto';
import type { TestApp } from '#tests/flows/app.ts';
import { soon, startTestApp } from '#tests/flows/app.ts';
import { LiveClient } from '#tests/flows/live-client.ts';
import { follow, openOwn } from '#tests/flows/support-bed.ts';
import { hiddenSlug } from './foreign-sessions.ts';
import { listRoutes } from './hostile-requests.ts';

/** `owner`: whose secrets most are. `outsider`: signed in, not in the Session. `returned`: a participant who reconnects and knows nothing yet. */
export const observers = [
  'host',
  'cohost',
  'organiser',
  'rep',
  'support',
  'owner',
  'participant',
  'waiting',
  'returned',
  'removed',
  'outsider',
  'signed-out',
] as const;
export type Observer = (typeof observers)[number];
export const speakers: readonly Observer[] = ['host', 'cohost', 'organiser', 'rep'];

const accounts: Partial<Record<Observer, string>> = {
  host: 'host',
  cohost: 'cohost',
  organiser: 'organiser',
  rep: 'rep',
  support: 'support',
  participant: 'participant1',
  waiting: 'participant2',
  returned: 'participant3',
  removed: 'participant4',
  outsider: 'participant5',
};

export interface Scene {
  app: TestApp;
  stream: string;
  /** The owner's support conversation. */
  conversation: string;
  hidden: string;
  /** Id for a PDF that is uploaded, and never presented. */
  material: string;
  clients: Partial<Record<Observer, LiveClient>>;
  talk: LiveClient;
  cookies: Record<Observer, string>;
  /** Asks everything that can be asked, once more. */
  lookAround(): Promise<void>;
  /** All that the observer has received so far. */
  received(observer: Observer): string;
  close(): Promise<void>;
}

export async function canaryScene(
  owner: { email: string; password: string; name: string; timeZone: string },
  hidden: (app: TestApp) => Promise<string>,
): Promise<Scene> {
  const app = await startTestApp();
  const stream = (await app.point(soon)).id;
  const signedUp = await app.request('POST', '/api/accounts/sign-up', undefined, owner);
  const cookies = { owner: (signedUp.headers.getSetCookie()[0] ?? '').split(';')[0], 'signed-out': '' } as Record<
    Observer,
    string
  >;
  for (const [observer, name] of Object.entries(accounts)) cookies[observer as Observer] = await app.signIn(name);

  const clients: Scene['clients'] = {};
  const further: { observer: Observer; client: LiveClient }[] = [];
  const join = (observer: Observer, to = stream) =>
    new LiveClient({
      origin: app.origin,
      cookie: cookies[observer],
      stream: to,
      as: speakers.includes(observer) ? 'speaker' : 'participant',
    }).connect();
  for (const observer of observers)
    if (observer !== 'outsider' && observer !== 'signed-out') clients[observer] = await join(observer);
  const conversation = await openOwn(app, cookies.owner);
  const talk = await follow(app, cookies.owner, conversation);
  further.push({ observer: 'owner', client: talk });
  const hiddenSession = await hidden(app);

  const answers = new Map<Observer, string[]>();
  const keep = (observer: Observer, text: string) => answers.set(observer, [...(answers.get(observer) ?? []), text]);
  const reading = (await listRoutes()).filter(({ method }) => method === 'GET');
  const ids = [...new Set(Object.values(clients).map((client) => client.personId))].join(',');

  const material = randomUUID();
  const addresses = () =>
    reading.flatMap(({ path }) =>
      [stream, hiddenSession, conversation].flatMap((session) =>
        ['baltic-career-days', hiddenSlug].flatMap((slug) =>
          ['everyone', 'backstage', 'room:r1'].map(
            (channel) =>
              `${path.replace(':sessionId', session).replace(':slug', slug).replace(':material', material).replace(':page', '1').replace(/\*/, `${session}/rtc/v1/validate`)}?channel=${channel}&before=100000&language=en&text=&ids=${ids}`,
          ),
        ),
      ),
    );

  return {
    app,
    stream,
    conversation,
    hidden: hiddenSession,
    material,
    clients,
    talk,
    cookies,
    async lookAround() {
      const all = [...new Set(addresses())];
      for (const observer of observers) {
        for (const address of all) {
          const answer = await app.request('GET', address, cookies[observer]);
          keep(observer, `${address} ${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`);
        }
        for (const to of [conversation, hiddenSession]) {
          const client = to === conversation ? await follow(app, cookies[observer], to) : await join(observer, to);
          further.push({ observer, client });
        }
      }
      await clients.returned?.close();
      clients.returned = await join('returned');
    },
    received: (observer) =>
      [
        ...(answers.get(observer) ?? []),
        ...(clients[observer]?.wire ?? []),
        ...further.filter((one) => one.observer === observer).flatMap(({ client }) => client.wire),
      ].join('\n'),
    async close() {
      for (const client of [...Object.values(clients), ...further.map((one) => one.client)]) client.cut();
      await app.close();
    },
  };
}
