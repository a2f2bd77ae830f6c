// Owns the work of the bench "log", in a process on the server's core: commands into one Session and the reading of a long one, ours and bare.
// The bare side is PGlite as its readme uses it, on its own folder: no thread, no queue, one statement each.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Db } from '#platform/db/contract.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { newCommandId } from '#platform/live/client/outbox.ts';
import type { Actor, Decider } from '#platform/log/contract.ts';
import { createLog } from '#platform/log/log.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { sessionDecider } from '#session/decider.ts';

export interface LogReadings {
  /** Commands, or rows, a second. */
  writes: { ours: number[]; floor: number[] };
  /** Milliseconds until the state is there, or the rows. */
  reads: { ours: number[]; floor: number[] };
}

const people = Array.from({ length: 500 }, () => randomUUID());
const commandsPerRun = 4000;
const insertsPerRun = 1500;
const longSession = 50_000;
const eventsAtOnce = 1000;
const blocks = 4;
const minutes = 60_000;
const logger = createLogger('silent');
const deciders = [sessionDecider as unknown as Decider];
const text = (index: number) => `vote ${String(index).padStart(7, '0')}`;

async function newSession(db: Db, messages: number): Promise<string> {
  const log = await createLog({ db, deciders, logger });
  const id = randomUUID();
  const host = people[0] as string;
  const body = {
    eventId: randomUUID(),
    startsAt: new Date(Date.now() + 5 * minutes).toISOString(),
    durationMs: 60 * minutes,
    startWindowMs: 15 * minutes,
    unattendedMs: 120 * minutes,
    stageLimit: 25,
  };
  const facts = [
    { audience: 'all' as const, type: 'lifecycle.scheduled', body },
    { audience: 'all' as const, type: 'lifecycle.roster-set', body: { speakers: [host], support: [] } },
  ];
  await db.transaction((tx) => log.appendFacts(tx, id, facts, { kind: 'session' }));
  const actor: Actor = { kind: 'person', personId: host, as: 'speaker' };
  for (const [type, asked] of [
    ['stage.enter', { microphone: false, camera: false }],
    ['lifecycle.start', {}],
  ] as const) {
    const outcome = await log.submit(id, actor, { id: randomUUID(), type, body: asked });
    if (!outcome.ok) throw new Error(`The Session could not be started: ${outcome.refusal.code}`);
  }
  for (let from = 0; from < messages; from += eventsAtOnce) {
    const said = Array.from({ length: Math.min(eventsAtOnce, messages - from) }, (_, index) => ({
      audience: 'all' as const,
      type: 'chat.sent',
      body: { author: people[index % people.length], text: text(from + index) },
    }));
    await db.transaction((tx) => log.appendFacts(tx, id, said));
  }
  await log.stop();
  return id;
}

/** Everybody sends the next command when the last one was answered. The ids are the browser's. */
async function writeOurs(db: Db, sessionId: string): Promise<number> {
  const log = await createLog({ db, deciders, logger });
  await log.read(sessionId);
  let sent = 0;
  const began = performance.now();
  await Promise.all(
    people.map(async (personId) => {
      while (sent < commandsPerRun) {
        const body = { channel: 'everyone', text: text(sent++) };
        const actor: Actor = { kind: 'person', personId, as: 'participant' };
        const outcome = await log.submit(sessionId, actor, { id: newCommandId(), type: 'chat.send', body });
        if (!outcome.ok) throw new Error(outcome.refusal.code);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await log.stop();
  return sent / seconds;
}

const bareTable = `create table bare (
  stream_id uuid not null, rev bigint not null, audience text not null, seq bigint not null, type text not null,
  v integer not null, at timestamptz not null, body jsonb not null, primary key (stream_id, rev))`;
let bareRev = 0;

async function insertBare(bare: PGlite, streamId: string, count: number): Promise<number> {
  const began = performance.now();
  for (let index = 0; index < count; index++) {
    bareRev++;
    await bare.query('insert into bare values ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7)', [
      streamId,
      bareRev,
      'all',
      bareRev,
      'chat.sent',
      1,
      { author: people[index % people.length], text: text(index) },
    ]);
  }
  return count / ((performance.now() - began) / 1000);
}

async function readOurs(db: Db, sessionId: string): Promise<number> {
  const log = await createLog({ db, deciders, logger });
  const began = performance.now();
  const snapshot = await log.read(sessionId);
  const ms = performance.now() - began;
  if ((snapshot?.head ?? 0) < longSession) throw new Error('The long Session is too short');
  await log.stop();
  return ms;
}

async function readBare(bare: PGlite, streamId: string): Promise<number> {
  const began = performance.now();
  const { rows } = await bare.query('select rev, audience, seq, type, v, at, body from bare where stream_id = $1 order by rev', [
    streamId,
  ]);
  const ms = performance.now() - began;
  if (rows.length !== longSession) throw new Error(`${rows.length} bare rows`);
  return ms;
}

/** Floor, ours, ours, floor. */
async function inTurns(ours: () => Promise<number>, floor: () => Promise<number>) {
  const readings = { ours: [] as number[], floor: [] as number[] };
  await floor();
  await ours();
  for (let block = 0; block < blocks; block++) {
    for (const one of ['floor', 'ours', 'ours', 'floor'] as const) readings[one].push(await (one === 'ours' ? ours() : floor()));
  }
  return readings;
}

async function measure(folder: string): Promise<LogReadings> {
  const db = await openEmbeddedDatabase({ dataDir: path.join(folder, 'ours'), logger });
  await migrate(db);
  const bare = await PGlite.create({ dataDir: path.join(folder, 'bare') });
  await bare.exec(bareTable);
  try {
    const [busy, long] = [await newSession(db, 0), await newSession(db, longSession)];
    const [bareBusy, bareLong] = [randomUUID(), randomUUID()];
    const writes = await inTurns(
      () => writeOurs(db, busy),
      () => insertBare(bare, bareBusy, insertsPerRun),
    );
    await bare.query(
      `insert into bare select $1, n, 'all', n, 'chat.sent', 1, clock_timestamp(),
       jsonb_build_object('author', $2::text, 'text', 'vote ' || lpad(n::text, 7, '0')) from generate_series(1, ${longSession}) as n`,
      [bareLong, people[0]],
    );
    const reads = await inTurns(
      () => readOurs(db, long),
      () => readBare(bare, bareLong),
    );
    return { writes, reads };
  } finally {
    await bare.close();
    await db.close();
  }
}

const folder = await mkdtemp(path.join(tmpdir(), 'stagedoor-bench-'));
try {
  process.send?.(await measure(folder));
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.disconnect?.();
