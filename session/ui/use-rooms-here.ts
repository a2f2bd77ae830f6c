// Owns what the state says of breakout rooms where I am, while any are open: where that is, what I may do, how long.
import { roomOfPerson, warnMs } from '#features/breakouts/contract.ts';
import { useLive, useServerNow } from '#platform/live/client/use-live.ts';
import type { AllSlice, PersonSlice } from '#session/state.ts';
import type { SessionEngine } from './session-engine.ts';

type Open = Exclude<AllSlice['breakouts'], { is: 'none' }>;

export interface RoomsHere {
  breakouts: Open;
  /** Null: the main call. */
  room: Open['rooms'][number] | null;
  mayDirect: boolean;
  /** I go where I like. */
  mayGo: boolean;
  /** I am in my first room, and was not asked yet how to be in it. */
  isFirstTime: boolean;
  now: number;
  /** Until the timer ends; null without one. */
  leftMs: number | null;
  isSoon: boolean;
}

/** Null while no rooms are open. */
export function useRoomsHere({ live }: SessionEngine): RoomsHere | null {
  const breakouts = useLive(live, ({ slices }) => slices.all?.breakouts);
  const self = useLive(live, ({ personId }) => personId);
  const mayDirect = useLive(live, ({ slices }) => slices.backstage !== undefined);
  const own = useLive(live, ({ slices, personId }) =>
    personId ? (slices[`person:${personId}`] as PersonSlice | undefined)?.breakouts : undefined,
  );
  const helps = useLive(live, ({ slices, personId }) => slices.all?.lifecycle.support.includes(personId ?? '') ?? false);
  const now = useServerNow(live.serverNow, 1000);
  if (!breakouts || breakouts.is === 'none' || !self) return null;
  const id = roomOfPerson(breakouts, self);
  const room = breakouts.rooms.find((one) => one.id === id) ?? null;
  const leftMs = breakouts.timer ? Date.parse(breakouts.timer.at) - now : null;
  return {
    breakouts,
    room,
    mayDirect,
    mayGo: mayDirect || helps || breakouts.freeChoice,
    isFirstTime: room !== null && !own?.media,
    now,
    leftMs,
    isSoon: leftMs !== null && leftMs <= warnMs,
  };
}
