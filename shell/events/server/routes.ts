// Owns the routes of the event shell, its reading side. All need a login.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '#platform/errors/app-error.ts';
import type { Admission } from '#platform/live/admission.ts';
import type { Logins } from '#platform/live/login.ts';
import type { EventDetail, EventSummary } from '../contract.ts';
import { eventsPath, sessionsPath } from '../contract.ts';
import { readCompanyProfiles } from './company-profiles.ts';
import type { EntranceDeps } from './entrance.ts';
import { readEntrance } from './entrance.ts';
import { readInvolvement, readVisibleEvent, readVisibleEvents, toSummary } from './event-rows.ts';
import { isId } from './ids.ts';
import { readCompanies, readPeople, readProgram, toCompanies, toPoint } from './program-rows.ts';

export interface EventsDeps extends EntranceDeps {
  logins: Pick<Logins, 'find'>;
  admission: Admission;
}

const maxIds = 100;
const slugShape = /^[a-z0-9-]{1,100}$/;

export function registerEvents(app: FastifyInstance, deps: EventsDeps): void {
  const { logins, admission, directory } = deps;
  const personOf = async (request: FastifyRequest): Promise<string> => {
    const login = await logins.find(request.headers);
    if (!login) throw new AppError(401, 'signed-out');
    return login.personId;
  };
  const sessionOf = async (request: FastifyRequest): Promise<{ sessionId: string; personId: string }> => {
    const personId = await personOf(request);
    const { sessionId } = request.params as { sessionId: string };
    if (!(await admission.maySee(personId, sessionId))) throw new AppError(404, 'not-found');
    return { sessionId, personId };
  };

  app.get(eventsPath, async (request) => ({ events: await readEventList(deps, await personOf(request)) }));

  app.get(`${eventsPath}/:slug`, async (request) =>
    readEventDetail(deps, await personOf(request), (request.params as { slug: string }).slug),
  );

  app.get(`${sessionsPath}/:sessionId`, async (request) => {
    const { sessionId, personId } = await sessionOf(request);
    return readEntrance(deps, sessionId, personId);
  });

  app.get(`${sessionsPath}/:sessionId/companies`, async (request) => {
    const { sessionId, personId } = await sessionOf(request);
    return { companies: await readCompanyProfiles(deps, sessionId, personId) };
  });

  app.get(`${sessionsPath}/:sessionId/people`, async (request) => {
    await sessionOf(request);
    const { ids } = request.query as { ids?: unknown };
    const asked = typeof ids === 'string' ? ids.split(',').filter(isId) : [];
    if (asked.length > maxIds) throw new AppError(422, 'invalid', { field: 'ids' });
    return { people: await directory.people(asked) };
  });
}

async function readEventList({ db }: EventsDeps, personId: string): Promise<EventSummary[]> {
  const rows = await readVisibleEvents(db, personId);
  const involvement = await readInvolvement(
    db,
    personId,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toSummary(row, involvement));
}

async function readEventDetail({ db, directory }: EventsDeps, personId: string, slug: string): Promise<EventDetail> {
  const row = slugShape.test(slug) ? await readVisibleEvent(db, personId, slug) : null;
  if (!row) throw new AppError(404, 'not-found');
  const [involvement, points, companies] = await Promise.all([
    readInvolvement(db, personId, [row.id]),
    readProgram(db, row.id, personId),
    readCompanies(db, row.id),
  ]);
  const people = await readPeople(directory, [
    ...points.flatMap((point) => point.speakerIds),
    ...companies.flatMap((company) => company.representativeIds),
  ]);
  const companiesById = new Map(companies.map((company) => [company.id, company]));
  return {
    ...toSummary(row, involvement),
    description: row.description,
    program: points.map((point) => toPoint(point, companiesById, people)),
    companies: toCompanies(companies, points, people),
  };
}
