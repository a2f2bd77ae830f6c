// Owns who is seen where I am: the stage in the main call, everybody inside in a breakout room. Pure.
import { roomOfPerson } from '#features/breakouts/contract.ts';
import type { OnStage } from '#features/stage/contract.ts';
import type { RoomSlice, SessionState } from '#session/state.ts';
import { allOf } from '#session/state.ts';

const roomSlice = (state: SessionState, room: string): RoomSlice | undefined => state[`room:${room}`];

/** The breakout room where I belong; null is the main call. */
export const roomOf = (state: SessionState, self: string | null): string | null =>
  self === null ? null : roomOfPerson(allOf(state).breakouts, self);

/** The tiles of the place where I belong, in an order that does not change because somebody joins. */
export function peopleHere(state: SessionState, self: string | null): OnStage[] {
  const { breakouts, lifecycle, people, stage } = allOf(state);
  const here = roomOf(state, self);
  if (breakouts.is === 'none' || here === null)
    return stage.onStage.filter((one) => roomOfPerson(breakouts, one.person) === null);
  const media = roomSlice(state, here)?.breakouts.media ?? {};
  return Object.keys(breakouts.where)
    .filter((person) => breakouts.where[person] === here && (person === self || person in people.present))
    .map((person) => {
      const { microphone = false, camera = false, screen = false } = media[person] ?? {};
      return {
        ...{ person, microphone, camera, enteredAt: breakouts.openedAt },
        ...(screen ? { screen: true as const } : {}),
        ...(lifecycle.speakers.includes(person) ? {} : { as: 'participant' as const }),
      };
    });
}

/** Whether somebody else here sends a picture. What the room's own slice says counts once it has come. */
export function hasPictures(state: SessionState, self: string | null, here: readonly OnStage[]): boolean {
  const room = roomOf(state, self);
  if (room !== null && !roomSlice(state, room)) return here.some((one) => one.person !== self);
  return here.some((one) => one.person !== self && (one.camera || one.screen));
}

const isSame = (a: OnStage, b: OnStage | undefined): boolean =>
  b !== undefined && Object.keys({ ...a, ...b }).every((key) => a[key as keyof OnStage] === b[key as keyof OnStage]);

/** The same list again while nobody in it changed, so that screens draw nothing anew. */
export function sameIfSame(before: OnStage[], after: OnStage[]): OnStage[] {
  return before.length === after.length && before.every((one, at) => isSame(one, after[at])) ? before : after;
}
