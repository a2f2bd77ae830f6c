// Owns where a person's media belongs: the only source of LiveKit rooms and rights. Pure; platform/media makes LiveKit agree.
import { roomOfPerson } from '#features/breakouts/contract.ts';
import type { SessionState } from './state.ts';
import { allOf, backstageOf } from './state.ts';

export type PublishSource = 'camera' | 'microphone' | 'screen_share' | 'screen_share_audio';

export type Placement =
  /** No media at all: not started, ended, removed. `reason` is a refusal code. */
  | { in: null; reason: 'session-not-live' | 'session-ended' | 'removed' }
  | {
      /** Name of the LiveKit room, generation included. */
      in: string;
      /** Empty: subscribe only. */
      publish: PublishSource[];
      /** Those of them that the state has on. The person may switch on the others at any time, nobody else. */
      on: PublishSource[];
      /** Unseen by others, until first on stage. */
      hidden: boolean;
      /** On stage now, or in a moment; goes first where entry is rationed. */
      onStage: boolean;
      /** The LiveKit rooms just left: subscribe-only there until the moves are settled. */
      leaving?: string[];
    };

const onScreen: readonly PublishSource[] = ['camera', 'microphone', 'screen_share', 'screen_share_audio'];

function sourcesOn({ camera, microphone, screen }: { camera: boolean; microphone: boolean; screen?: boolean }): PublishSource[] {
  return onScreen.filter((source) => (source === 'camera' ? camera : source === 'microphone' ? microphone : screen));
}

/** LiveKit's name for the main call. It carries the generation, so that a token for an earlier one opens nothing. */
export function mainCallRoom(sessionId: string, generation: number): string {
  return `${sessionId}.main.${generation}`;
}

/** LiveKit's name for a breakout room. Neither the room's id nor the opening is ever used twice in a Session. */
export function breakoutRoom(sessionId: string, room: string, opening: number): string {
  return `${sessionId}.${room}.${opening}`;
}

/** Rooms that must exist now, also those that some are just leaving. Every other room whose name begins with the Session's id must go. */
export function openRooms(state: SessionState, sessionId: string): string[] {
  const { lifecycle, stage, breakouts } = allOf(state);
  const open = lifecycle.phase === 'live' || (lifecycle.phase === 'scheduled' && stage.onStage.length > 0);
  if (!open) return [];
  const rooms = new Set([mainCallRoom(sessionId, lifecycle.mainCallGeneration)]);
  if (breakouts.is !== 'none') for (const { id } of breakouts.rooms) rooms.add(breakoutRoom(sessionId, id, breakouts.opening));
  for (const { from, opening } of Object.values(breakouts.leaving).flat())
    if (from !== null) rooms.add(breakoutRoom(sessionId, from, opening));
  return [...rooms];
}

/** The LiveKit rooms that the person leaves, but for one that they are back in. */
function leavingOf(state: SessionState, sessionId: string, person: string, now: string): { leaving?: string[] } {
  const { lifecycle, breakouts } = allOf(state);
  const leaving = (breakouts.leaving[person] ?? [])
    .map(({ from, opening }) =>
      from === null ? mainCallRoom(sessionId, lifecycle.mainCallGeneration) : breakoutRoom(sessionId, from, opening),
    )
    .filter((room) => room !== now);
  return leaving.length > 0 ? { leaving } : {};
}

/** Where the person's media belongs. That they may see the Session at all is checked before (the event's visibility). */
export function placement(state: SessionState, sessionId: string, person: string): Placement {
  const { lifecycle, stage, breakouts } = allOf(state);
  if (lifecycle.phase === 'ended') return { in: null, reason: 'session-ended' };
  if (person in backstageOf(state).people.removed) return { in: null, reason: 'removed' };
  const place = stage.onStage.find((one) => one.person === person);
  const onStage = place !== undefined;
  // Published, muted and shown to nobody, so that picture and sound are there when the countdown ends.
  const coming = backstageOf(state).requests.countdowns.some((one) => one.person === person);
  if (!onStage && lifecycle.phase !== 'live') return { in: null, reason: 'session-not-live' };
  const room = lifecycle.phase === 'live' ? roomOfPerson(breakouts, person) : null;
  if (room !== null) {
    const inRoom = breakoutRoom(sessionId, room, breakouts.opening);
    const media = state[`room:${room}`]?.breakouts.media[person];
    return {
      in: inRoom,
      publish: [...onScreen],
      on: media ? sourcesOn(media) : [],
      hidden: false,
      onStage: true,
      ...leavingOf(state, sessionId, person, inRoom),
    };
  }
  const main = mainCallRoom(sessionId, lifecycle.mainCallGeneration);
  return {
    in: main,
    publish: onStage ? [...onScreen] : coming ? ['camera', 'microphone'] : [],
    on: place ? sourcesOn(place) : [],
    hidden: !onStage && !coming,
    onStage: onStage || coming,
    ...leavingOf(state, sessionId, person, main),
  };
}
