// Owns presence as a fact in the log, and removal (rules PE1–PE5 in SPEC.md). Connections and their expiry are platform/live's.
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import type { Actor, AudienceEvent, Command, Decision } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type { OwnPeopleState, PeopleEvent, PeopleState, PresentAs, RemovedState } from './contract.ts';

export const initialPeople: PeopleState = { present: {} };
export const initialRemoved: RemovedState = { removed: {} };
export const initialOwnPeople: OwnPeopleState = { removed: false };

export function evolvePeople(state: PeopleState, event: AudienceEvent): PeopleState {
  const { type, body } = event as AudienceEvent & PeopleEvent;
  if (type !== 'people.changed') return state;
  const present = { ...state.present };
  for (const person of body.left) delete present[person];
  for (const { person, as } of body.arrived) present[person] = as;
  return { present };
}

export function evolveRemoved(state: RemovedState, event: AudienceEvent): RemovedState {
  const { type, body } = event as AudienceEvent & PeopleEvent;
  if (type === 'people.removed') return { removed: { ...state.removed, [body.person]: body.by } };
  if (type === 'people.readmitted') {
    const { [body.person]: _, ...removed } = state.removed;
    return { removed };
  }
  return state;
}

export function evolveOwnPeople(state: OwnPeopleState, event: AudienceEvent): OwnPeopleState {
  if (event.type === 'people.you-were-removed') return { removed: true };
  if (event.type === 'people.you-were-readmitted') return { removed: false };
  return state;
}

interface View {
  people: PeopleState;
  removed: RemovedState;
  lifecycle: LifecycleState;
}

export function decidePeople(state: View, command: Command, actor: Actor): Decision<PeopleEvent> {
  const by = actor.kind === 'person' ? actor.personId : '';
  switch (command.type) {
    case 'people.note-presence':
      return notePresence(state, command.body as { arrived: { person: string; as: PresentAs }[]; left: string[] });
    case 'people.remove': {
      const person = command.body.person as string;
      if (state.lifecycle.phase === 'ended') return refuse('session-ended');
      if (state.lifecycle.speakers.includes(person)) return refuse('cannot-remove-a-speaker');
      if (person in state.removed.removed) return refuse('already-removed');
      const events: PeopleEvent[] = [
        { audience: 'backstage', type: 'people.removed', body: { person, by } },
        { audience: `person:${person}`, type: 'people.you-were-removed', body: {} },
      ];
      if (person in state.people.present) {
        events.push({ audience: 'all', type: 'people.changed', body: { arrived: [], left: [person] } });
      }
      return { events };
    }
    case 'people.readmit': {
      const person = command.body.person as string;
      if (!(person in state.removed.removed)) return refuse('not-removed');
      return {
        events: [
          { audience: 'backstage', type: 'people.readmitted', body: { person, by } },
          { audience: `person:${person}`, type: 'people.you-were-readmitted', body: {} },
        ],
      };
    }
    default:
      return refuse('unknown-command');
  }
}

function notePresence(
  state: View,
  change: { arrived: { person: string; as: PresentAs }[]; left: string[] },
): Decision<PeopleEvent> {
  const arrived = change.arrived
    .map(({ person, as }) => ({ person, as: state.lifecycle.speakers.includes(person) ? as : ('participant' as const) }))
    .filter(({ person, as }) => !(person in state.removed.removed) && state.people.present[person] !== as);
  const left = change.left.filter((person) => person in state.people.present);
  if (arrived.length === 0 && left.length === 0) return { events: [] };
  return { events: [{ audience: 'all', type: 'people.changed', body: { arrived, left } }] };
}

/** Whoever goes on stage is present from then on: the comparison of connections comes a moment later (PE7). */
export function arriveAsSpeakers(state: PeopleState, entered: readonly string[]): PeopleEvent[] {
  const arrived = entered
    .filter((person) => state.present[person] !== 'speaker')
    .map((person) => ({ person, as: 'speaker' as const }));
  return arrived.length > 0 ? [{ audience: 'all', type: 'people.changed', body: { arrived, left: [] } }] : [];
}
