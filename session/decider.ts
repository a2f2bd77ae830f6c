// Owns the Session as one kind of stream: routes a command to its capability, and adds what follows in others. Pure.

import { breakoutsCommands, breakoutsSystemCommands, roomOfPerson } from '#features/breakouts/contract.ts';
import { breakoutsTimers, decideBreakouts, followBreakouts, muteInRoom } from '#features/breakouts/core.ts';
import { chatCommands } from '#features/chat/contract.ts';
import { decideChat } from '#features/chat/core.ts';
import { lifecycleCommands, lifecycleSystemCommands } from '#features/lifecycle/contract.ts';
import { decideLifecycle, followAttendance, lifecycleTimers } from '#features/lifecycle/core.ts';
import { materialsCommands, materialsSystemCommands } from '#features/materials/contract.ts';
import { decideMaterials } from '#features/materials/core.ts';
import { followMaterials } from '#features/materials/follow.ts';
import { peopleCommands, peopleSystemCommands } from '#features/people/contract.ts';
import { arriveAsSpeakers, decidePeople } from '#features/people/core.ts';
import { questionsCommands } from '#features/questions/contract.ts';
import { decideQuestions } from '#features/questions/core.ts';
import type { LapseReason } from '#features/requests/contract.ts';
import { requestsCommands, requestsSystemCommands } from '#features/requests/contract.ts';
import { decideRequests, lapseRequests, requestsTimers } from '#features/requests/core.ts';
import { stageCommands } from '#features/stage/contract.ts';
import { decideStage, leaveStage } from '#features/stage/core.ts';
import type { Actor, Audience, AudienceEvent, Command, Decider, Decision, DraftEvent } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import { versionsOf } from '#platform/log/upcasting.ts';
import { breakoutsView, chatRoomOf, comesFromRoom, intoRooms, presentationsInRooms } from './breakouts-view.ts';
import { wordsOf } from './erasing.ts';
import { materialsView, presentedByPlace } from './materials-view.ts';
import type { Power } from './powers.ts';
import { may, powers, roleOf } from './powers.ts';
import { besideScreens, decideScreen, followScreens, withScreenInRoom } from './screens.ts';
import type { AllSlice, SessionState } from './state.ts';
import { allOf, backstageOf, evolveSlice, initialSlice, personOf } from './state.ts';
import { sessionUpcasters } from './upcasters.ts';

export const sessionCommands = {
  ...lifecycleCommands,
  ...stageCommands,
  ...peopleCommands,
  ...chatCommands,
  ...questionsCommands,
  ...requestsCommands,
  ...materialsCommands,
  ...breakoutsCommands,
};
export const sessionSystemCommands = {
  ...lifecycleSystemCommands,
  ...peopleSystemCommands,
  ...requestsSystemCommands,
  ...materialsSystemCommands,
  ...breakoutsSystemCommands,
};

/** What lists of many Sessions show, stored beside the head. */
export interface SessionSummary {
  phase: string;
  startedAt: string | null;
  endedAt: string | null;
  present: number;
  /** Ids of the speakers who are on stage (backstage before the start). */
  inside: string[];
  /** Ids of all who are on stage, participants too. */
  onStage: string[];
}

function powerFor(command: Command): Power | null {
  // Whatever one does there: who does not receive it learns nothing of what is said.
  if (command.type.startsWith('chat.') && command.body.channel === 'backstage') return 'chat.send-backstage';
  return Object.hasOwn(powers, command.type) ? (command.type as Power) : null;
}

