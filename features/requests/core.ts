// Owns what is decided about requests, invitations and countdowns (rules RQ1–RQ13 in SPEC.md). Being on stage is features/stage's.
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import type { PeopleState } from '#features/people/contract.ts';
import type { StageState } from '#features/stage/contract.ts';
import type { Actor, Command, Decision, DraftEvent, Timer } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type {
  ChosenMedia,
  Countdown,
  LapseReason,
  OwnRequestsState,
  ReceivedRequestsState,
  RequestsEvent,
  RequestsState,
} from './contract.ts';
import { askAgainAfterMs, countdownMs } from './contract.ts';

export interface RequestsView {
  requests: RequestsState;
  received: ReceivedRequestsState;
  /** The actor's own slice. */
  own: OwnRequestsState;
  lifecycle: LifecycleState;
  stage: StageState;
  people: PeopleState;
}

type Decided = Decision<RequestsEvent | DraftEvent>;
const later = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();
const isOnStage = (state: RequestsView, person: string) => state.stage.onStage.some((one) => one.person === person);
const countdownOf = (state: RequestsView, person: string): Countdown | undefined =>
  state.received.countdowns.find((one) => one.person === person);

export function decideRequests(state: RequestsView, command: Command, actor: Actor, now: string): Decided {
  if (command.type === 'requests.go-on-screen') return goOnScreen(state, command.body.timerId as string, now);
  if (actor.kind !== 'person') return refuse('unknown-command');
  const me = actor.personId;
  switch (command.type) {
    case 'requests.set-open':
      return setOpen(state, command.body.open as boolean);
    case 'requests.set-limit':
      return setLimit(state, command.body.limit as number);
    case 'requests.withdraw':
      return withdraw(state, me);
    case 'requests.cancel':
      return cancel(state, me);
    case 'requests.decline-invitation':
      return declineInvitation(state, me);
    case 'requests.withdraw-invitation':
      return withdrawInvitation(state, command.body.person as string, me);
    case 'requests.set-media':
      return chooseMedia(state, me, command.body as Partial<ChosenMedia>);
  }
  // Everything else begins something, and only a live Session has a stage to come to.
  if (state.lifecycle.phase === 'ended') return refuse('session-ended');
  if (state.lifecycle.phase !== 'live') return refuse('session-not-live');
  const person = command.body.person as string;
  switch (command.type) {
    case 'requests.send':
      return send(state, me, command.body as unknown as ChosenMedia, command.id, now);
    case 'requests.approve':
      return approve(state, person, me, command.id, now);
    case 'requests.decline':
      return decline(state, person, me, now);
    case 'requests.invite':
      return invite(state, person, me, command.id, now);
    case 'requests.accept-invitation':
      return acceptInvitation(state, me, command.body as unknown as ChosenMedia, command.id, now);
    default:
      return refuse('unknown-command');
  }
}

function setOpen(state: RequestsView, open: boolean): Decided {
  if (state.lifecycle.phase === 'ended') return refuse('session-ended');
  if (state.requests.open === open) return { events: [] };
  return { events: [{ audience: 'all', type: 'requests.open-set', body: { open } }] };
}

function setLimit(state: RequestsView, limit: number): Decided {
  if (state.lifecycle.phase === 'ended') return refuse('session-ended');
  if (state.requests.limit === limit) return { events: [] };
  return { events: [{ audience: 'all', type: 'requests.limit-set', body: { limit } }] };
}

