// Owns that the demo data is there: made once in a new database, and moved to new times by every later start.
import type { Db, Sql } from '#platform/db/contract.ts';
import type { Log } from '#platform/log/contract.ts';
import type { PeopleBook } from '#shell/accounts/contract.ts';
import type { ProgramBook } from '#shell/events/contract.ts';
import { balticCareerDays } from './baltic-career-days.ts';
import type { DemoEvent } from './content.ts';
import { layOut } from './layout.ts';
import { alumniMentoring, womenInEnergy } from './other-events.ts';
import { writeHistory } from './past-session.ts';
import type { DemoPersonContent } from './people.ts';
import { demoParticipants, guests, portraitUrl, staff } from './people.ts';

export const demoPassword = 'stagedoor-demo';
export const demoEvents: DemoEvent[] = [balticCareerDays, womenInEnergy, alumniMentoring];

const settingName = 'demo';
/** A server that comes back while people sit in the demo's Sessions must not move them away under their feet. */
const restartMs = 30 * 60_000;

export interface DemoDeps {
  db: Db;
  log: Pick<Log, 'appendFacts' | 'announce'>;
  people: PeopleBook;
  program: ProgramBook;
  now: Date;
}

/** What the database remembers. */
interface DemoRecord {
  laidOutAt: string;
  /** Ids by slug and by the point's key. */
  events: Record<string, string>;
  points: Record<string, string>;
}

/** `none`: the database was in use before without demo data, and stays so. */
export type DemoOutcome = 'made' | 'moved' | 'kept' | 'none';

/** Only to be called where demo data is allowed. */
export async function ensureDemo(deps: DemoDeps): Promise<DemoOutcome> {
  const passwordHash = await deps.people.hashPassword(demoPassword);
  const { outcome, touched } = await deps.db.transaction(async (tx): Promise<{ outcome: DemoOutcome; touched: string[] }> => {
    // Servers that start together take turns.
    await tx.query(`lock table settings in share row exclusive mode`);
    const record = await readRecord(tx);
    if (record) return move(tx, deps, record);
    const [someone] = await tx.query('select 1 from persons limit 1');
    if (someone) return { outcome: 'none', touched: [] };
    return { outcome: 'made', touched: await make(tx, deps, passwordHash) };
  });
  for (const pointId of touched) await deps.log.announce(pointId);
  return outcome;
}

async function readRecord(tx: Sql): Promise<DemoRecord | null> {
  const [row] = await tx.query<{ value: DemoRecord }>('select value from settings where name = $1', [settingName]);
  return row?.value ?? null;
}

async function writeRecord(tx: Sql, record: DemoRecord): Promise<void> {
  await tx.query(
    'insert into settings (name, value) values ($1, $2::jsonb) on conflict (name) do update set value = excluded.value',
    [settingName, JSON.stringify(record)],
  );
}

async function make(tx: Sql, deps: DemoDeps, passwordHash: string): Promise<string[]> {
  const idOf = await addPeople(tx, deps.people, passwordHash);
  const record: DemoRecord = { laidOutAt: deps.now.toISOString(), events: {}, points: {} };
  for (const event of demoEvents) await addEvent(tx, deps, event, idOf, record);
  await writeRecord(tx, record);
  return Object.values(record.points);
}

async function addPeople(tx: Sql, people: PeopleBook, passwordHash: string): Promise<(key: string) => string> {
  const draft = (person: DemoPersonContent, signsIn: boolean) => ({
    ...person,
    avatarUrl: portraitUrl(person),
    ...(signsIn ? { account: { email: `${person.key}@demo.example`, passwordHash, demo: true } } : {}),
  });
  const signingIn = [...staff, ...demoParticipants];
  const everyone = [...signingIn, ...guests];
  const ids = await people.add(
    tx,
    everyone.map((person) => draft(person, signingIn.includes(person))),
  );
  const byKey = new Map(everyone.map((person, index) => [person.key, ids[index] as string]));
  return (key) => {
    const id = byKey.get(key);
    if (!id) throw new Error(`No demo person ${key}`);
    return id;
  };
}

async function addEvent(
  tx: Sql,
  { program, log, now }: DemoDeps,
  event: DemoEvent,
  idOf: (key: string) => string,
  record: DemoRecord,
): Promise<void> {
  const layout = layOut(event, now);
  const { startsAt, endsAt } = layout;
  const roles = [
    ...event.organisers.map((key) => ({ personId: idOf(key), role: 'organiser' as const })),
    ...event.support.map((key) => ({ personId: idOf(key), role: 'support' as const })),
  ];
  const eventId = await program.addEvent(tx, { ...event, startsAt, endsAt, published: true, roles });
  record.events[event.slug] = eventId;
  const companies = new Map<string, string>();
  for (const company of event.companies) {
    const representativeIds = company.representatives.map(idOf);
    companies.set(company.slug, await program.addCompany(tx, eventId, { ...company, representativeIds }));
  }
  for (const point of event.points) {
    const pointStartsAt = layout.points.get(point.key) as string;
    const companyIds = point.companies.map((slug) => companies.get(slug) as string);
    const draft = { ...point, startsAt: pointStartsAt, companyIds, speakerIds: point.speakers.map(idOf) };
    const pointId = await program.addPoint(tx, eventId, draft);
    record.points[point.key] = pointId;
    await program.register(tx, pointId, point.registered.map(idOf));
    if (point.past) await writeHistory(tx, log, pointId, point, pointStartsAt, idOf);
  }
}

/** What was never started gets new times; an event follows its Sessions. What has begun or ended stays where it was. */
async function move(
  tx: Sql,
  { program, now }: DemoDeps,
  record: DemoRecord,
): Promise<{ outcome: DemoOutcome; touched: string[] }> {
  const rows = await tx.query<{ id: string; startsAt: string; present: number }>(
    `select s.id, p.starts_at as "startsAt", (s.summary->>'present')::integer as present
     from streams s join program_points p on p.id = s.id
     where s.id = any($1::uuid[]) and s.summary->>'phase' = 'scheduled' order by s.id for update of s`,
    [Object.values(record.points)],
  );
  const waiting = new Map(rows.map((row) => [row.id, row]));
  const restarted = now.getTime() - Date.parse(record.laidOutAt) < restartMs;
  if (restarted && rows.some((row) => row.present > 0)) return { outcome: 'kept', touched: [] };
  const touched: string[] = [];
  for (const event of demoEvents) {
    const layout = layOut(event, now);
    let moved = false;
    for (const [key, startsAt] of layout.points) {
      const point = waiting.get(record.points[key] ?? '');
      if (!point) continue;
      moved = true;
      if (point.startsAt === startsAt) continue;
      await program.movePoint(tx, point.id, startsAt);
      touched.push(point.id);
    }
    const eventId = record.events[event.slug];
    if (moved && eventId) await program.moveEvent(tx, eventId, layout.startsAt, layout.endsAt);
  }
  await writeRecord(tx, { ...record, laidOutAt: now.toISOString() });
  return { outcome: touched.length > 0 ? 'moved' : 'kept', touched };
}
