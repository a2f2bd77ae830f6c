// Owns what features/materials needs to know of the whole Session to decide: who is where, and what is shown in which place.
import { roomOfPerson } from '#features/breakouts/contract.ts';
import type { MaterialsPlace, PlaceMaterialsState, Presented } from '#features/materials/contract.ts';
import type { MaterialsView } from '#features/materials/core.ts';
import type { Actor } from '#platform/log/contract.ts';
import { roleOf } from './powers.ts';
import type { SessionState } from './state.ts';
import { allOf, backstageOf, roomOf } from './state.ts';

/** Looked up place by place: a Session of thousands has as many slices, and each command comes by here. */
export function presentedByPlace(state: SessionState): Map<MaterialsPlace, Presented> {
  const places = new Map<MaterialsPlace, Presented>();
  const note = (place: MaterialsPlace, { presented }: PlaceMaterialsState) => {
    if (presented) places.set(place, presented);
  };
  const { materials, breakouts } = allOf(state);
  note('all', materials);
  note('backstage', backstageOf(state).materials);
  if (breakouts.is !== 'none') for (const { id } of breakouts.rooms) note(`room:${id}`, roomOf(state, id).materials);
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
