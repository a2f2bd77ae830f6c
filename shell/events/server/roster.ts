// Owns who is on a Session's roster: the shell's roles, as the Session's log must know them.
import type { LifecycleEvent } from '#features/lifecycle/contract.ts';
import type { Sql } from '#platform/db/contract.ts';

export type RosterFact = Extract<LifecycleEvent, { type: 'lifecycle.roster-set' }>;

/** Speakers: whom the point names, representatives of its companies, organisers of its event. Support: the event's. */
export async function readRoster(sql: Sql, pointId: string): Promise<RosterFact> {
  const [row] = await sql.query<RosterFact['body']>(
    `select
       array(
         select person_id from point_voices where point_id = p.id
         union
         select person_id from event_roles where event_id = p.event_id and role = 'organiser'
         order by person_id
       ) as speakers,
       array(select person_id from event_roles where event_id = p.event_id and role = 'support' order by person_id) as support
     from program_points p where p.id = $1`,
    [pointId],
  );
  if (!row) throw new Error(`No program point ${pointId}`);
  return { audience: 'all', type: 'lifecycle.roster-set', body: row };
}
