// Owns what the entrance of a Session needs. What is live in it comes from the Session's committed state.
import { startPossibleAt } from '#features/lifecycle/contract.ts';
import type { Db, Sql } from '#platform/db/contract.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Log } from '#platform/log/contract.ts';
import type { SessionSummary } from '#session/decider.ts';
import { sessionDecider } from '#session/decider.ts';
import type { SessionState } from '#session/state.ts';
import { allOf, backstageOf } from '#session/state.ts';
import type { Directory } from '#shell/accounts/contract.ts';
import type { EntranceInfo } from '../contract.ts';
import type { PointRow } from './program-rows.ts';
import { readCompanies, readPeople, readPoint, toPoint } from './program-rows.ts';

export interface EntranceDeps {
  db: Db;
  log: Pick<Log, 'read'>;
  directory: Directory;
}

/** That the person may know of the Session is checked before. */
export async function readEntrance(
  { db, log, directory }: EntranceDeps,
  sessionId: string,
  personId: string,
): Promise<EntranceInfo> {
  const [row, snapshot] = await Promise.all([readPoint(db, sessionId, personId), log.read(sessionId)]);
  if (!row || !snapshot) throw new AppError(404, 'not-found');
  const state = snapshot.state as SessionState;
  const { lifecycle } = allOf(state);
  const removed = personId in backstageOf(state).people.removed;
  const summary = withoutRemoved(sessionDecider.summary(state) as unknown as SessionSummary, removed);
  const [event, companies, people, next] = await Promise.all([
    readEventOf(db, row.eventId),
    readCompanies(db, row.eventId),
    readPeople(directory, [...row.speakerIds, ...summary.inside]),
    readNext(db, row),
  ]);
  const { now, ...eventOf } = event;
  return {
    point: toPoint({ ...row, summary }, new Map(companies.map((company) => [company.id, company])), people),
    event: eventOf,
    mayJoinAs: lifecycle.speakers.includes(personId) ? ['speaker', 'participant'] : ['participant'],
    removed,
    startPossibleAt: startPossibleAt(lifecycle),
    inside: summary.inside.flatMap((id) => people.get(id) ?? []),
    present: summary.present,
    next,
    now,
  };
}

/** A removed person learns nothing of what goes on inside (PE4). */
function withoutRemoved(summary: SessionSummary, removed: boolean): SessionSummary {
  return removed ? { ...summary, present: 0, inside: [] } : summary;
}

async function readEventOf(sql: Sql, eventId: string): Promise<EntranceInfo['event'] & { now: string }> {
  type Row = Omit<EntranceInfo['event'], 'accent'> & EntranceInfo['event']['accent'] & { now: string };
  const [row] = await sql.query<Row>(
    `select slug, title, time_zone as "timeZone", accent_hue as hue, accent_chroma as chroma,
       asks_video_consent as "asksVideoConsent", clock_timestamp() as now
     from events where id = $1`,
    [eventId],
  );
  if (!row) throw new AppError(404, 'not-found');
  const { hue, chroma, ...event } = row;
  return { ...event, accent: { hue, chroma } };
}

async function readNext(sql: Sql, { id, eventId, startsAt }: PointRow): Promise<EntranceInfo['next']> {
  const [row] = await sql.query<NonNullable<EntranceInfo['next']>>(
    `select p.id, p.title, p.starts_at as "startsAt" from program_points p join streams s on s.id = p.id
     where p.event_id = $1 and p.id <> $2 and p.starts_at >= $3::timestamptz and s.summary->>'phase' <> 'ended'
     order by p.starts_at, p.title limit 1`,
    [eventId, id, startsAt],
  );
  return row ?? null;
}
