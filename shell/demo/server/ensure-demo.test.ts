// The demo data on each database: made once, moved by later starts, with everything that the front page promises.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { migrate } from '#platform/db/migrate.ts';
import type { TestDatabase } from '#platform/db/test-databases.ts';
import { quietLogger, testDatabases } from '#platform/db/test-databases.ts';
import type { Decider, Log } from '#platform/log/contract.ts';
import { createLog } from '#platform/log/log.ts';
import type { SessionSummary } from '#session/decider.ts';
import { sessionDecider } from '#session/decider.ts';
import type { SessionState } from '#session/state.ts';
import { allOf } from '#session/state.ts';
import { createPasswords } from '#shell/accounts/server/passwords.ts';
import { createPeopleBook } from '#shell/accounts/server/people-book.ts';
import { createProgramBook } from '#shell/events/server/program-book.ts';
import { demoEvents, demoPassword, ensureDemo } from './ensure-demo.ts';
import { demoParticipants, guests, portraitUrl, staff } from './people.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const people = createPeopleBook(createPasswords());

interface Point {
  id: string;
  title: string;
  startsAt: string;
  summary: SessionSummary;
  speakers: string[];
  registered: number;
}

describe.each(testDatabases)('demo data ($name)', ({ open }) => {
  let database: TestDatabase;
  let db: Db;
  let log: Log;
  beforeAll(async () => {
    database = await open();
    db = database.db;
    await migrate(db);
    log = await createLog({ db, deciders: [sessionDecider as unknown as Decider], logger: quietLogger });
  });
  afterAll(async () => {
    await log.stop();
    await database.end();
  });
  beforeEach(() => db.query('truncate settings, events, persons, streams cascade'));

  const start = (now: Date = new Date()) => ensureDemo({ db, log, people, program: createProgramBook(log), now });
  const readPoints = () =>
    db.query<Point>(
      `select p.id, p.title, p.starts_at as "startsAt", s.summary,
         array(select a.email from point_speakers n join accounts a using (person_id) where n.point_id = p.id order by n.position) as speakers,
         (select count(*) from registrations r where r.point_id = p.id) as registered
       from program_points p join streams s on s.id = p.id join events e on e.id = p.event_id
       where e.slug = 'baltic-career-days' order by p.starts_at`,
    );
  const find = async (title: string) => (await readPoints()).find((point) => point.title === title) as Point;
  const idOf = async (email: string) =>
    (await db.query<{ id: string }>('select person_id as id from accounts where email = $1', [email]))[0]?.id as string;

  describe('a new database', () => {
    it('gets people, events and Sessions, once', async () => {
      expect(await start()).toBe('made');
      const count = async () =>
        db.query(`select (select count(*) from persons) as persons, (select count(*) from accounts where demo) as accounts,
          (select count(*) from events where published_at is not null) as events, (select count(*) from streams) as streams`);
      const first = await count();
      expect(first).toEqual([{ persons: 44, accounts: 35, events: demoEvents.length, streams: 14 }]);
      await start();
      expect(await count()).toEqual(first);
    });

    it('two servers that start together make it once', async () => {
      expect((await Promise.all([start(), start()])).filter((outcome) => outcome === 'made')).toHaveLength(1);
    });

    it('one that was in use before stays as it is', async () => {
      await db.transaction((tx) => people.add(tx, [{ name: 'Somebody' }]));
      expect(await start()).toBe('none');
      expect(await db.query('select 1 from events')).toEqual([]);
    });

    it('every account has the one password', async () => {
      await start();
      const rows = await db.query<{ email: string; hash: string }>(
        'select email, password_hash as hash from accounts order by email',
      );
      expect(rows.map((row) => row.email)).toContain('participant30@demo.example');
      expect(new Set(rows.map((row) => row.hash)).size).toBe(1);
      expect(await createPasswords().matches(rows[0]?.hash as string, demoPassword)).toBe(true);
    });
  });

  describe('the program', () => {
    it('has a Session in 10 minutes and one in 2 hours with host and cohost, and one that has ended', async () => {
      const now = new Date();
      await start(now);
      const points = await readPoints();
      expect(points.length).toBeGreaterThanOrEqual(8);
      const soon = points.filter((point) => point.speakers.join() === 'host@demo.example,cohost@demo.example');
      const minutes = soon.map((point) => (Date.parse(point.startsAt) - now.getTime()) / minuteMs);
      expect(Math.abs((minutes[0] as number) - 10)).toBeLessThanOrEqual(0.5);
      expect(minutes[1]).toBeGreaterThan(117);
      expect(minutes[1]).toBeLessThan(123);
      expect(points.filter((point) => point.summary.phase === 'ended')).toHaveLength(1);
      expect(points.filter((point) => point.summary.phase === 'scheduled')).toHaveLength(points.length - 1);
    });

    it('can be started by its speakers, by the company’s representative and by the organiser, at the right time', async () => {
      await start();
      const soon = await find('Robots that ask for help');
      const later = await find('Coffee with the gripper team');
      const send = async (email: string, point: Point) => {
        const actor = { kind: 'person', personId: await idOf(email), as: 'speaker' } as const;
        return log.submit(point.id, actor, { id: randomUUID(), type: 'lifecycle.start', body: {} });
      };
      expect(await send('cohost@demo.example', later)).toMatchObject({ ok: false, refusal: { code: 'too-early-to-start' } });
      expect(await send('participant1@demo.example', soon)).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } });
      expect(await send('host@demo.example', soon)).toMatchObject({ ok: true });
      const { lifecycle } = allOf((await log.read(soon.id))?.state as SessionState);
      const roster = await Promise.all(['organiser', 'host', 'cohost', 'rep'].map((who) => idOf(`${who}@demo.example`)));
      expect(new Set(lifecycle.speakers)).toEqual(new Set(roster));
      expect(lifecycle.support).toEqual([await idOf('support@demo.example')]);
    });

    it('every participant has a schedule with the next Session in it', async () => {
      await start();
      const rows = await db.query<{ email: string; points: string[] }>(
        `select a.email, array_agg(p.title) as points from accounts a join registrations r using (person_id) join program_points p on p.id = r.point_id
         where a.email like 'participant%' group by a.email`,
      );
      expect(rows).toHaveLength(30);
      for (const row of rows) {
        expect(row.points).toContain('Robots that ask for help');
        expect(row.points.length).toBeGreaterThanOrEqual(2);
      }
    });

    it('nowhere are more registered than there are places', async () => {
      await start();
      const full = await db.query<{ title: string; over: number }>(
        'select title, count(*) - capacity as over from program_points p join registrations r on r.point_id = p.id where capacity is not null group by p.id',
      );
      expect(full.filter((row) => row.over > 0)).toEqual([]);
      expect(full.filter((row) => row.over === 0)).toHaveLength(1);
    });

    it('what has ended was live at its time, and its state folds from its log', async () => {
      await start();
      const ended = (await readPoints()).find((point) => point.summary.phase === 'ended') as Point;
      const snapshot = await log.read(ended.id);
      const state = snapshot?.state as SessionState;
      expect(sessionDecider.summary(state)).toEqual(ended.summary);
      const { startedAt, endedAt, inside, present } = ended.summary;
      const lateMs = Date.parse(startedAt as string) - Date.parse(ended.startsAt);
      expect(lateMs).toBeGreaterThan(0);
      expect(lateMs).toBeLessThan(5 * minuteMs);
      expect(Date.parse(endedAt as string)).toBeLessThan(Date.now());
      expect([inside, present]).toEqual([[], 0]);
      const chat = allOf(state).chat.messages;
      expect(chat.length).toBeGreaterThan(5);
      expect(chat.map((one) => one.at)).toEqual([...chat.map((one) => one.at)].sort());
      expect(snapshot?.lastAt).toBe(
        (await db.query<{ at: string }>('select last_at as at from streams where id = $1', [ended.id]))[0]?.at,
      );
    });
  });

  describe('a later start', () => {
    const later = new Date(Date.now() + 3 * dayMs);

    it('moves what was never started, in the program and in the log, and the event with it', async () => {
      await start();
      const before = await find('Robots that ask for help');
      expect(await start(later)).toBe('moved');
      const after = await find('Robots that ask for help');
      expect(after.id).toBe(before.id);
      expect(Math.abs((Date.parse(after.startsAt) - later.getTime()) / minuteMs - 10)).toBeLessThanOrEqual(0.5);
      const { lifecycle } = allOf((await log.read(after.id))?.state as SessionState);
      expect([lifecycle.startsAt, lifecycle.durationMs, lifecycle.phase]).toEqual([after.startsAt, 60 * minuteMs, 'scheduled']);
      const [event] = await db.query<{ startsAt: string; endsAt: string }>(
        `select starts_at as "startsAt", ends_at as "endsAt" from events where slug = 'baltic-career-days'`,
      );
      expect(after.startsAt >= (event?.startsAt as string) && after.startsAt < (event?.endsAt as string)).toBe(true);
    });

    it('leaves alone what was started, and what is over', async () => {
      await start();
      const soon = await find('Robots that ask for help');
      const actor = { kind: 'person', personId: await idOf('host@demo.example'), as: 'speaker' } as const;
      await log.submit(soon.id, actor, { id: randomUUID(), type: 'lifecycle.start', body: {} });
      const past = await db.query(`select starts_at, ends_at from events where slug = 'alumni-mentoring'`);
      const kept = (await readPoints()).filter(
        (point) => ['live', 'ended'].includes(point.summary.phase) || point.id === soon.id,
      );
      await start(later);
      for (const point of kept) expect((await find(point.title)).startsAt).toBe(point.startsAt);
      expect(await db.query(`select starts_at, ends_at from events where slug = 'alumni-mentoring'`)).toEqual(past);
    });

    it('keeps the times when it is only a restart and somebody is inside', async () => {
      const now = new Date();
      await start(now);
      const soon = await find('Robots that ask for help');
      const personId = await idOf('participant1@demo.example');
      const arrived = [{ person: personId, as: 'participant' }];
      const note = { id: randomUUID(), type: 'people.note-presence', body: { arrived, left: [] } };
      await log.submit(soon.id, { kind: 'system' }, note);
      expect(await start(new Date(now.getTime() + 5 * minuteMs))).toBe('kept');
      expect((await find(soon.title)).startsAt).toBe(soon.startsAt);
      expect(await start(new Date(now.getTime() + dayMs))).toBe('moved');
    });
  });
});

describe('pictures', () => {
  const publicDir = new URL('../../../apps/web/public', import.meta.url).pathname;
  const urls = [
    ...demoEvents.flatMap((event) => [event.bannerUrl, ...event.companies.map((company) => company.logoUrl)]),
    ...[...staff, ...guests, ...demoParticipants].flatMap((person) => portraitUrl(person) ?? []),
  ];
  it.each([...new Set(urls)])('%s is there', (url) => {
    expect(existsSync(`${publicDir}${url}`)).toBe(true);
  });
});