function decideCapability(state: SessionState, command: Command, actor: Actor, now: string): Decision {
  const all = allOf(state);
  const backstage = backstageOf(state);
  switch (command.type.slice(0, command.type.indexOf('.'))) {
    case 'lifecycle':
      return decideLifecycle(all.lifecycle, command, actor, now);
    case 'stage': {
      if (command.type === 'stage.share-screen' || command.type === 'stage.stop-screen')
        return decideScreen(state, command, actor);
      const muted = command.type === 'stage.mute' ? (command.body.person as string) : '';
      const room = roomOfPerson(all.breakouts, muted);
      if (room !== null && actor.kind === 'person') return muteInRoom(breakoutsView(state, actor), room, muted, actor.personId);
      if (comesFromRoom(all.breakouts, command, actor)) return refuse('in-a-breakout-room');
      return decideStage({ ...all, reserved: backstage.requests.countdowns.length }, command, actor);
    }
    case 'people':
      return decidePeople({ ...all, removed: backstage.people }, command, actor);
    case 'chat': {
      const own = personOf(state, actor.kind === 'person' ? actor.personId : '').chat;
      const moderates = roleOf(state, actor) === 'speaker';
      const { chat, lifecycle, people } = all;
      const room = chatRoomOf(state, actor);
      const view = { chat, backstage: backstage.chat, own, lifecycle, present: people.present, moderates, room };
      return decideChat(view, command, actor, now);
    }
    case 'questions': {
      const own = actor.kind === 'person' ? personOf(state, actor.personId) : personOf(state, '');
      const moderates = roleOf(state, actor) === 'speaker';
      const questions = { questions: all.questions, received: backstage.questions, own: own.questions };
      return decideQuestions({ ...questions, lifecycle: all.lifecycle, moderates }, command, actor, now);
    }
    case 'requests': {
      if (comesFromRoom(all.breakouts, command, actor)) return refuse('in-a-breakout-room');
      const own = personOf(state, actor.kind === 'person' ? actor.personId : '').requests;
      return decideRequests({ ...all, received: backstage.requests, own }, command, actor, now);
    }
    case 'materials':
      return besideScreens(state, command, actor, decideMaterials(materialsView(state, actor), command, actor, now));
    case 'breakouts':
      return withScreenInRoom(state, command, actor, decideBreakouts(breakoutsView(state, actor), command, actor, now));
    default:
      return refuse('unknown-command');
  }
}

/** Folds drafts as if they were committed, so that what follows is decided on the state after them. */
function foldDrafts(state: SessionState, drafts: readonly DraftEvent[], now: string): SessionState {
  const next: Record<string, unknown> = { ...state };
  for (const { audience, type, body } of drafts) {
    const slice = next[audience] ?? initialSlice(audience);
    next[audience] = evolveSlice(audience, slice, { seq: 0, v: 1, at: now, type, body });
  }
  return next as SessionState;
}

interface Gone {
  stage: string[];
  requests: DraftEvent[];
}

/** Who no longer belongs on stage, and whose requests are void, after these events (ST4, ST5, RQ12). */
function noLongerHere(state: SessionState, drafts: readonly DraftEvent[]): Gone {
  const gone: Gone = { stage: [], requests: [] };
  const speakersOnStage = allOf(state)
    .stage.onStage.filter((one) => one.as !== 'participant')
    .map((one) => one.person);
  const lapse = (persons: readonly string[] | null, reason: LapseReason) =>
    gone.requests.push(...lapseRequests(backstageOf(state).requests, persons, reason));
  for (const { type, body } of drafts) {
    if (type === 'lifecycle.roster-set') {
      const speakers = new Set(body.speakers as string[]);
      gone.stage.push(...speakersOnStage.filter((person) => !speakers.has(person)));
    }
    if (type === 'lifecycle.ended') lapse(null, 'ended');
    const gotRoom = intoRooms(type, body);
    if (gotRoom.length > 0) lapse(gotRoom, 'room');
    if (type === 'people.removed') {
      gone.stage.push(body.person as string);
      lapse([body.person as string], 'removed');
    }
    if (type === 'stage.entered' && body.as !== 'participant') lapse([body.person as string], 'speaker');
    if (type === 'people.changed') {
      const left = body.left as string[];
      const arrived = body.arrived as { person: string; as: string }[];
      const arrivedAs = (as: string) => arrived.filter((one) => one.as === as).map((one) => one.person);
      gone.stage.push(...left, ...arrivedAs('participant').filter((person) => speakersOnStage.includes(person)));
      lapse(left, 'left');
      lapse(arrivedAs('speaker'), 'speaker');
    }
  }
  return gone;
}

