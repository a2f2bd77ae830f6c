// Owns reading events for lists and headings: what they are, what the person has to do with them, what is live in them.
import type { Sql } from '#platform/db/contract.ts';
import type { EventRole, EventSummary } from '../contract.ts';
import { visibleTo } from './admission.ts';

export interface EventRow {
  id: string;
  slug: string;
  title: string;
  description: string;
  organiserName: string;
  startsAt: string;
  endsAt: string;
  timeZone: string;
  bannerUrl: string;
  accentHue: number;
  accentChroma: number;
}

/** What the events are to one person, and what happens in them. By event. */
export interface Involvement {
  roles: Map<string, EventRole[]>;
  speakingIn: Map<string, number>;
  live: Map<string, EventSummary['live']>;
}

const eventColumns = `e.id, e.slug, e.title, e.description, e.organiser_name as "organiserName", e.starts_at as "startsAt", e.ends_at as "endsAt",
  e.time_zone as "timeZone", e.banner_url as "bannerUrl", e.accent_hue as "accentHue", e.accent_chroma as "accentChroma"`;
/** The list is for people, not for archives. */
const listLimit = 200;

export async function readVisibleEvents(sql: Sql, personId: string): Promise<EventRow[]> {
  const rows = await sql.query<EventRow>(
    `select ${eventColumns} from events e where ${visibleTo('$1')} order by e.ends_at desc, e.id limit ${listLimit}`,
    [personId],
  );
  return rows.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}

export async function readVisibleEvent(sql: Sql, personId: string, slug: string): Promise<EventRow | null> {
  const [row] = await sql.query<EventRow>(`select ${eventColumns} from events e where e.slug = $2 and ${visibleTo('$1')}`, [
    personId,
    slug,
  ]);
  return row ?? null;
}

export async function readInvolvement(sql: Sql, personId: string, eventIds: readonly string[]): Promise<Involvement> {
  const [roles, speaking, live] = await Promise.all([
    sql.query<{ eventId: string; roles: EventRole[] }>(
      `select event_id as "eventId", array_agg(role order by array_position(array['organiser', 'rep', 'support', 'participant'], role)) as roles
       from event_people where person_id = $1 and event_id = any($2::uuid[]) group by event_id`,
      [personId, eventIds],
    ),
    sql.query<{ eventId: string; count: number }>(
      `select p.event_id as "eventId", count(*) as count from point_voices v join program_points p on p.id = v.point_id
       where v.person_id = $1 and p.event_id = any($2::uuid[]) group by p.event_id`,
      [personId, eventIds],
    ),
    sql.query<EventSummary['live'][number] & { eventId: string }>(
      `select p.event_id as "eventId", p.id as "sessionId", p.title, (s.summary->>'present')::integer as present,
         (select c.logo_url from point_companies h join companies c on c.id = h.company_id
          where h.point_id = p.id order by h.position limit 1) as "logoUrl"
       from program_points p join streams s on s.id = p.id
       where p.event_id = any($1::uuid[]) and s.summary->>'phase' = 'live'
       order by present desc, p.starts_at, p.id`,
      [eventIds],
    ),
  ]);
  const liveByEvent = new Map<string, EventSummary['live']>();
  for (const { eventId, ...one } of live) liveByEvent.set(eventId, [...(liveByEvent.get(eventId) ?? []), one]);
  return {
    roles: new Map(roles.map((row) => [row.eventId, row.roles])),
    speakingIn: new Map(speaking.map((row) => [row.eventId, row.count])),
    live: liveByEvent,
  };
}

export function toSummary(row: EventRow, { roles, speakingIn, live }: Involvement): EventSummary {
  const { description: _, accentHue, accentChroma, ...event } = row;
  return {
    ...event,
    accent: { hue: accentHue, chroma: accentChroma },
    myRoles: roles.get(row.id) ?? [],
    speakingIn: speakingIn.get(row.id) ?? 0,
    live: live.get(row.id) ?? [],
  };
}
