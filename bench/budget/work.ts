// Owns what a command costs the database, and a burst its viewers, counted: statements, transactions, frames. On an embedded database that keeps nothing.
import { randomUUID } from 'node:crypto';
import { systemClock } from '#platform/clock/clock.ts';
import type { Db, Sql } from '#platform/db/contract.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { Pacer } from '#platform/live/pacer.ts';
import { StreamHub, Viewer } from '#platform/live/stream-hub.ts';
import type { Decider } from '#platform/log/contract.ts';
import { createLog } from '#platform/log/log.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { audiencesOf } from '#session/audiences.ts';
import { sessionDecider } from '#session/decider.ts';
import type { SessionState } from '#session/state.ts';
import { asParticipant, asSpeaker, host, person } from '#session/testing.ts';

export interface Work {
  /** Round trips to the database for a single command, within its transaction. */
  statementsAlone: number;
  burst: number;
  /** For all of the burst together. */
  burstTransactions: number;
  burstStatements: number;
  /** That one viewer is sent. */
  burstFrames: number;
  /** For as many people as in `stream`, a command each, every few milliseconds. */
  stream: number;
  streamTransactions: number;
}

const burst = 200;
const stream = 60;
/** Long enough for a commit of its own each; a slower machine groups more, never less. */
const streamEveryMs = 3;
const minuteMs = 60_000;
const frameStart = '{"t":"frame"';

function counted(db: Db): { db: Db; counts: { transactions: number; statements: number } } {
  const counts = { transactions: 0, statements: 0 };
  const transaction: Db['transaction'] = (work) => {
    counts.transactions++;
    return db.transaction((tx) => {
      const query: Sql['query'] = (text, params) => {
        counts.statements++;
        return tx.query(text, params);
      };
      return work({ query });
    });
  };
  return { db: { ...db, transaction }, counts };
}

const schedule = () => ({
  audience: 'all' as const,
  type: 'lifecycle.scheduled',
  body: {
    eventId: randomUUID(),
    startsAt: new Date(Date.now() + 5 * minuteMs).toISOString(),
    durationMs: 60 * minuteMs,
    startWindowMs: 15 * minuteMs,
    unattendedMs: 120 * minuteMs,
    stageLimit: 25,
  },
});

async function countOn(bare: Db): Promise<Work> {
  const logger = createLogger('silent');
  const { db, counts } = counted(bare);
  const log = await createLog({ db, deciders: [sessionDecider as unknown as Decider], logger, pollMs: minuteMs });
  const id = randomUUID();
  const roster = { audience: 'all' as const, type: 'lifecycle.roster-set', body: { speakers: [host], support: [] } };
  await db.transaction((tx) => log.appendFacts(tx, id, [schedule(), roster], { kind: 'session' }));
  const send = async (who: ReturnType<typeof asSpeaker>, type: string, body: Record<string, unknown>) => {
    const outcome = await log.submit(id, who, { id: randomUUID(), type, body });
    if (!outcome.ok) throw new Error(`${type} was refused: ${outcome.refusal.code}`);
  };
  await send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true });
  await send(asSpeaker(host), 'lifecycle.start', {});
  const hub = await StreamHub.open(id, {
    log,
    logger,
    clock: systemClock,
    pacer: new Pacer(),
    decider: sessionDecider,
    viewerAudiences: (state, viewer) => audiencesOf(state as SessionState, viewer),
    audiencesDependOn: (state) => [state],
    frameGapMs: 50,
  });
  try {
    let frames = 0;
    const told = new Viewer(asParticipant(person(1)) as Viewer['actor'], (bytes) => {
      if (bytes.includes(frameStart)) frames++;
    });
    await hub.attach(told, [], () => true);
    const say = (index: number) =>
      send(asParticipant(person(100 + index)), 'chat.send', { channel: 'everyone', text: `${index}` });
    Object.assign(counts, { transactions: 0, statements: 0 });
    await say(0);
    const statementsAlone = counts.statements;
    await new Promise((resolve) => setTimeout(resolve, 200));
    Object.assign(counts, { transactions: 0, statements: 0 });
    frames = 0;
    await Promise.all(Array.from({ length: burst }, (_, index) => say(index)));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { transactions: burstTransactions, statements: burstStatements } = counts;
    const burstFrames = frames;
    counts.transactions = 0;
    const answers: Promise<void>[] = [];
    for (let index = 0; index < stream; index++) {
      answers.push(say(index));
      await new Promise((resolve) => setTimeout(resolve, streamEveryMs));
    }
    await Promise.all(answers);
    const streamTransactions = counts.transactions;
    return { statementsAlone, burst, burstTransactions, burstStatements, burstFrames, stream, streamTransactions };
  } finally {
    hub.close();
    await log.stop();
  }
}

export async function countWork(): Promise<Work> {
  const db = await openEmbeddedDatabase({ dataDir: 'memory://', logger: createLogger('silent') });
  try {
    await migrate(db);
    return await countOn(db);
  } finally {
    await db.close();
  }
}
