// Owns an embedded database in a process of its own that is saved again and again while it is written to, to be killed meanwhile.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createBackupKeeper } from '#platform/backup/backup-keeper.ts';
import { systemClock } from '#platform/clock/clock.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import type { Decider } from '#platform/log/contract.ts';
import { createLog } from '#platform/log/log.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { sessionDecider } from '#session/decider.ts';

/** Each turn comes years after the one before it, however far this clock had run ahead. */
const [dataDir = '', turn] = process.argv.slice(2);
const logger = createLogger('silent');
const db = await openEmbeddedDatabase({ dataDir, logger });
await migrate(db);
const log = await createLog({ db, deciders: [sessionDecider as unknown as Decider], logger });
const store = await openFileStore(path.join(dataDir, 'files'));

/** An hour of this clock is a fifth of a second: the next backup begins soon after the one before it. */
const speed = 18_000;
const beganAt = Date.now();
const turnMs = Number(turn) * 100_000_000_000;
const clock = { ...systemClock, now: () => beganAt + turnMs + (Date.now() - beganAt) * speed };
createBackupKeeper({
  db,
  store,
  clock,
  logger,
  folder: path.join(dataDir, 'backups'),
  everyMs: 3_600_000,
  keep: 1000,
  lookMs: 20,
});

for (let number = 1; ; number++) {
  const [stream, person] = [randomUUID(), randomUUID()];
  const facts = [{ audience: 'all' as const, type: 'lifecycle.roster-set', body: { speakers: [person], support: [] } }];
  await db.query('insert into persons (id, name) values ($1, $2)', [person, `Person ${number}`]);
  await db.transaction((tx) => log.appendFacts(tx, stream, facts, { kind: 'session' }));
  process.send?.(number);
}
