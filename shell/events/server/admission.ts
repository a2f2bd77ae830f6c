// Owns who may know of an event and of its Sessions. For now: everybody, once it is published; before, those with a role in it. Nobody whose account is disabled.
import type { Sql } from '#platform/db/contract.ts';
import type { Admission } from '#platform/live/admission.ts';
import { isId } from './ids.ts';

/** Condition on `events e`; `person` is the place of the person's id among the parameters. */
export const visibleTo = (person: `$${number}`) =>
  `(e.published_at is not null or exists (select 1 from event_people own where own.event_id = e.id and own.person_id = ${person}))`;

export function createAdmission(sql: Sql): Admission {
  return {
    async maySee(personId, streamId) {
      if (!isId(streamId)) return false;
      const rows = await sql.query(
        `select 1 from program_points p join events e on e.id = p.event_id where p.id = $1 and ${visibleTo('$2')}
         and not exists (select 1 from accounts a where a.person_id = $2 and a.disabled_at is not null)`,
        [streamId, personId],
      );
      return rows.length > 0;
    },
  };
}
