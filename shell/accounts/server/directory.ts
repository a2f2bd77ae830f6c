// Owns reading how people are shown: to others, and to themselves.
import type { Sql } from '#platform/db/contract.ts';
import type { Directory, OwnProfile, PersonSummary } from '../contract.ts';

const summaryColumns = 'p.id, p.name, p.headline, p.organisation, p.avatar_url as "avatarUrl"';

export function createDirectory(sql: Sql): Directory {
  return {
    async people(ids) {
      if (ids.length === 0) return [];
      return sql.query<PersonSummary>(
        `select ${summaryColumns}
         from (select id, min(place) as place from unnest($1::uuid[]) with ordinality as asked (id, place) group by id) as asked
         join persons p using (id) order by asked.place`,
        [ids],
      );
    },
  };
}

export async function readOwnProfile(sql: Sql, personId: string): Promise<OwnProfile | null> {
  const [row] = await sql.query<OwnProfile>(
    `select ${summaryColumns}, a.email, p.time_zone as "timeZone", p.language
     from persons p join accounts a on a.person_id = p.id where p.id = $1`,
    [personId],
  );
  return row ?? null;
}
