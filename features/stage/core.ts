// Owns who is on stage (rules ST1–ST6 in SPEC.md). LiveKit carries what this says; it never says it itself.
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import type { Actor, AudienceEvent, Command, Decision } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type { OnStage, StageEvent, StageState } from './contract.ts';

export const initialStage: StageState = { onStage: [] };

export function evolveStage(state: StageState, event: AudienceEvent): StageState {
  const { type, body } = event as AudienceEvent & StageEvent;
  switch (type) {
    case 'stage.entered':
      return { onStage: [...state.onStage, { ...body, enteredAt: event.at }] };
    case 'stage.left':
      return { onStage: state.onStage.filter((one) => one.person !== body.person) };
    case 'stage.media-changed':
      return { onStage: state.onStage.map((one) => (one.person === body.person ? { ...one, ...body } : one)) };
    default:
      return state;
  }
}

export function findOnStage(state: StageState, person: string): OnStage | undefined {
  return state.onStage.find((one) => one.person === person);
}

export function decideStage(
  state: { stage: StageState; lifecycle: LifecycleState },
  command: Command,
  actor: Actor,
): Decision<StageEvent> {
  if (actor.kind !== 'person') return refuse('unknown-command');
  const person = actor.personId;
  const here = findOnStage(state.stage, person);
  switch (command.type) {
    case 'stage.enter': {
      const { microphone, camera } = command.body as { microphone: boolean; camera: boolean };
      if (state.lifecycle.phase === 'ended') return refuse('session-ended');
      if (state.lifecycle.phase === 'unscheduled') return refuse('session-not-scheduled');
      if (here) return changeMedia(here, { microphone, camera });
      const limit = state.lifecycle.stageLimit;
      if (state.stage.onStage.length >= limit) return refuse('stage-full', { limit });
      return { events: [{ audience: 'all', type: 'stage.entered', body: { person, microphone, camera } }] };
    }
    case 'stage.leave':
      if (!here) return refuse('not-on-stage');
      return { events: [{ audience: 'all', type: 'stage.left', body: { person } }] };
    case 'stage.set-media':
      if (!here) return refuse('not-on-stage');
      return changeMedia(here, command.body as { microphone?: boolean; camera?: boolean });
    default:
      return refuse('unknown-command');
  }
}

function changeMedia(here: OnStage, wanted: { microphone?: boolean; camera?: boolean }): Decision<StageEvent> {
  const microphone = wanted.microphone ?? here.microphone;
  const camera = wanted.camera ?? here.camera;
  if (microphone === here.microphone && camera === here.camera) return { events: [] };
  return { events: [{ audience: 'all', type: 'stage.media-changed', body: { person: here.person, microphone, camera } }] };
}

/** Whoever is gone from the Session, or no longer a speaker, does not stay on stage (ST4, ST5). */
export function leaveStage(state: StageState, persons: readonly string[]): StageEvent[] {
  const gone = new Set(persons);
  return state.onStage
    .filter((one) => gone.has(one.person))
    .map((one) => ({ audience: 'all', type: 'stage.left', body: { person: one.person } }));
}
