// Owns the words of the event shell over HTTP: events, their program, companies, my schedule, and the way into a Session.
import type { Sql } from '#platform/db/contract.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';

export type SessionPhase = 'scheduled' | 'live' | 'ended';
export type EventRole = 'organiser' | 'rep' | 'support' | 'participant';

/** Instants are ISO 8601 in UTC. Paths of pictures are same-origin. */
export interface EventSummary {
  id: string;
  slug: string;
  title: string;
  organiserName: string;
  startsAt: string;
  endsAt: string;
  /** IANA zone in which the event takes place. */
  timeZone: string;
  bannerUrl: string;
  accent: { hue: number; chroma: number };
  myRoles: EventRole[];
  /** Sessions in which I speak. */
  speakingIn: number;
  live: { sessionId: string; title: string; logoUrl: string | null; present: number }[];
}

export interface CompanySummary {
  id: string;
  slug: string;
  name: string;
  tagline: string;
  logoUrl: string;
}
export interface Company extends CompanySummary {
  /** Markdown without raw HTML. */
  description: string;
  links: { label: string; url: string }[];
  jobs: { title: string; place: string; url: string }[];
  representatives: PersonSummary[];
  sessionIds: string[];
}

/** A company as it introduces itself in a Session that it hosts. */
export interface CompanyProfile extends Omit<Company, 'sessionIds'> {
  /** Its Sessions in this event, by time; the present one is among them. */
  sessions: Pick<ProgramPoint, 'id' | 'title' | 'startsAt' | 'phase'>[];
}

/** A program point. Its id is the Session's id. */
export interface ProgramPoint {
  id: string;
  format: 'session';
  /** What kind of Session: a short word for filters, e.g. "Company presentation". */
  kind: string;
  title: string;
  description: string;
  companies: CompanySummary[];
  speakers: PersonSummary[];
  startsAt: string;
  durationMinutes: number;
  capacity: number | null;
  registered: number;
  phase: SessionPhase;
  startedAt: string | null;
  endedAt: string | null;
  present: number;
  iSpeak: boolean;
  iRegistered: boolean;
}

export interface EventDetail extends EventSummary {
  /** Markdown without raw HTML. */
  description: string;
  program: ProgramPoint[];
  companies: Company[];
}

/** What the entrance needs, in one request. */
export interface EntranceInfo {
  point: ProgramPoint;
  event: Pick<EventSummary, 'slug' | 'title' | 'accent' | 'timeZone'> & {
    /** Nothing may be loaded from YouTube before the viewer has agreed. */
    asksVideoConsent: boolean;
  };
  mayJoinAs: ('speaker' | 'participant')[];
  removed: boolean;
  /** "Start Session" is possible from then on. */
  startPossibleAt: string;
  /** Speakers who are inside already. */
  inside: PersonSummary[];
  /** People present, speakers included. */
  present: number;
  /** The next program point of the event after this one, for the closing page. */
  next: { id: string; title: string; startsAt: string } | null;
  /** Server's clock. */
  now: string;
}

/**
 * GET /api/events                                 → { events: EventSummary[] }
 * GET /api/events/:slug                           → EventDetail            404 not-found
 * GET /api/sessions/:sessionId                    → EntranceInfo           404 not-found
 * GET /api/sessions/:sessionId/companies         → { companies: CompanyProfile[] }   404 not-found
 * GET /api/sessions/:sessionId/people?ids=a,b,…   → { people: PersonSummary[] }   at most 100 ids; unknown ones are left out
 * All answer 401 signed-out without a login.
 */
export const eventsPath = '/api/events';
export const sessionsPath = '/api/sessions';

export interface EventDraft
  extends Pick<
    EventDetail,
    'slug' | 'title' | 'description' | 'organiserName' | 'startsAt' | 'endsAt' | 'timeZone' | 'bannerUrl' | 'accent'
  > {
  published: boolean;
  /** Absent: viewers are asked. */
  asksVideoConsent?: boolean;
  roles: { personId: string; role: 'organiser' | 'support' }[];
}
export interface CompanyDraft extends Omit<Company, 'id' | 'representatives' | 'sessionIds'> {
  representativeIds: string[];
}
export interface PointDraft
  extends Pick<ProgramPoint, 'kind' | 'title' | 'description' | 'startsAt' | 'durationMinutes' | 'capacity'> {
  companyIds: string[];
  speakerIds: string[];
}
/** How other parts of the server write events. All in the caller's transaction; the new ids are answered. */
export interface ProgramBook {
  addEvent(tx: Sql, draft: EventDraft): Promise<string>;
  addCompany(tx: Sql, eventId: string, draft: CompanyDraft): Promise<string>;
  /** Makes the Session's log too: when it is, and who may speak. */
  addPoint(tx: Sql, eventId: string, draft: PointDraft): Promise<string>;
  moveEvent(tx: Sql, eventId: string, startsAt: string, endsAt: string): Promise<void>;
  /** In the program and in the Session's log. Announce the Session after the commit. */
  movePoint(tx: Sql, pointId: string, startsAt: string): Promise<void>;
  register(tx: Sql, pointId: string, personIds: readonly string[]): Promise<void>;
}
