// Owns the words of a Session's life: scheduled, live, ended, and who may speak. Rules: SPEC.md.
import { z } from 'zod';

export const lifecycleCommands = {
  'lifecycle.start': z.object({}),
  'lifecycle.end': z.object({}),
};
/** Fired by the unattended timer, never accepted from outside. */
export const lifecycleSystemCommands = {
  'lifecycle.close-unattended': z.object({ timerId: z.string() }),
};

/** Instants are ISO 8601 in UTC; durations milliseconds. Facts of the shell: `scheduled`, `rescheduled`, `roster-set`. */
export type LifecycleEvent =
  | {
      audience: 'all';
      type: 'lifecycle.scheduled';
      body: {
        eventId: string;
        startsAt: string;
        durationMs: number;
        startWindowMs: number;
        unattendedMs: number;
        stageLimit: number;
      };
    }
  | { audience: 'all'; type: 'lifecycle.rescheduled'; body: { startsAt: string; durationMs: number } }
  | { audience: 'all'; type: 'lifecycle.roster-set'; body: { speakers: string[]; support: string[] } }
  | { audience: 'all'; type: 'lifecycle.started'; body: { by: string } }
  | { audience: 'all'; type: 'lifecycle.unattended'; body: { timerId: string; closesAt: string } }
  | { audience: 'all'; type: 'lifecycle.attended'; body: Record<string, never> }
  | { audience: 'all'; type: 'lifecycle.ended'; body: { reason: 'speaker' | 'unattended'; by: string | null } };

export type Phase = 'unscheduled' | 'scheduled' | 'live' | 'ended';

export interface LifecycleState {
  phase: Phase;
  eventId: string;
  startsAt: string;
  durationMs: number;
  /** "Start Session" is possible from this long before `startsAt`. */
  startWindowMs: number;
  /** How long a live Session without a speaker stays open. */
  unattendedMs: number;
  /** How many may be on stage at once. */
  stageLimit: number;
  startedAt: string | null;
  endedAt: string | null;
  endReason: 'speaker' | 'unattended' | null;
  speakers: string[];
  support: string[];
  unattended: { timerId: string; closesAt: string } | null;
  /** Part of the main call's LiveKit room name; changes whenever the room is opened again. */
  mainCallGeneration: number;
}

export type LifecycleRefusal =
  | 'session-not-scheduled'
  | 'too-early-to-start'
  | 'session-not-live'
  | 'session-ended'
  | 'timer-obsolete';

/** First instant at which "Start Session" is possible, ISO 8601. */
export function startPossibleAt(state: Pick<LifecycleState, 'startsAt' | 'startWindowMs'>): string {
  return new Date(Date.parse(state.startsAt) - state.startWindowMs).toISOString();
}
