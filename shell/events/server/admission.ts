// Owns who may know of an event and of its Sessions. For now: everybody, once it is published; before, those with a role in it. Nobody whose account is disabled.
import type { Db } from '#platform/db/contract.ts';
import { shareLookups } from '#platform/db/shared-lookups.ts';
import type { Admission } from '#platform/live/admission.ts';
import { isId } from './ids.ts';

/** Condition on `events e`; `person` is the person's id: its place among the parameters, or a column. */
export const visibleTo = (person: `$${number}` | 'asked.person_id') =>
  `(e.published_at is not null or exists (select 1 from event_people own where own.event_id = e.id and own.person_id = ${person}))`;

interface Asked {
  personId: string;
  streamId: string;
}

export function createAdmission(db: Db): Admission {
  const visible = shareLookups(async (asked: readonly Asked[]) => {
    const rows = await db.query<{ place: number }>(
      `select asked.place from unnest($1::uuid[], $2::uuid[]) with ordinality as asked (stream_id, person_id, place)
       join program_points p on p.id = asked.stream_id join events e on e.id = p.event_id
       where ${visibleTo('asked.person_id')}
         and not exists (select 1 from accounts a where a.person_id = asked.person_id and a.disabled_at is not null)`,
      [asked.map(({ streamId }) => streamId), asked.map(({ personId }) => personId)],
    );
    const places = new Set(rows.map(({ place }) => place));
    return asked.map((_, index) => places.has(index + 1));
  });
  return { maySee: async (personId, streamId) => isId(streamId) && visible({ personId, streamId }) };
}
