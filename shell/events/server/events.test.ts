// The event shell over HTTP on each database: what people see of events and Sessions, by role, and what they don't.
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import { migrate } from '#platform/db/migrate.ts';
import type { TestDatabase } from '#platform/db/test-databases.ts';
import { quietLogger, testDatabases } from '#platform/db/test-databases.ts';
import { createHttpApp } from '#platform/http/app.ts';
import type { Actor, Decider, Log } from '#platform/log/contract.ts';
import { createLog } from '#platform/log/log.ts';
import { sessionDecider } from '#session/decider.ts';
import { createDirectory } from '#shell/accounts/server/directory.ts';
import { createPasswords } from '#shell/accounts/server/passwords.ts';
import { createPeopleBook } from '#shell/accounts/server/people-book.ts';
import type { EntranceInfo, EventDetail, EventSummary, ProgramBook } from '../contract.ts';
import { createAdmission } from './admission.ts';
import { createProgramBook } from './program-book.ts';
import { registerEvents } from './routes.ts';

const minuteMs = 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * minuteMs).toISOString();

const eventDraft = {
  title: 'Fair',
  description: 'Two *days*.',
  organiserName: 'A university',
  timeZone: 'Europe/Berlin',
  bannerUrl: '/banner.svg',
  accent: { hue: 290, chroma: 0.19 },
  published: true,
};
const companyDraft = { tagline: 'Tag', description: 'Text', logoUrl: '/logo.svg' };
const pointDraft = { kind: 'Talk', description: 'About', durationMinutes: 60, capacity: null };