function send(state: RequestsView, me: string, { microphone, camera }: ChosenMedia, id: string, now: string): Decided {
  if (isOnStage(state, me)) return refuse('already-on-stage');
  if (state.own.request || countdownOf(state, me)) return { events: [] };
  if (state.own.invitation) return acceptInvitation(state, me, { microphone, camera }, id, now);
  if (!state.requests.open) return refuse('requests-closed');
  const mayAskAgainAt = state.own.declined?.mayAskAgainAt;
  if (mayAskAgainAt && now < mayAskAgainAt) {
    const retryAfterSeconds = Math.ceil((Date.parse(mayAskAgainAt) - Date.parse(now)) / 1000);
    return refuse('asked-too-soon', { mayAskAgainAt, retryAfterSeconds });
  }
  // Presence is compared a moment later. A request of somebody who is not known to be here, or only as the speaker
  // that they were until now, would not lapse when they go, or come back as one.
  const arrived = state.people.present[me] === 'participant' ? [] : [{ person: me, as: 'participant' }];
  return {
    events: [
      ...(arrived.length > 0 ? [{ audience: 'all' as const, type: 'people.changed', body: { arrived, left: [] } }] : []),
      { audience: 'backstage', type: 'requests.sent', body: { person: me, microphone, camera } },
      { audience: `person:${me}`, type: 'requests.you-asked', body: { microphone, camera } },
    ],
  };
}

function withdraw(state: RequestsView, me: string): Decided {
  if (countdownOf(state, me)) return refuse('request-decided');
  if (!state.own.request) return refuse('no-such-request');
  return {
    events: [
      { audience: 'backstage', type: 'requests.withdrawn', body: { person: me } },
      { audience: `person:${me}`, type: 'requests.you-withdrew', body: {} },
    ],
  };
}

/** Why a request cannot be decided any more; null decision of the same speaker is a repeat (RQ3, RQ4). */
function notWaiting(state: RequestsView, person: string, me: string, wanted: 'approved' | 'declined'): Decided {
  const settled = state.received.settled.find((one) => one.person === person);
  if (!settled) return refuse('no-such-request');
  if (settled.how === 'withdrawn') return refuse('request-withdrawn');
  if (settled.how === 'lapsed') return refuse('request-lapsed');
  if (settled.by === me && settled.how === wanted) return { events: [] };
  return refuse('request-decided', { by: settled.by ?? '', how: settled.how });
}

function approve(state: RequestsView, person: string, me: string, id: string, now: string): Decided {
  const request = state.received.waiting.find((one) => one.person === person);
  if (!request) return notWaiting(state, person, me, 'approved');
  return startCountdown(state, person, me, request, id, now);
}

function decline(state: RequestsView, person: string, me: string, now: string): Decided {
  if (!state.received.waiting.some((one) => one.person === person)) return notWaiting(state, person, me, 'declined');
  const mayAskAgainAt = later(now, askAgainAfterMs);
  return {
    events: [
      { audience: 'backstage', type: 'requests.declined', body: { person, by: me } },
      { audience: `person:${person}`, type: 'requests.you-were-declined', body: { mayAskAgainAt } },
    ],
  };
}

function full(state: RequestsView): { refusal: { code: string } } | null {
  const { countdowns } = state.received;
  const onScreen = state.stage.onStage.filter((one) => one.as === 'participant').length;
  const { limit } = state.requests;
  if (onScreen + countdowns.length >= limit) return refuse('screen-full', { limit });
  const { stageLimit } = state.lifecycle;
  if (state.stage.onStage.length + countdowns.length >= stageLimit) return refuse('stage-full', { limit: stageLimit });
  return null;
}

function startCountdown(
  state: RequestsView,
  person: string,
  by: string,
  { microphone, camera }: ChosenMedia,
  id: string,
  now: string,
): Decided {
  const refusal = full(state);
  if (refusal) return refusal;
  const countdown = { timerId: `countdown-${id}`, dueAt: later(now, countdownMs), microphone, camera };
  return {
    events: [
      { audience: 'backstage', type: 'requests.countdown-started', body: { person, by, ...countdown } },
      { audience: `person:${person}`, type: 'requests.your-countdown-started', body: countdown },
    ],
  };
}

function invite(state: RequestsView, person: string, me: string, id: string, now: string): Decided {
  if (isOnStage(state, person)) return refuse('already-on-stage');
  if (state.people.present[person] !== 'participant') return refuse('not-present');
  if (countdownOf(state, person) || state.received.invitations.some((one) => one.person === person)) return { events: [] };
  if (state.received.waiting.some((one) => one.person === person)) return approve(state, person, me, id, now);
  const refusal = full(state);
  if (refusal) return refusal;
  return {
    events: [
      { audience: 'backstage', type: 'requests.invited', body: { person, by: me } },
      { audience: `person:${person}`, type: 'requests.you-were-invited', body: { by: me } },
    ],
  };
}

