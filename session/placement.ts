// Owns where a person's media belongs: the only source of LiveKit rooms and rights. Pure; platform/media makes LiveKit agree.
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
      /** Unseen by others, until first on stage. */
      hidden: boolean;
      /** On stage now, or in a moment; goes first where entry is rationed. */
      onStage: boolean;
      /** The LiveKit room just left: subscribe-only there until the move is settled. */
      leaving?: string;
    };

const onScreen: readonly PublishSource[] = ['camera', 'microphone', 'screen_share', 'screen_share_audio'];

/** LiveKit's name for the main call. It carries the generation, so that a token for an earlier one opens nothing. */
export function mainCallRoom(sessionId: string, generation: number): string {
  return `${sessionId}.main.${generation}`;
}

/** Rooms that must exist now. Every other room whose name begins with the Session's id must go. */
export function openRooms(state: SessionState, sessionId: string): string[] {
  const { lifecycle, stage } = allOf(state);
  const open = lifecycle.phase === 'live' || (lifecycle.phase === 'scheduled' && stage.onStage.length > 0);
  return open ? [mainCallRoom(sessionId, lifecycle.mainCallGeneration)] : [];
}

/** Where the person's media belongs. That they may see the Session at all is checked before (the event's visibility). */
export function placement(state: SessionState, sessionId: string, person: string): Placement {
  const { lifecycle, stage } = allOf(state);
  if (lifecycle.phase === 'ended') return { in: null, reason: 'session-ended' };
  if (person in backstageOf(state).people.removed) return { in: null, reason: 'removed' };
  const onStage = stage.onStage.some((one) => one.person === person);
  // Published, muted and shown to nobody, so that picture and sound are there when the countdown ends.
  const coming = backstageOf(state).requests.countdowns.some((one) => one.person === person);
  if (!onStage && lifecycle.phase !== 'live') return { in: null, reason: 'session-not-live' };
  return {
    in: mainCallRoom(sessionId, lifecycle.mainCallGeneration),
    publish: onStage ? [...onScreen] : coming ? ['camera', 'microphone'] : [],
    hidden: !onStage && !coming,
    onStage: onStage || coming,
  };
}
