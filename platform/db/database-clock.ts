// Owns the clock that all servers of one installation share: the database's, asked now and then, carried on in between.
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/clock.ts';
import type { Db } from './contract.ts';

export interface DatabaseClock extends Clock {
  stop(): Promise<void>;
}

/** Browsers count down to instants from the database: against a server's own clock they would be wrong by what it is wrong. */
export async function createDatabaseClock(db: Pick<Db, 'query'>, everyMs = 15_000): Promise<DatabaseClock> {
  const { elapsedMs } = systemClock;
  let beganMs = 0;
  const ask = async () => {
    const before = elapsedMs();
    const [row] = await db.query<{ now: string }>('select clock_timestamp() as now');
    // The database looked at its clock at some moment in between.
    beganMs = Date.parse(row?.now as string) - (before + elapsedMs()) / 2;
  };
  await ask();
  let asking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    // While the database is away, what was known goes on.
    asking = ask().catch(() => undefined);
  }, everyMs);
  timer.unref();
  return {
    now: () => beganMs + elapsedMs(),
    elapsedMs,
    async stop() {
      clearInterval(timer);
      await asking;
    },
  };
}