function acceptInvitation(state: RequestsView, me: string, chosen: ChosenMedia, id: string, now: string): Decided {
  const invitation = state.received.invitations.find((one) => one.person === me);
  if (!invitation) return countdownOf(state, me) ? { events: [] } : refuse('no-such-invitation');
  return startCountdown(state, me, invitation.by, chosen, id, now);
}

function declineInvitation(state: RequestsView, me: string): Decided {
  if (!state.own.invitation) return refuse('no-such-invitation');
  return {
    events: [
      { audience: 'backstage', type: 'requests.invitation-declined', body: { person: me } },
      { audience: `person:${me}`, type: 'requests.you-declined-invitation', body: {} },
    ],
  };
}

function withdrawInvitation(state: RequestsView, person: string, by: string): Decided {
  if (!state.received.invitations.some((one) => one.person === person)) return refuse('no-such-invitation');
  return {
    events: [
      { audience: 'backstage', type: 'requests.invitation-withdrawn', body: { person, by } },
      { audience: `person:${person}`, type: 'requests.your-invitation-was-withdrawn', body: { by } },
    ],
  };
}

function cancel(state: RequestsView, me: string): Decided {
  if (!countdownOf(state, me)) return refuse(isOnStage(state, me) ? 'already-on-stage' : 'no-countdown');
  return {
    events: [
      { audience: 'backstage', type: 'requests.cancelled', body: { person: me } },
      { audience: `person:${me}`, type: 'requests.you-cancelled', body: {} },
    ],
  };
}

function chooseMedia(state: RequestsView, me: string, wanted: Partial<ChosenMedia>): Decided {
  const countdown = countdownOf(state, me);
  if (!countdown) return refuse('no-countdown');
  const { microphone = countdown.microphone, camera = countdown.camera } = wanted;
  if (microphone === countdown.microphone && camera === countdown.camera) return { events: [] };
  return {
    events: [
      { audience: 'backstage', type: 'requests.media-chosen', body: { person: me, microphone, camera } },
      { audience: `person:${me}`, type: 'requests.you-chose-media', body: { microphone, camera } },
    ],
  };
}

function goOnScreen(state: RequestsView, timerId: string, now: string): Decided {
  const countdown = state.received.countdowns.find((one) => one.timerId === timerId);
  if (!countdown || now < countdown.dueAt) return refuse('timer-obsolete');
  const { person, microphone, camera } = countdown;
  return {
    events: [
      { audience: 'all', type: 'stage.entered', body: { person, microphone, camera, as: 'participant' } },
      { audience: 'backstage', type: 'requests.went-on-screen', body: { person } },
      { audience: `person:${person}`, type: 'requests.you-went-on-screen', body: {} },
    ],
  };
}

/** What these people have pending is gone (RQ12). `persons` null: everybody's. */
export function lapseRequests(
  received: ReceivedRequestsState,
  persons: readonly string[] | null,
  reason: LapseReason,
): RequestsEvent[] {
  const pending = [...received.waiting, ...received.invitations, ...received.countdowns].map((one) => one.person);
  const gone = persons && new Set(persons);
  return pending
    .filter((person) => !gone || gone.has(person))
    .flatMap((person): RequestsEvent[] => [
      { audience: 'backstage', type: 'requests.lapsed', body: { person, reason } },
      { audience: `person:${person}`, type: 'requests.yours-lapsed', body: { reason } },
    ]);
}

export function requestsTimers({ countdowns }: ReceivedRequestsState): Timer[] {
  return countdowns.map(({ timerId, dueAt }) => ({
    id: timerId,
    dueAt,
    command: { type: 'requests.go-on-screen', body: { timerId } },
  }));
}
