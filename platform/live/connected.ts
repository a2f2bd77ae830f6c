// Owns the question whether a person is connected to a stream now, on whichever server. Rows, because the committed state follows a second later.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#platform/db/contract.ts';

/** Its row may be on its way while somebody who has just come asks for the first things already. */
const rowWithinMs = 1000;
const askEveryMs = 100;

export async function isConnected(db: Pick<Db, 'query'>, streamId: string, personId: string): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += askEveryMs) {
    const rows = await db.query(
      'select 1 from presence where stream_id = $1 and person_id = $2 and expires_at > clock_timestamp() limit 1',
      [streamId, personId],
    );
    if (rows.length > 0 || waitedMs >= rowWithinMs) return rows.length > 0;
    await sleep(askEveryMs);
  }
}
