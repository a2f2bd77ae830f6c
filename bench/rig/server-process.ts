// Owns the app server of a bench, in a process of its own so that its core is its own: the real parts, demo people, and as many Sessions as asked for.
import { rm } from 'node:fs/promises';
import type { AppServer } from '#apps/server/compose.ts';
import { composeServer } from '#apps/server/compose.ts';
import type { Config } from '#platform/config/contract.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { createProgramBook } from '#shell/events/server/program-book.ts';

/** The first message from the bench. */
export interface ServerWish {
  config: Config;
  sessions: number;
}
/** The answer. */
export interface ServerReady {
  sessions: string[];
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

process.once('message', async ({ config, sessions }: ServerWish) => {
  const server = await composeServer({ config, logger: createLogger(config.logLevel) });
  const end = async () => {
    await server.close();
    await rm(config.dataDir, { recursive: true, force: true });
    process.exit(0);
  };
  process.once('SIGTERM', end);
  // The bench is gone, however that went.
  process.once('disconnect', end);
  const made = await addSessions(server, sessions);
  await server.listen();
  process.send?.({ sessions: made } satisfies ServerReady);
});
