// Owns who is on stage (rules ST1–ST11 in SPEC.md); screens.ts says who may share a screen. LiveKit carries what this says; it never says it itself.
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import type { Actor, AudienceEvent, Command, Decision } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type { OnStage, OwnStageState, StageEvent, StageState } from './contract.ts';

export const initialStage: StageState = { onStage: [] };
export const initialOwnStage: OwnStageState = { removed: null, muted: null };

export function evolveStage(state: StageState, event: AudienceEvent): StageState {
  const { type, body } = event as AudienceEvent & StageEvent;
  switch (type) {
    case 'stage.entered':
      return { onStage: [...state.onStage, { ...body, enteredAt: event.at }] };
    case 'stage.left':
      return { onStage: state.onStage.filter((one) => one.person !== body.person) };
    case 'stage.media-changed': {
      const { by: _, ...media } = body;
      return { onStage: state.onStage.map((one) => (one.person === body.person ? { ...one, ...media } : one)) };
    }
    case 'stage.screen-changed':
      return {
        onStage: state.onStage.map(({ screen, ...one }) => {
          const isOn = one.person === body.person ? body.on : screen;
          return isOn ? { ...one, screen: true } : one;
        }),
      };
    default:
      return state;
  }
}

export function evolveOwnStage(state: OwnStageState, event: AudienceEvent): OwnStageState {
  const { type, body } = event as AudienceEvent & StageEvent;
  if (type === 'stage.you-were-removed') return { ...state, removed: { by: body.by, at: event.at } };
  if (type === 'stage.you-were-muted') return { ...state, muted: { by: body.by, at: event.at } };
  return state;
}

export function findOnStage(state: StageState, person: string): OnStage | undefined {
  return state.onStage.find((one) => one.person === person);
}

export interface StageView {
  stage: StageState;
  lifecycle: LifecycleState;
  /** Places that are promised to people in a countdown. */
  reserved: number;
}

export function decideStage(state: StageView, command: Command, actor: Actor): Decision<StageEvent> {
  if (actor.kind !== 'person') return refuse('unknown-command');
  const person = actor.personId;
  const here = findOnStage(state.stage, person);
  switch (command.type) {
    case 'stage.enter': {
      const { microphone, camera } = command.body as { microphone: boolean; camera: boolean };
      if (state.lifecycle.phase === 'ended') return refuse('session-ended');
      if (state.lifecycle.phase === 'unscheduled') return refuse('session-not-scheduled');
      if (here && here.as !== 'participant') return enterAgain(here, { microphone, camera });
      const entered: StageEvent = { audience: 'all', type: 'stage.entered', body: { person, microphone, camera } };
      // They were on screen as a participant, and come back as the speaker that they are.
      if (here) return { events: [{ audience: 'all', type: 'stage.left', body: { person } }, entered] };
      const limit = state.lifecycle.stageLimit;
      if (state.stage.onStage.length + state.reserved >= limit) return refuse('stage-full', { limit });
      return { events: [entered] };
    }
    case 'stage.leave':
      if (!here) return refuse('not-on-stage');
      return { events: [{ audience: 'all', type: 'stage.left', body: { person } }] };
    case 'stage.set-media':
      if (!here) return refuse('not-on-stage');
      return changeMedia(here, command.body as { microphone?: boolean; camera?: boolean });
    case 'stage.mute':
      return mute(state.stage, command.body.person as string, person);
    case 'stage.remove':
      return remove(state.stage, command.body.person as string, person);
    default:
      return refuse('unknown-command');
  }
}

/** A page that has just been opened shares nothing (ST17). */
function enterAgain(here: OnStage, wanted: { microphone: boolean; camera: boolean }): Decision<StageEvent> {
  const changed = changeMedia(here, wanted);
  if ('refusal' in changed || !here.screen) return changed;
  return {
    events: [...changed.events, { audience: 'all', type: 'stage.screen-changed', body: { person: here.person, on: false } }],
  };
}

function changeMedia(here: OnStage, wanted: { microphone?: boolean; camera?: boolean }): Decision<StageEvent> {
  const microphone = wanted.microphone ?? here.microphone;
  const camera = wanted.camera ?? here.camera;
  if (microphone === here.microphone && camera === here.camera) return { events: [] };
  return { events: [{ audience: 'all', type: 'stage.media-changed', body: { person: here.person, microphone, camera } }] };
}

function mute(state: StageState, person: string, by: string): Decision<StageEvent> {
  const there = findOnStage(state, person);
  if (!there) return refuse('left-the-stage');
  if (!there.microphone) return { events: [] };
  return {
    events: [
      { audience: 'all', type: 'stage.media-changed', body: { person, microphone: false, camera: there.camera, by } },
      { audience: `person:${person}`, type: 'stage.you-were-muted', body: { by } },
    ],
  };
}

function remove(state: StageState, person: string, by: string): Decision<StageEvent> {
  const there = findOnStage(state, person);
  if (!there) return refuse('left-the-stage');
  if (there.as !== 'participant') return refuse('cannot-remove-a-speaker');
  return {
    events: [
      { audience: 'all', type: 'stage.left', body: { person } },
      { audience: `person:${person}`, type: 'stage.you-were-removed', body: { by } },
    ],
  };
}

/** Whoever is gone from the Session, or no longer a speaker, does not stay on stage (ST4, ST5). */
export function leaveStage(state: StageState, persons: readonly string[]): Extract<StageEvent, { type: 'stage.left' }>[] {
  const gone = new Set(persons);
  return state.onStage
    .filter((one) => gone.has(one.person))
    .map((one) => ({ audience: 'all', type: 'stage.left', body: { person: one.person } }));
}
