// Owns the profiles of the companies that host one Session, in the order of the program point.
import type { Db } from '#platform/db/contract.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Directory } from '#shell/accounts/contract.ts';
import type { CompanyProfile } from '../contract.ts';
import { readCompanies, readPeople, readPoint, readProgram, toCompanies } from './program-rows.ts';

/** That the person may know of the Session is checked before. */
export async function readCompanyProfiles(
  { db, directory }: { db: Db; directory: Directory },
  sessionId: string,
  personId: string,
): Promise<CompanyProfile[]> {
  const point = await readPoint(db, sessionId, personId);
  if (!point) throw new AppError(404, 'not-found');
  const [rows, program] = await Promise.all([readCompanies(db, point.eventId), readProgram(db, point.eventId, personId)]);
  const hosts = point.companyIds.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  const people = await readPeople(
    directory,
    hosts.flatMap((row) => row.representativeIds),
  );
  return toCompanies(hosts, program, people).map(({ sessionIds, ...company }) => ({
    ...company,
    sessions: program
      .filter((one) => sessionIds.includes(one.id))
      .map(({ id, title, startsAt, summary }) => ({
        id,
        title,
        startsAt,
        phase: summary.phase as CompanyProfile['sessions'][number]['phase'],
      })),
  }));
}