describe.each(testDatabases)('events ($name)', ({ open }) => {
  let database: TestDatabase;
  let db: Db;
  let log: Log;
  let app: FastifyInstance;
  let program: ProgramBook;
  beforeAll(async () => {
    database = await open();
    db = database.db;
    await migrate(db);
    log = await createLog({ db, deciders: [sessionDecider as unknown as Decider], logger: quietLogger });
    program = createProgramBook(log);
    app = await createHttpApp({ publicUrl: 'http://127.0.0.1:1', logger: pino({ level: 'silent' }) });
    const logins = { find: async ({ cookie }: { cookie?: string }) => (cookie ? { loginId: cookie, personId: cookie } : null) };
    registerEvents(app, { db, log, logins, directory: createDirectory(db), admission: createAdmission(db) });
  });
  afterAll(async () => {
    await app.close();
    await log.stop();
    await database.end();
  });

  /** A fair with two companies and three Sessions; `shown` is published, `draft` is not. */
  let fair: Awaited<ReturnType<typeof makeFair>>;
  beforeEach(async () => {
    await db.query('truncate events, persons, streams cascade');
    fair = await makeFair();
  });

  async function makeFair() {
    const names = ['organiser', 'support', 'speaker', 'rep', 'visitor', 'stranger'] as const;
    const made = await db.transaction(async (tx) => {
      const people = createPeopleBook(createPasswords(1));
      const ids = await people.add(
        tx,
        names.map((name) => ({ name, headline: `I am ${name}`, organisation: 'Somewhere' })),
      );
      const person = Object.fromEntries(names.map((name, index) => [name, ids[index]])) as Record<(typeof names)[number], string>;
      const roles = [
        { personId: person.organiser, role: 'organiser' as const },
        { personId: person.support, role: 'support' as const },
      ];
      const dates = { startsAt: inMinutes(-60), endsAt: inMinutes(600) };
      const shown = await program.addEvent(tx, { ...eventDraft, ...dates, slug: 'shown', roles });
      const draft = await program.addEvent(tx, { ...eventDraft, ...dates, slug: 'draft', published: false, roles });
      const alpha = await program.addCompany(tx, shown, {
        ...companyDraft,
        slug: 'alpha',
        name: 'Alpha',
        links: [{ label: 'Site', url: 'https://alpha.example' }],
        jobs: [{ title: 'Job', place: 'Here', url: 'https://alpha.example/job' }],
        representativeIds: [person.rep],
      });
      const beta = await program.addCompany(tx, shown, {
        ...companyDraft,
        slug: 'beta',
        name: 'Beta',
        links: [],
        jobs: [],
        representativeIds: [],
      });
      const point = (title: string, minutes: number, companyIds: string[], speakerIds: string[]) =>
        program.addPoint(tx, shown, { ...pointDraft, title, startsAt: inMinutes(minutes), companyIds, speakerIds });
      const soon = await point('Soon', 10, [beta, alpha], [person.speaker]);
      const later = await point('Later', 120, [beta], [person.speaker]);
      const last = await point('Last', 300, [], [person.organiser]);
      await program.register(tx, soon, [person.visitor, person.stranger]);
      await program.register(tx, soon, [person.visitor]);
      const hidden = await program.addPoint(tx, draft, {
        ...pointDraft,
        title: 'Hidden',
        startsAt: inMinutes(10),
        companyIds: [],
        speakerIds: [],
      });
      return { person, shown, draft, alpha, beta, soon, later, last, hidden };
    });
    await log.announce(made.soon);
    return made;
  }

  async function get<Answer = { error: { code: string; details: object } }>(
    path: string,
    as?: string,
  ): Promise<{ status: number; body: Answer }> {
    const answer = await app.inject({ method: 'GET', url: `/api/${path}`, headers: as ? { cookie: as } : {} });
    return { status: answer.statusCode, body: answer.json() };
  }
  const actor = (personId: string, as: 'speaker' | 'participant' = 'speaker'): Actor => ({ kind: 'person', personId, as });
  const command = async (session: string, by: Actor, type: string, body: Record<string, unknown> = {}) =>
    expect(await log.submit(session, by, { id: randomUUID(), type, body })).toMatchObject({ ok: true });
  const goLive = async () => {
    const { soon, person } = fair;
    await command(soon, actor(person.speaker), 'stage.enter', { microphone: true, camera: true });
    const arrived = [person.speaker, person.visitor].map((id) => ({
      person: id,
      as: id === person.speaker ? 'speaker' : 'participant',
    }));
    await command(soon, { kind: 'system' }, 'people.note-presence', { arrived, left: [] });
    await command(soon, actor(person.speaker), 'lifecycle.start');
  };
  const detail = async (as: string) => (await get<EventDetail>('events/shown', as)).body;
  const entrance = async (as: string, session = fair.soon) => (await get<EntranceInfo>(`sessions/${session}`, as)).body;

  describe('without a login', () => {
    it('says whether viewers are asked before YouTube is: unless the event says otherwise', async () => {
      expect((await entrance(fair.person.visitor)).event.asksVideoConsent).toBe(true);
      await db.query('update events set asks_video_consent = false');
      expect((await entrance(fair.person.visitor)).event.asksVideoConsent).toBe(false);
    });
    it.each(['events', 'events/shown', `sessions/${randomUUID()}`, `sessions/${randomUUID()}/people?ids=`])(
      '%s says so',
      async (path) => {
        const { status, body } = await get(path);
        expect([status, body.error.code]).toEqual([401, 'signed-out']);
      },
    );
  });

  describe('the list', () => {
    const list = async (as: string) => (await get<{ events: EventSummary[] }>('events', as)).body.events;

    it('shows published events to everybody, others to those with a role in them', async () => {
      expect((await list(fair.person.stranger)).map((one) => one.slug)).toEqual(['shown']);
      expect((await list(fair.person.organiser)).map((one) => one.slug).sort()).toEqual(['draft', 'shown']);
    });

    it('says what each is to me', async () => {
      const mine = async (as: string) => {
        const [event] = (await list(as)).filter((one) => one.slug === 'shown');
        return [event?.myRoles, event?.speakingIn];
      };
      expect(await mine(fair.person.organiser)).toEqual([['organiser'], 1]);
      expect(await mine(fair.person.support)).toEqual([['support'], 0]);
      expect(await mine(fair.person.rep)).toEqual([['rep'], 1]);
      expect(await mine(fair.person.speaker)).toEqual([[], 2]);
      expect(await mine(fair.person.visitor)).toEqual([['participant'], 0]);
    });

    it('says what is live, with the first company’s logo', async () => {
      expect((await list(fair.person.stranger))[0]?.live).toEqual([]);
      await goLive();
      expect((await list(fair.person.stranger))[0]?.live).toEqual([
        { sessionId: fair.soon, title: 'Soon', logoUrl: '/logo.svg', present: 2 },
      ]);
    });
  });

  describe('the event page', () => {
    it('has the program in the order of time, with companies, speakers and places', async () => {
      const event = await detail(fair.person.visitor);
      expect(event).toMatchObject({ title: 'Fair', description: 'Two *days*.', accent: { hue: 290, chroma: 0.19 } });
      expect(event.program.map((point) => point.title)).toEqual(['Soon', 'Later', 'Last']);
      expect(event.program[0]).toMatchObject({
        id: fair.soon,
        format: 'session',
        phase: 'scheduled',
        registered: 2,
        iRegistered: true,
        iSpeak: false,
        present: 0,
        companies: [{ slug: 'beta' }, { slug: 'alpha' }],
        speakers: [
          { id: fair.person.speaker, name: 'speaker', headline: 'I am speaker', organisation: 'Somewhere', avatarUrl: null },
        ],
      });
      expect(event.program[0]).not.toHaveProperty('summary');
    });

    it('has the companies with their people and Sessions', async () => {
      const { companies } = await detail(fair.person.visitor);
      expect(companies.map((company) => [company.name, company.sessionIds])).toEqual([
        ['Alpha', [fair.soon]],
        ['Beta', [fair.soon, fair.later]],
      ]);
      expect(companies[0]).toMatchObject({
        links: [{ label: 'Site', url: 'https://alpha.example' }],
        jobs: [{ title: 'Job', place: 'Here', url: 'https://alpha.example/job' }],
        representatives: [{ name: 'rep' }],
      });
    });

    it('a representative speaks where the company hosts; an organiser only where named', async () => {
      const speaksIn = async (as: string) =>
        (await detail(as)).program.filter((point) => point.iSpeak).map((point) => point.title);
      expect(await speaksIn(fair.person.rep)).toEqual(['Soon']);
      expect(await speaksIn(fair.person.speaker)).toEqual(['Soon', 'Later']);
      expect(await speaksIn(fair.person.organiser)).toEqual(['Last']);
    });

    it('follows what happens in a Session', async () => {
      await goLive();
      const [point] = (await detail(fair.person.visitor)).program;
      expect(point).toMatchObject({ phase: 'live', present: 2, endedAt: null });
      expect(Date.parse(point?.startedAt ?? '')).not.toBeNaN();
    });

    it('asks the database as often for many Sessions as for few', async () => {
      const query = vi.spyOn(db, 'query');
      const count = async () => {
        query.mockClear();
        await detail(fair.person.visitor);
        return query.mock.calls.length;
      };
      const few = await count();
      await db.transaction(async (tx) => {
        for (let index = 0; index < 5; index++) {
          const draft = {
            ...pointDraft,
            title: `More ${index}`,
            startsAt: inMinutes(400),
            companyIds: [fair.alpha],
            speakerIds: [fair.person.rep],
          };
          await program.addPoint(tx, fair.shown, draft);
        }
      });
      expect(await count()).toBe(few);
      expect(few).toBeLessThanOrEqual(7);
      query.mockRestore();
    });

    it.each(['draft', 'nowhere', 'NUL%00', '%F0%9F%92%A9'])('%s is not found by strangers', async (slug) => {
      const { status, body } = await get(`events/${slug}`, fair.person.stranger);
      expect([status, body.error.code]).toEqual([404, 'not-found']);
    });
  });

  describe('the entrance', () => {
    it.each([
      ['speaker', ['speaker', 'participant']],
      ['rep', ['speaker', 'participant']],
      ['organiser', ['speaker', 'participant']],
      ['support', ['participant']],
      ['visitor', ['participant']],
      ['stranger', ['participant']],
    ] as const)('lets %s join as %j', async (who, mayJoinAs) => {
      expect((await entrance(fair.person[who])).mayJoinAs).toEqual(mayJoinAs);
    });

    it('says from when it can start, and what comes next', async () => {
      const info = await entrance(fair.person.speaker);
      expect(Date.parse(info.point.startsAt) - Date.parse(info.startPossibleAt)).toBe(15 * minuteMs);
      expect(info.next).toMatchObject({ id: fair.later, title: 'Later' });
      expect((await entrance(fair.person.speaker, fair.last)).next).toBeNull();
      expect(info.event).toEqual({
        slug: 'shown',
        title: 'Fair',
        accent: { hue: 290, chroma: 0.19 },
        timeZone: 'Europe/Berlin',
        asksVideoConsent: true,
      });
      expect(Math.abs(Date.parse(info.now) - Date.now())).toBeLessThan(minuteMs);
    });

    it('says who is inside already, also before the start', async () => {
      expect(await entrance(fair.person.visitor)).toMatchObject({ inside: [], present: 0, removed: false });
      await command(fair.soon, actor(fair.person.rep), 'stage.enter', { microphone: false, camera: false });
      expect((await entrance(fair.person.visitor)).inside.map((one) => one.name)).toEqual(['rep']);
      await goLive();
      const info = await entrance(fair.person.visitor);
      expect([info.inside.map((one) => one.name), info.present, info.point.phase]).toEqual([['rep', 'speaker'], 3, 'live']);
    });

    it('a removed person learns only that', async () => {
      await goLive();
      await command(fair.soon, actor(fair.person.speaker), 'people.remove', { person: fair.person.visitor });
      expect(await entrance(fair.person.visitor)).toMatchObject({ removed: true, inside: [], present: 0, point: { present: 0 } });
      expect((await entrance(fair.person.stranger)).removed).toBe(false);
    });

    it('follows a new time in the same transaction as the program', async () => {
      const startsAt = inMinutes(45);
      await db.transaction((tx) => program.movePoint(tx, fair.soon, startsAt));
      const info = await entrance(fair.person.speaker);
      expect([info.point.startsAt, info.startPossibleAt]).toEqual([
        startsAt,
        new Date(Date.parse(startsAt) - 15 * minuteMs).toISOString(),
      ]);
      const failing = db.transaction(async (tx) => {
        await program.movePoint(tx, fair.soon, inMinutes(90));
        throw new Error('something else failed');
      });
      await expect(failing).rejects.toThrow('something else failed');
      expect((await entrance(fair.person.speaker)).startPossibleAt).toBe(info.startPossibleAt);
    });

    it.each([() => fair.hidden, () => randomUUID(), () => 'no-id', () => '%00'])(
      'of a Session that is not mine to see is not found',
      async (id) => {
        for (const path of [`sessions/${id()}`, `sessions/${id()}/people?ids=${fair.person.rep}`]) {
          expect((await get(path, fair.person.stranger)).status).toBe(404);
        }
      },
    );
  });

  describe('people of a Session', () => {
    const names = async (ids: string[]) =>
      (await get<{ people: { name: string }[] }>(`sessions/${fair.soon}/people?ids=${ids.join(',')}`, fair.person.visitor)).body;

    it('come in the order asked for, each once, without unknown ones', async () => {
      const { rep, speaker } = fair.person;
      expect((await names([speaker, randomUUID(), rep, 'no-id', speaker])).people.map((one) => one.name)).toEqual([
        'speaker',
        'rep',
      ]);
      expect((await names([])).people).toEqual([]);
    });

    it('are shown by name, headline, organisation and picture, and nothing else', async () => {
      expect((await names([fair.person.rep])).people).toEqual([
        { id: fair.person.rep, name: 'rep', headline: 'I am rep', organisation: 'Somewhere', avatarUrl: null },
      ]);
    });

    it('at most a hundred at a time', async () => {
      const ids = Array.from({ length: 101 }, () => randomUUID());
      const { status, body } = await get(`sessions/${fair.soon}/people?ids=${ids.join(',')}`, fair.person.visitor);
      expect([status, body.error]).toEqual([422, { code: 'invalid', details: { field: 'ids' } }]);
      expect((await names(ids.slice(1))).people).toEqual([]);
    });
  });

  describe('admission', () => {
    it('is for published events and for those with a role; unknown Sessions look the same', async () => {
      const admission = createAdmission(db);
      expect(await admission.maySee(fair.person.stranger, fair.soon)).toBe(true);
      expect(await admission.maySee(fair.person.stranger, fair.hidden)).toBe(false);
      expect(await admission.maySee(fair.person.organiser, fair.hidden)).toBe(true);
      expect(await admission.maySee(fair.person.stranger, randomUUID())).toBe(false);
      expect(await admission.maySee(fair.person.stranger, "'; drop table events; --")).toBe(false);
    });
  });
});
