// Owns what the stage is about where I am: what is presented, else a speaker's screen, else a participant's. Null: the people. Pure but for its hook.

import type { PdfFacts, Presented, VideoFacts } from '#features/materials/contract.ts';
import { speakersScreen } from '#features/stage/screens.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { screensAround } from '#session/screens-view.ts';
import type { RoomSlice, SessionState } from '#session/state.ts';
import { allOf } from '#session/state.ts';
import { peopleHere, roomOf } from './room-view.ts';
import type { SessionEngine } from './session-engine.ts';

export type Focus =
  | { is: 'pdf'; presented: Presented; material: PdfFacts }
  | { is: 'video'; presented: Presented; material: VideoFacts }
  | { is: 'screen'; person: string };

/** In a breakout room what is shown there; else on the stage; else what speakers rehearse backstage. */
export function presentedHere(state: SessionState, self: string | null): Presented | null {
  const room = roomOf(state, self);
  if (room !== null) return (state[`room:${room}`] as RoomSlice | undefined)?.materials.presented ?? null;
  return allOf(state).materials.presented ?? state.backstage?.materials.presented ?? null;
}

/** Whose screen is in focus: a participant's never stands in the way of a speaker's. */
export function screenHere(state: SessionState, self: string | null): string | null {
  const sharing = peopleHere(state, self).filter((one) => one.screen);
  return (sharing.find((one) => one.as !== 'participant') ?? sharing[0])?.person ?? null;
}

/** A speaker's screen gives way when something is presented. */
export const speakersScreenHere = (state: SessionState, self: string | null): string | null =>
  self === null ? null : speakersScreen(screensAround(state, self).sharing);

/** What a speaker has presented comes before every screen. */
export function focusOf(presented: Presented | null, screen: string | null): Focus | null {
  if (presented?.material.kind === 'pdf') return { is: 'pdf', presented, material: presented.material };
  if (presented?.material.kind === 'video') return { is: 'video', presented, material: presented.material };
  return screen === null ? null : { is: 'screen', person: screen };
}

export function useFocus({ live }: SessionEngine): Focus | null {
  const presented = useLive(live, ({ slices, personId }) => presentedHere(slices, personId));
  const screen = useLive(live, ({ slices, personId }) => screenHere(slices, personId));
  return focusOf(presented, screen);
}
