// Owns writing events, companies and program points. A point and its Session's log are written in one transaction.
import { v7 as uuidv7 } from 'uuid';
import type { LifecycleEvent } from '#features/lifecycle/contract.ts';
import type { Sql } from '#platform/db/contract.ts';
import type { Log } from '#platform/log/contract.ts';
import type { CompanyDraft, EventDraft, PointDraft, ProgramBook } from '../contract.ts';
import { readRoster } from './roster.ts';

type Scheduled = Extract<LifecycleEvent, { type: 'lifecycle.scheduled' }>;
type Rescheduled = Extract<LifecycleEvent, { type: 'lifecycle.rescheduled' }>;

const minuteMs = 60_000;

export function createProgramBook(log: Pick<Log, 'appendFacts'>): ProgramBook {
  return {
    addEvent,
    addCompany,
    async addPoint(tx, eventId, draft) {
      const id = await insertPoint(tx, eventId, draft);
      const [settings] = await tx.query<{ startWindowMs: number; unattendedMs: number; stageLimit: number }>(
        'select start_window_ms as "startWindowMs", unattended_ms as "unattendedMs", stage_limit as "stageLimit" from events where id = $1',
        [eventId],
      );
      if (!settings) throw new Error(`No event ${eventId}`);
      const when = { startsAt: draft.startsAt, durationMs: draft.durationMinutes * minuteMs };
      const scheduled: Scheduled = { audience: 'all', type: 'lifecycle.scheduled', body: { eventId, ...when, ...settings } };
      await log.appendFacts(tx, id, [scheduled, await readRoster(tx, id)], { kind: 'session' });
      return id;
    },
    async moveEvent(tx, eventId, startsAt, endsAt) {
      await tx.query('update events set starts_at = $2, ends_at = $3 where id = $1', [eventId, startsAt, endsAt]);
    },
    async movePoint(tx, pointId, startsAt) {
      const [row] = await tx.query<{ durationMinutes: number }>(
        'update program_points set starts_at = $2 where id = $1 returning duration_minutes as "durationMinutes"',
        [pointId, startsAt],
      );
      if (!row) throw new Error(`No program point ${pointId}`);
      const body = { startsAt, durationMs: row.durationMinutes * minuteMs };
      await log.appendFacts(tx, pointId, [{ audience: 'all', type: 'lifecycle.rescheduled', body } satisfies Rescheduled]);
    },
    async register(tx, pointId, personIds) {
      await tx.query(
        'insert into registrations (point_id, person_id) select $1, unnest($2::uuid[]) on conflict (point_id, person_id) do nothing',
        [pointId, personIds],
      );
    },
  };
}

async function addEvent(tx: Sql, draft: EventDraft): Promise<string> {
  const id = uuidv7();
  await tx.query(
    `insert into events (id, slug, title, description, organiser_name, starts_at, ends_at, time_zone, banner_url, accent_hue, accent_chroma, published_at, asks_video_consent)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, case when $12::boolean then clock_timestamp() end, $13)`,
    [
      id,
      draft.slug,
      draft.title,
      draft.description,
      draft.organiserName,
      draft.startsAt,
      draft.endsAt,
      draft.timeZone,
      draft.bannerUrl,
      draft.accent.hue,
      draft.accent.chroma,
      draft.published,
      draft.asksVideoConsent ?? true,
    ],
  );
  await tx.query(
    `insert into event_roles (event_id, person_id, role)
     select $1, person_id, role from unnest($2::uuid[], $3::text[]) as given (person_id, role)`,
    [id, draft.roles.map((one) => one.personId), draft.roles.map((one) => one.role)],
  );
  return id;
}

async function addCompany(tx: Sql, eventId: string, draft: CompanyDraft): Promise<string> {
  const id = uuidv7();
  await tx.query(
    `insert into companies (id, event_id, slug, name, tagline, description, logo_url, links, jobs, position)
     select $1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, count(*) from companies where event_id = $2`,
    [
      id,
      eventId,
      draft.slug,
      draft.name,
      draft.tagline,
      draft.description,
      draft.logoUrl,
      JSON.stringify(draft.links),
      JSON.stringify(draft.jobs),
    ],
  );
  await tx.query(
    `insert into company_representatives (company_id, person_id, position)
     select $1, person_id, place from unnest($2::uuid[]) with ordinality as given (person_id, place)`,
    [id, draft.representativeIds],
  );
  return id;
}

async function insertPoint(tx: Sql, eventId: string, draft: PointDraft): Promise<string> {
  const id = uuidv7();
  await tx.query(
    `insert into program_points (id, event_id, kind, title, description, starts_at, duration_minutes, capacity)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, eventId, draft.kind, draft.title, draft.description, draft.startsAt, draft.durationMinutes, draft.capacity],
  );
  await tx.query(
    `insert into point_companies (point_id, company_id, position)
     select $1, company_id, place from unnest($2::uuid[]) with ordinality as given (company_id, place)`,
    [id, draft.companyIds],
  );
  await tx.query(
    `insert into point_speakers (point_id, person_id, position)
     select $1, person_id, place from unnest($2::uuid[]) with ordinality as given (person_id, place)`,
    [id, draft.speakerIds],
  );
  return id;
}
