// Owns what features/stage needs to know of the whole Session about screens: who is in which place, and what is presented there. Server and interface.
import { roomOfPerson } from '#features/breakouts/contract.ts';
import type { ScreensView, Sharing } from '#features/stage/screens.ts';
import type { SessionState } from './state.ts';
import { allOf, backstageOf, roomOf } from './state.ts';

interface There extends Sharing {
  screen: boolean;
}

const viewOf = (there: readonly There[], person: string, presenter: string | null): ScreensView => ({
  me: there.find((one) => one.person === person),
  sharing: there.filter((one) => one.screen),
  presenter,
});

/** Those on the stage of the main call who are not in a breakout room. */
export function stageScreens(state: SessionState, person: string): ScreensView {
  const { breakouts, lifecycle, materials, stage } = allOf(state);
  const there = stage.onStage
    .filter((one) => roomOfPerson(breakouts, one.person) === null)
    .map(({ person: id, as, screen }) => ({ person: id, screen: screen === true, ...(as && { as }) }));
  const { presented } = lifecycle.phase === 'live' ? materials : backstageOf(state).materials;
  return viewOf(there, person, presented?.by ?? null);
}

export function roomScreens(state: SessionState, room: string, person: string): ScreensView {
  const { breakouts, lifecycle } = allOf(state);
  const { breakouts: inside, materials } = roomOf(state, room);
  const there = Object.entries(inside.media).map(([id, { screen }]) => ({
    ...{ person: id, screen },
    // As tiles say it: in a room everybody has camera and microphone, and a speaker is who is on the list.
    ...(lifecycle.speakers.includes(id) ? {} : { as: 'participant' as const }),
  }));
  const isHere = roomOfPerson(breakouts, person) === room && there.every((one) => one.person !== person);
  if (isHere) {
    const as = lifecycle.speakers.includes(person) ? {} : { as: 'participant' as const };
    there.push({ person, screen: false, ...as });
  }
  return viewOf(there, person, materials.presented?.by ?? null);
}

/** Where the person is. */
export function screensAround(state: SessionState, person: string): ScreensView {
  const room = roomOfPerson(allOf(state).breakouts, person);
  return room === null ? stageScreens(state, person) : roomScreens(state, room, person);
}
