// Owns the words of coming on stage: requests, invitations, the countdown before one is seen. Rules: SPEC.md.
import { z } from 'zod';

const onePerson = z.object({ person: z.uuid() });
const media = z.object({ microphone: z.boolean(), camera: z.boolean() });
const nothing = z.object({});

/** How many people may be on screen beside the speakers: the smallest and the largest that can be set. */
export const fewestOnScreen = 1;
export const mostOnScreen = 24;

export const requestsCommands = {
  'requests.send': media,
  'requests.withdraw': nothing,
  'requests.approve': onePerson,
  'requests.decline': onePerson,
  /** Backs out during the countdown. */
  'requests.cancel': nothing,
  'requests.invite': onePerson,
  /** A speaker takes an invitation back that is not answered yet. */
  'requests.withdraw-invitation': onePerson,
  'requests.accept-invitation': media,
  'requests.decline-invitation': nothing,
  /** During the countdown: with what one will appear. */
  'requests.set-media': media.partial(),
  'requests.set-open': z.object({ open: z.boolean() }),
  'requests.set-limit': z.object({ limit: z.int().min(fewestOnScreen).max(mostOnScreen) }),
};
/** Fired by the end of a countdown, never accepted from outside. */
export const requestsSystemCommands = {
  'requests.go-on-screen': z.object({ timerId: z.string() }),
};

export const countdownMs = 5000;
/** Who was declined may ask again after this. */
export const askAgainAfterMs = 60_000;

export type ChosenMedia = { microphone: boolean; camera: boolean };
/** Why something lapsed: the person left, was removed, came back as a speaker, went into a breakout room, or the Session ended. */
export type LapseReason = 'left' | 'removed' | 'speaker' | 'room' | 'ended';

type Nothing = Record<string, never>;
type Own = `person:${string}`;
export type RequestsEvent =
  | { audience: 'all'; type: 'requests.open-set'; body: { open: boolean } }
  | { audience: 'all'; type: 'requests.limit-set'; body: { limit: number } }
  | { audience: 'backstage'; type: 'requests.sent'; body: { person: string } & ChosenMedia }
  | { audience: 'backstage'; type: 'requests.withdrawn'; body: { person: string } }
  | { audience: 'backstage'; type: 'requests.declined'; body: { person: string; by: string } }
  | { audience: 'backstage'; type: 'requests.invited'; body: { person: string; by: string } }
  | { audience: 'backstage'; type: 'requests.invitation-declined'; body: { person: string } }
  | { audience: 'backstage'; type: 'requests.invitation-withdrawn'; body: { person: string; by: string } }
  /** `by`: the speaker who approved or invited. */
  | { audience: 'backstage'; type: 'requests.countdown-started'; body: { person: string; by: string } & CountdownFacts }
  | { audience: 'backstage'; type: 'requests.media-chosen'; body: { person: string } & ChosenMedia }
  | { audience: 'backstage'; type: 'requests.cancelled'; body: { person: string } }
  | { audience: 'backstage'; type: 'requests.went-on-screen'; body: { person: string } }
  | { audience: 'backstage'; type: 'requests.lapsed'; body: { person: string; reason: LapseReason } }
  | { audience: Own; type: 'requests.you-asked'; body: ChosenMedia }
  | { audience: Own; type: 'requests.you-withdrew'; body: Nothing }
  | { audience: Own; type: 'requests.you-were-declined'; body: { mayAskAgainAt: string } }
  | { audience: Own; type: 'requests.you-were-invited'; body: { by: string } }
  | { audience: Own; type: 'requests.you-declined-invitation'; body: Nothing }
  | { audience: Own; type: 'requests.your-invitation-was-withdrawn'; body: { by: string } }
  | { audience: Own; type: 'requests.your-countdown-started'; body: CountdownFacts }
  | { audience: Own; type: 'requests.you-chose-media'; body: ChosenMedia }
  | { audience: Own; type: 'requests.you-cancelled'; body: Nothing }
  | { audience: Own; type: 'requests.you-went-on-screen'; body: Nothing }
  | { audience: Own; type: 'requests.yours-lapsed'; body: { reason: LapseReason } };

export type CountdownFacts = ChosenMedia & { timerId: string; dueAt: string };

/** In slice `all`. */
export interface RequestsState {
  open: boolean;
  /** How many may be on screen beside the speakers. */
  limit: number;
}

export interface WaitingRequest extends ChosenMedia {
  person: string;
  askedAt: string;
}
export interface Invitation {
  person: string;
  by: string;
  invitedAt: string;
}
export interface Countdown extends CountdownFacts {
  person: string;
}
/** What became of a request that waits no longer. `by`: who decided. */
export interface SettledRequest {
  person: string;
  how: 'approved' | 'declined' | 'withdrawn' | 'lapsed';
  by: string | null;
}
/** In slice `backstage`. All lists oldest first. */
export interface ReceivedRequestsState {
  waiting: WaitingRequest[];
  invitations: Invitation[];
  countdowns: Countdown[];
  /** The latest of each person, so that the slower of two speakers learns who decided. */
  settled: SettledRequest[];
}

/** What came to its end without my doing, the last time, so that I am told. `by`: who took an invitation back. */
export interface LapsedRequest {
  what: 'request' | 'invitation' | 'countdown';
  reason: LapseReason | 'withdrawn';
  by: string | null;
  at: string;
}

/** In slice `person:x`. At most one of `request`, `invitation` and `countdown` is there. */
export interface OwnRequestsState {
  request: ({ askedAt: string } & ChosenMedia) | null;
  invitation: { by: string; invitedAt: string } | null;
  countdown: CountdownFacts | null;
  declined: { at: string; mayAskAgainAt: string } | null;
  lapsed: LapsedRequest | null;
}

export type RequestsRefusal =
  | 'session-not-live'
  | 'session-ended'
  | 'requests-closed'
  | 'asked-too-soon'
  | 'already-on-stage'
  | 'request-decided'
  | 'request-withdrawn'
  | 'request-lapsed'
  | 'no-such-request'
  | 'no-such-invitation'
  | 'no-countdown'
  | 'not-present'
  | 'screen-full'
  | 'stage-full'
  | 'timer-obsolete';