/** The speakers who are on stage as speakers. */
const speakersInside = ({ lifecycle, stage }: AllSlice): string[] =>
  stage.onStage.filter((one) => one.as !== 'participant' && lifecycle.speakers.includes(one.person)).map((one) => one.person);

/** Adds to the events of one capability what follows from them in the others. */
export function withConsequences(state: SessionState, drafts: DraftEvent[], timerId: string, now: string): DraftEvent[] {
  const gone = noLongerHere(state, drafts);
  const left = leaveStage(allOf(state).stage, gone.stage);
  const alreadyLeft = new Set(drafts.filter((one) => one.type === 'stage.left').map((one) => one.body.person));
  const entered = drafts
    .filter((one) => one.type === 'stage.entered' && one.body.as !== 'participant')
    .map((one) => one.body.person as string);
  const lapsed = new Set<string>();
  const events: DraftEvent[] = [
    ...drafts,
    ...left.filter((one) => !alreadyLeft.has(one.body.person)),
    ...gone.requests.filter(isFirstOf(lapsed)),
    ...arriveAsSpeakers(allOf(state).people, entered),
  ];
  const materials = { places: presentedByPlace(state), backstage: backstageOf(state).materials };
  events.push(...followBreakouts(breakoutsView(state, { kind: 'system' }), drafts, now));
  events.push(...followMaterials(materials, events, now));
  if (!drafts.some((one) => one.type === 'lifecycle.ended')) events.push(...presentationsInRooms(state, events, now));
  events.push(...followScreens(state, events));
  const after = allOf(foldDrafts(state, events, now));
  return [...events, ...followAttendance(after.lifecycle, speakersInside(after).length, timerId, now)];
}

/** A removal says twice that somebody is gone; once is enough. */
const isFirstOf = (seen: Set<string>) => (event: DraftEvent) => {
  const key = `${event.audience} ${event.body.person ?? ''}`;
  return !seen.has(key) && Boolean(seen.add(key));
};

function decide(state: SessionState, command: Command, actor: Actor, now: string): Decision {
  const power = powerFor(command);
  if (!power) return refuse('unknown-command');
  const role = roleOf(state, actor);
  if (!may(role, power)) return refuse(role === 'removed' ? 'removed' : 'not-allowed');
  const decision = decideCapability(state, command, actor, now);
  if ('refusal' in decision || decision.events.length === 0) return decision;
  return { events: withConsequences(state, decision.events, `unattended-${command.id}`, now) };
}

function summary(state: SessionState): SessionSummary & Record<string, unknown> {
  const all = allOf(state);
  const { lifecycle, people } = all;
  return {
    phase: lifecycle.phase,
    startedAt: lifecycle.startedAt,
    endedAt: lifecycle.endedAt,
    present: Object.keys(people.present).length,
    inside: speakersInside(all),
    onStage: all.stage.onStage.map((one) => one.person),
  };
}

export const sessionDecider: Decider<SessionState> = {
  kind: 'session',
  parseCommand(type, body) {
    if (!Object.hasOwn(sessionCommands, type)) return { ok: false };
    const parsed = sessionCommands[type as keyof typeof sessionCommands].safeParse(body);
    return parsed.success ? { ok: true, body: parsed.data as Record<string, unknown> } : { ok: false };
  },
  initialSlice: (audience: Audience) => initialSlice(audience),
  evolveSlice: (audience: Audience, slice: unknown, event: AudienceEvent) => evolveSlice(audience, slice, event),
  decide,
  consequences: (state, facts, now) => withConsequences(state, facts, `unattended-${now}`, now),
  ...versionsOf(sessionUpcasters),
  wordsOf,
  timers: (state) => [
    ...lifecycleTimers(allOf(state).lifecycle),
    ...requestsTimers(backstageOf(state).requests),
    ...breakoutsTimers(allOf(state).breakouts),
  ],
  summary,
};
