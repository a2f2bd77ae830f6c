// Owns the Session as one kind of stream: routes a command to its capability, and adds what follows in others. Pure.

import type { ChatChannel } from '#features/chat/contract.ts';
import { chatCommands } from '#features/chat/contract.ts';
import { decideChat } from '#features/chat/core.ts';
import { lifecycleCommands, lifecycleSystemCommands } from '#features/lifecycle/contract.ts';
import { decideLifecycle, followAttendance, lifecycleTimers } from '#features/lifecycle/core.ts';
import { peopleCommands, peopleSystemCommands } from '#features/people/contract.ts';
import { arriveAsSpeakers, decidePeople } from '#features/people/core.ts';
import { questionsCommands } from '#features/questions/contract.ts';
import { decideQuestions } from '#features/questions/core.ts';
import { stageCommands } from '#features/stage/contract.ts';
import { decideStage, leaveStage } from '#features/stage/core.ts';
import type { Actor, Audience, AudienceEvent, Command, Decider, Decision, DraftEvent } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type { Power } from './powers.ts';
import { may, powers, roleOf } from './powers.ts';
import type { SessionState } from './state.ts';
import { allOf, backstageOf, evolveSlice, initialSlice, personOf } from './state.ts';

export const sessionCommands = {
  ...lifecycleCommands,
  ...stageCommands,
  ...peopleCommands,
  ...chatCommands,
  ...questionsCommands,
};
export const sessionSystemCommands = { ...lifecycleSystemCommands, ...peopleSystemCommands };

/** What lists of many Sessions show, stored beside the head. */
export interface SessionSummary {
  phase: string;
  startedAt: string | null;
  endedAt: string | null;
  present: number;
  /** Ids of the speakers who are on stage (backstage before the start). */
  inside: string[];
}

function powerFor(command: Command): Power | null {
  if (command.type === 'chat.send' && command.body.channel === 'backstage') return 'chat.send-backstage';
  return Object.hasOwn(powers, command.type) ? (command.type as Power) : null;
}

function decideCapability(state: SessionState, command: Command, actor: Actor, now: string): Decision {
  const all = allOf(state);
  const backstage = backstageOf(state);
  switch (command.type.slice(0, command.type.indexOf('.'))) {
    case 'lifecycle':
      return decideLifecycle(all.lifecycle, command, actor, now);
    case 'stage':
      return decideStage(all, command, actor);
    case 'people':
      return decidePeople({ ...all, removed: backstage.people }, command, actor);
    case 'chat': {
      const chat: Record<ChatChannel, typeof all.chat> = { everyone: all.chat, backstage: backstage.chat };
      const moderates = roleOf(state, actor) === 'speaker';
      return decideChat({ chat, lifecycle: all.lifecycle, moderates }, command, actor);
    }
    case 'questions': {
      const own = actor.kind === 'person' ? personOf(state, actor.personId) : personOf(state, '');
      const moderates = roleOf(state, actor) === 'speaker';
      const questions = { questions: all.questions, received: backstage.questions, own: own.questions };
      return decideQuestions({ ...questions, lifecycle: all.lifecycle, moderates }, command, actor, now);
    }
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

/** People who no longer belong on stage after these events (ST4, ST5). */
function noLongerOnStage(state: SessionState, drafts: readonly DraftEvent[]): string[] {
  const gone: string[] = [];
  for (const { type, body } of drafts) {
    if (type === 'lifecycle.roster-set') {
      const speakers = new Set(body.speakers as string[]);
      gone.push(
        ...allOf(state)
          .stage.onStage.map((one) => one.person)
          .filter((person) => !speakers.has(person)),
      );
    }
    if (type === 'people.removed') gone.push(body.person as string);
    if (type === 'people.changed') {
      gone.push(...(body.left as string[]));
      const arrived = body.arrived as { person: string; as: string }[];
      gone.push(...arrived.filter((one) => one.as === 'participant').map((one) => one.person));
    }
  }
  return gone;
}

/** Adds to the events of one capability what follows from them in the others. */
export function withConsequences(state: SessionState, drafts: DraftEvent[], timerId: string, now: string): DraftEvent[] {
  const left = leaveStage(allOf(state).stage, noLongerOnStage(state, drafts));
  const alreadyLeft = new Set(drafts.filter((one) => one.type === 'stage.left').map((one) => one.body.person));
  const entered = drafts.filter((one) => one.type === 'stage.entered').map((one) => one.body.person as string);
  const events: DraftEvent[] = [
    ...drafts,
    ...left.filter((one) => !alreadyLeft.has(one.body.person)),
    ...arriveAsSpeakers(allOf(state).people, entered),
  ];
  const after = allOf(foldDrafts(state, events, now));
  const inside = after.stage.onStage.filter((one) => after.lifecycle.speakers.includes(one.person)).length;
  return [...events, ...followAttendance(after.lifecycle, inside, timerId, now)];
}

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
  const { lifecycle, people, stage } = allOf(state);
  return {
    phase: lifecycle.phase,
    startedAt: lifecycle.startedAt,
    endedAt: lifecycle.endedAt,
    present: Object.keys(people.present).length,
    inside: stage.onStage.filter((one) => lifecycle.speakers.includes(one.person)).map((one) => one.person),
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
  /** Every event is at version 1 so far. */
  upcast: (event) => event,
  timers: (state) => lifecycleTimers(allOf(state).lifecycle),
  summary,
};
