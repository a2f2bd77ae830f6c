// Owns when a Session may start and end (rules LC1–LC7 in SPEC.md). Who may ask for it is powers.ts; media follows elsewhere.
import type { Actor, AudienceEvent, Command, Decision, Timer } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type { LifecycleEvent, LifecycleState } from './contract.ts';
import { startPossibleAt } from './contract.ts';

export const initialLifecycle: LifecycleState = {
  phase: 'unscheduled',
  eventId: '',
  startsAt: '',
  durationMs: 0,
  startWindowMs: 0,
  unattendedMs: 0,
  stageLimit: 0,
  startedAt: null,
  endedAt: null,
  endReason: null,
  speakers: [],
  support: [],
  unattended: null,
  mainCallGeneration: 1,
};

export function evolveLifecycle(state: LifecycleState, event: AudienceEvent): LifecycleState {
  const { type, body } = event as AudienceEvent & LifecycleEvent;
  switch (type) {
    case 'lifecycle.scheduled':
      return { ...state, ...body, phase: 'scheduled' };
    case 'lifecycle.rescheduled':
      return { ...state, ...body };
    case 'lifecycle.roster-set':
      return { ...state, ...body };
    case 'lifecycle.started':
      return { ...state, phase: 'live', startedAt: event.at };
    case 'lifecycle.unattended':
      return { ...state, unattended: body };
    case 'lifecycle.attended':
      return { ...state, unattended: null };
    case 'lifecycle.ended':
      return { ...state, phase: 'ended', endedAt: event.at, endReason: body.reason, unattended: null };
    default:
      return state;
  }
}

export function decideLifecycle(state: LifecycleState, command: Command, actor: Actor, now: string): Decision<LifecycleEvent> {
  const by = actor.kind === 'person' ? actor.personId : '';
  switch (command.type) {
    case 'lifecycle.start': {
      if (state.phase !== 'scheduled') return refuse('session-not-scheduled');
      const possibleAt = startPossibleAt(state);
      if (now < possibleAt) return refuse('too-early-to-start', { possibleAt });
      return { events: [{ audience: 'all', type: 'lifecycle.started', body: { by } }] };
    }
    case 'lifecycle.end':
      if (state.phase !== 'live') return refuse('session-not-live');
      return { events: [{ audience: 'all', type: 'lifecycle.ended', body: { reason: 'speaker', by } }] };
    case 'lifecycle.close-unattended': {
      const timer = state.unattended;
      if (!timer || timer.timerId !== command.body.timerId || now < timer.closesAt) return refuse('timer-obsolete');
      return { events: [{ audience: 'all', type: 'lifecycle.ended', body: { reason: 'unattended', by: null } }] };
    }
    default:
      return refuse('unknown-command');
  }
}

/** What follows for the life of a live Session when the number of speakers inside changes (LC5, LC6). */
export function followAttendance(state: LifecycleState, speakersInside: number, timerId: string, now: string): LifecycleEvent[] {
  if (state.phase !== 'live') return [];
  if (speakersInside > 0) {
    return state.unattended ? [{ audience: 'all', type: 'lifecycle.attended', body: {} }] : [];
  }
  if (state.unattended) return [];
  const closesAt = new Date(Date.parse(now) + state.unattendedMs).toISOString();
  return [{ audience: 'all', type: 'lifecycle.unattended', body: { timerId, closesAt } }];
}

export function lifecycleTimers(state: LifecycleState): Timer[] {
  if (!state.unattended) return [];
  const { timerId, closesAt } = state.unattended;
  return [{ id: timerId, dueAt: closesAt, command: { type: 'lifecycle.close-unattended', body: { timerId } } }];
}
