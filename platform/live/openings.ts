// Owns the order in which a person opened a stream's page: the database gives each opening its turn when a server first hears of it. Presence notes them too.
import type { Db } from '#platform/db/contract.ts';

export interface Openings {
  /** False once the person has opened the same stream somewhere else after this. An opening never heard of before is the newest. */
  isNewest(streamId: string, personId: string, opening: string): Promise<boolean>;
}

/** An older page that comes back after so many others counts as new: it can only be its own person's. */
const mostKept = 20;

/** SQL: of those of whom `noted` (stream_id, person_id) holds a new opening, the oldest are forgotten. Nobody fills the table by opening pages without end. */
export const forgetOldOpenings = `delete from openings old using (select distinct stream_id, person_id from noted) as fresh
  where old.stream_id = fresh.stream_id and old.person_id = fresh.person_id and old.turn <= (
    select kept.turn from openings kept where kept.stream_id = fresh.stream_id and kept.person_id = fresh.person_id
    order by kept.turn desc offset ${mostKept - 1} limit 1
  )`;

export function createOpenings(db: Db): Openings {
  return {
    async isNewest(streamId, personId, opening) {
      const [row] = await db.query<{ newest: boolean }>(
        `with noted as (
           insert into openings (stream_id, person_id, opening) values ($1, $2, $3) on conflict do nothing returning stream_id, person_id
         ), forgotten as (${forgetOldOpenings})
         select exists (select from noted) or not exists (
           select from openings as mine join openings as other using (stream_id, person_id)
           where mine.stream_id = $1 and mine.person_id = $2 and mine.opening = $3 and other.turn > mine.turn
         ) as newest`,
        [streamId, personId, opening],
      );
      return row?.newest ?? false;
    },
  };
}
