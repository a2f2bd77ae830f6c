// Owns the app server of a bench, in a process of its own so that its core is its own: the real parts, demo people, and as many Sessions as asked for.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { FastifyReply } from 'fastify';
import type { AppServer } from '#apps/server/compose.ts';
import { composeServer } from '#apps/server/compose.ts';
import type { Config } from '#platform/config/contract.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { createProgramBook } from '#shell/events/server/program-book.ts';

/** The first message from the bench. */
export interface ServerWish {
  config: Config;
  sessions: number;
  /** So many more people with a login each. */
  people?: number;
  /** The first Session is live from the beginning. */
  live?: boolean;
}
/** The answer. */
export interface ServerReady {
  sessions: string[];
  /** Cookie headers of the people who were asked for. */
  cookies: string[];
}

/** Within the start window, so that a Session can be started at once. */
const startsInMs = 5 * 60_000;
const minuteMs = 60_000;

async function addSessions({ db, log }: AppServer, count: number): Promise<string[]> {
  const program = createProgramBook(log);
  const speakers = await db.query<{ id: string }>(
    `select person_id as id from accounts where email in ('host@demo.example', 'cohost@demo.example')`,
  );
  const speakerIds = speakers.map(({ id }) => id);
  const startsAt = new Date(Date.now() + startsInMs).toISOString();
  const ids = await db.transaction(async (tx) => {
    const eventId = await program.addEvent(tx, {
      slug: 'bench',
      title: 'Bench',
      description: 'Sessions to be measured.',
      organiserName: 'Bench',
      startsAt,
      endsAt: new Date(Date.now() + 24 * 60 * minuteMs).toISOString(),
      timeZone: 'Europe/Berlin',
      bannerUrl: '/demo/baltic-career-days.svg',
      accent: { hue: 200, chroma: 0.1 },
      published: true,
      roles: [],
    });
    const made: string[] = [];
    for (let index = 1; index <= count; index++) {
      const title = `Measured Session ${index}`;
      const draft = { kind: 'Workshop', title, description: '', startsAt, durationMinutes: 120, capacity: null };
      made.push(await program.addPoint(tx, eventId, { ...draft, companyIds: [], speakerIds }));
    }
    return made;
  });
  for (const id of ids) await log.announce(id);
  return ids;
}

async function addPeople({ db, accounts }: AppServer, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await db.query("insert into persons (id, name) select id, 'Guest ' || id from unnest($1::uuid[]) as id", [ids]);
  await db.query("insert into accounts (person_id, email) select id, id || '@bench.example' from unnest($1::uuid[]) as id", [
    ids,
  ]);
  const cookies: string[] = [];
  const answer = { setCookie: (name: string, token: string) => cookies.push(`${name}=${token}`) } as unknown as FastifyReply;
  for (const id of ids) await accounts.logins.begin(id, answer);
  return cookies;
}

/** With nobody on stage: media have nothing to do. */
async function startSession({ db, log }: AppServer, sessionId: string): Promise<void> {
  const [host] = await db.query<{ id: string }>("select person_id as id from accounts where email = 'host@demo.example'");
  const actor = { kind: 'person', personId: host?.id ?? '', as: 'speaker' } as const;
  for (const [type, body] of [
    ['stage.enter', { microphone: false, camera: false }],
    ['lifecycle.start', {}],
    ['chat.set-pace', { messages: 1000 }],
    ['stage.leave', {}],
  ] as const) {
    const outcome = await log.submit(sessionId, actor, { id: randomUUID(), type, body });
    if (!outcome.ok) throw new Error(`The Session could not be started: ${type} ${outcome.refusal.code}`);
  }
}

/** What is left when everything that can be forgotten is forgotten. */
function forget(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round++) collect();
}

process.on('message', (message) => {
  if (message !== 'forget') return;
  forget();
  process.send?.('forgotten');
});

process.once('message', async ({ config, sessions, people = 0, live = false }: ServerWish) => {
  const server = await composeServer({ config, logger: createLogger(config.logLevel) });
  const end = async () => {
    await server.close();
    await rm(config.dataDir, { recursive: true, force: true });
    process.exit(0);
  };
  process.once('SIGTERM', end);
  // The bench is gone, however that went.
  process.once('disconnect', end);
  const made = sessions > 0 ? await addSessions(server, sessions) : [];
  const cookies = people > 0 ? await addPeople(server, people) : [];
  if (live) await startSession(server, made[0] as string);
  await server.listen();
  process.send?.({ sessions: made, cookies } satisfies ServerReady);
});
