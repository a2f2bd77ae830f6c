// Owns reading program points and companies: a fixed number of queries for any number of them.
import type { Sql } from '#platform/db/contract.ts';
import type { SessionSummary } from '#session/decider.ts';
import type { Directory, PersonSummary } from '#shell/accounts/contract.ts';
import type { Company, CompanySummary, ProgramPoint, SessionPhase } from '../contract.ts';

export interface PointRow {
  id: string;
  eventId: string;
  format: 'session';
  kind: string;
  title: string;
  description: string;
  startsAt: string;
  durationMinutes: number;
  capacity: number | null;
  registered: number;
  iSpeak: boolean;
  iRegistered: boolean;
  companyIds: string[];
  speakerIds: string[];
  summary: SessionSummary;
}

const pointColumns = `p.id, p.event_id as "eventId", p.format, p.kind, p.title, p.description, p.starts_at as "startsAt",
  p.duration_minutes as "durationMinutes", p.capacity, s.summary,
  (select count(*) from registrations r where r.point_id = p.id) as registered,
  exists (select 1 from point_voices v where v.point_id = p.id and v.person_id = $2) as "iSpeak",
  exists (select 1 from registrations r where r.point_id = p.id and r.person_id = $2) as "iRegistered",
  array(select company_id from point_companies h where h.point_id = p.id order by position) as "companyIds",
  array(select person_id from point_speakers n where n.point_id = p.id order by position) as "speakerIds"`;

export function readProgram(sql: Sql, eventId: string, personId: string): Promise<PointRow[]> {
  return sql.query<PointRow>(
    `select ${pointColumns} from program_points p join streams s on s.id = p.id
     where p.event_id = $1 order by p.starts_at, p.title, p.id`,
    [eventId, personId],
  );
}

export async function readPoint(sql: Sql, pointId: string, personId: string): Promise<PointRow | null> {
  const [row] = await sql.query<PointRow>(
    `select ${pointColumns} from program_points p join streams s on s.id = p.id where p.id = $1`,
    [pointId, personId],
  );
  return row ?? null;
}

type CompanyRow = Omit<Company, 'representatives' | 'sessionIds'> & { representativeIds: string[] };

export function readCompanies(sql: Sql, eventId: string): Promise<CompanyRow[]> {
  return sql.query<CompanyRow>(
    `select c.id, c.slug, c.name, c.tagline, c.description, c.logo_url as "logoUrl", c.links, c.jobs,
       array(select person_id from company_representatives r where r.company_id = c.id order by r.position) as "representativeIds"
     from companies c where c.event_id = $1 order by c.position`,
    [eventId],
  );
}

export async function readPeople(directory: Directory, ids: readonly string[]): Promise<Map<string, PersonSummary>> {
  return new Map((await directory.people(ids)).map((person) => [person.id, person]));
}

const pick = <Value>(from: ReadonlyMap<string, Value>, ids: readonly string[]): Value[] =>
  ids.flatMap((id) => from.get(id) ?? []);

export function toCompanies(
  rows: readonly CompanyRow[],
  points: readonly PointRow[],
  people: ReadonlyMap<string, PersonSummary>,
): Company[] {
  return rows.map(({ representativeIds, ...company }) => ({
    ...company,
    representatives: pick(people, representativeIds),
    sessionIds: points.filter((point) => point.companyIds.includes(company.id)).map((point) => point.id),
  }));
}

export function toPoint(
  row: PointRow,
  companies: ReadonlyMap<string, CompanySummary>,
  people: ReadonlyMap<string, PersonSummary>,
): ProgramPoint {
  const { eventId: _, companyIds, speakerIds, summary, ...point } = row;
  return {
    ...point,
    companies: pick(companies, companyIds).map(({ id, slug, name, tagline, logoUrl }) => ({ id, slug, name, tagline, logoUrl })),
    speakers: pick(people, speakerIds),
    phase: summary.phase as SessionPhase,
    startedAt: summary.startedAt,
    endedAt: summary.endedAt,
    present: summary.present,
  };
}
