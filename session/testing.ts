// Owns histories for tests: a Session in memory, driven by commands, with what each viewer received. No clock of its own.
import { randomUUID } from 'node:crypto';
import type { Actor, Audience, AudienceEvent, Command, DraftEvent, LoggedEvent, Snapshot } from '#platform/log/contract.ts';
import { emptySnapshot, fold, forAudience, number } from '#platform/log/fold.ts';
import { sessionDecider } from './decider.ts';
import type { SessionState } from './state.ts';

export const minuteMs = 60_000;
export const startsAt = '2026-12-09T13:00:00.000Z';
export const at = (minutes: number) => new Date(Date.parse(startsAt) + minutes * minuteMs).toISOString();

/** People of the tests: stable ids, so that failures read well. */
export const person = (index: number) => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
export const host = person(1);
export const cohost = person(2);
export const supporter = person(3);
export const visitor = person(11);
export const guest = person(12);

export const asSpeaker = (personId: string): Actor => ({ kind: 'person', personId, as: 'speaker' });
export const asParticipant = (personId: string): Actor => ({ kind: 'person', personId, as: 'participant' });
export const system: Actor = { kind: 'system' };

export const scheduled: DraftEvent[] = [
  {
    audience: 'all',
    type: 'lifecycle.scheduled',
    body: {
      eventId: person(99),
      startsAt,
      durationMs: 60 * minuteMs,
      startWindowMs: 15 * minuteMs,
      unattendedMs: 120 * minuteMs,
      stageLimit: 25,
    },
  },
  { audience: 'all', type: 'lifecycle.roster-set', body: { speakers: [host, cohost], support: [supporter] } },
];

export interface TestSession {
  readonly state: SessionState;
  readonly events: LoggedEvent[];
  readonly snapshot: Snapshot;
  /** Refusal code, or null when accepted. `minutes` are counted from the scheduled start. */
  send(actor: Actor, type: string, body?: Record<string, unknown>, minutes?: number, id?: string): string | null;
  fact(facts: DraftEvent[], minutes?: number): void;
}

export function createTestSession(facts: DraftEvent[] = scheduled): TestSession {
  let snapshot = emptySnapshot(person(0));
  const events: LoggedEvent[] = [];
  let clock = at(-60);
  const append = (drafts: DraftEvent[]) => {
    const numbered = number(sessionDecider, snapshot, drafts, clock);
    events.push(...numbered);
    snapshot = fold(sessionDecider, snapshot, numbered);
  };
  const setClock = (minutes: number | undefined) => {
    if (minutes !== undefined && at(minutes) > clock) clock = at(minutes);
  };
  const session: TestSession = {
    get state() {
      return snapshot.state as SessionState;
    },
    get snapshot() {
      return snapshot;
    },
    events,
    send(actor, type, body = {}, minutes, id = randomUUID()) {
      setClock(minutes);
      const command: Command = { id, type, body };
      const decision = sessionDecider.decide(session.state, command, actor, clock);
      if ('refusal' in decision) return decision.refusal.code;
      append(decision.events);
      return null;
    },
    fact(drafts, minutes) {
      setClock(minutes);
      append(sessionDecider.consequences(session.state, drafts, clock));
    },
  };
  session.fact(facts);
  return session;
}

/** The events of one audience as a viewer receives them. */
export function received(events: readonly LoggedEvent[], audience: Audience): AudienceEvent[] {
  return events.filter((event) => event.audience === audience).map(forAudience);
}
