// Owns who is on a Session's roster: the shell's roles, as the Session's log must know them.
import type { LifecycleEvent } from '#features/lifecycle/contract.ts';
import type { Sql } from '#platform/db/contract.ts';
import type { Log } from '#platform/log/contract.ts';
import type { StandingConsequences } from '#shell/accounts/contract.ts';

export type RosterFact = Extract<LifecycleEvent, { type: 'lifecycle.roster-set' }>;

const enabled = 'not exists (select 1 from accounts a where a.person_id = named.person_id and a.disabled_at is not null)';

/** Speakers: whom the point names, representatives of its companies, organisers of its event. Support: the event's. Not those whose account is disabled. */
export async function readRoster(sql: Sql, pointId: string): Promise<RosterFact> {
  const [row] = await sql.query<RosterFact['body']>(
    `select
       array(
         select person_id from (
           select person_id from point_voices where point_id = p.id
           union
           select person_id from event_roles where event_id = p.event_id and role = 'organiser'
         ) as named where ${enabled} order by person_id
       ) as speakers,
       array(
         select person_id from event_roles named
         where event_id = p.event_id and role = 'support' and ${enabled} order by person_id
       ) as support
     from program_points p where p.id = $1`,
    [pointId],
  );
  if (!row) throw new Error(`No program point ${pointId}`);
  return { audience: 'all', type: 'lifecycle.roster-set', body: row };
}

/** Brings the Sessions that name the person to what the shell says of them now: whoever may not sign in speaks nowhere. */
export function refreshRosters(log: Pick<Log, 'appendFacts' | 'announce'>): StandingConsequences {
  return async (tx, personId) => {
    const rows = await tx.query<{ id: string }>(
      `select p.id from program_points p join streams s on s.id = p.id
       where s.summary->>'phase' <> 'ended' and (
         exists (select 1 from point_voices v where v.point_id = p.id and v.person_id = $1)
         or exists (select 1 from event_roles r where r.event_id = p.event_id and r.person_id = $1))
       order by p.id`,
      [personId],
    );
    for (const { id } of rows) await log.appendFacts(tx, id, [await readRoster(tx, id)]);
    return async () => {
      for (const { id } of rows) await log.announce(id);
    };
  };
}
