// Owns what features/materials needs to know of the whole Session to decide: who is where, and what is shown in which place.
import { roomOfPerson } from '#features/breakouts/contract.ts';
import type { MaterialsPlace, Presented } from '#features/materials/contract.ts';
import type { MaterialsView } from '#features/materials/core.ts';
import type { Actor } from '#platform/log/contract.ts';
import { roleOf } from './powers.ts';
import type { SessionState } from './state.ts';
import { allOf, backstageOf } from './state.ts';

export function presentedByPlace(state: SessionState): Map<MaterialsPlace, Presented> {
  const places = new Map<MaterialsPlace, Presented>();
  for (const [audience, slice] of Object.entries(state)) {
    if (audience.startsWith('person:')) continue;
    const { presented } = (slice as { materials: { presented: Presented | null } }).materials;
    if (presented) places.set(audience as MaterialsPlace, presented);
  }
  return places;
}

export function materialsView(state: SessionState, actor: Actor): MaterialsView {
  const { lifecycle, materials, people, breakouts } = allOf(state);
  const room = actor.kind === 'person' ? roomOfPerson(breakouts, actor.personId) : null;
  return {
    lifecycle,
    materials,
    backstage: backstageOf(state).materials,
    places: presentedByPlace(state),
    place: lifecycle.phase !== 'live' ? 'backstage' : room === null ? 'all' : `room:${room}`,
    speaks: roleOf(state, actor) === 'speaker',
    isSpeakerHere: (person) => people.present[person] === 'speaker' && lifecycle.speakers.includes(person),
  };
}
