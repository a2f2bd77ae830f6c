// Owns what the state means for my own camera, microphone and connection. Pure; session-engine.ts carries it out.
import type { CountdownFacts } from '#features/requests/contract.ts';
import type { OnStage } from '#features/stage/contract.ts';
import type { Slices } from '#platform/log/contract.ts';
import type { AllSlice, PersonSlice, SessionState } from '#session/state.ts';
import type { Entry } from './entry-memory.ts';
import { hasPictures, peopleHere, roomOf } from './room-view.ts';

export type Switch = 'microphone' | 'camera';

/** Where I stand in the Session. `hint`: the state has not arrived yet. */
export type MyPart =
  | { known: false }
  | {
      known: true;
      phase: AllSlice['lifecycle']['phase'];
      removed: boolean;
      onStage: Pick<OnStage, 'microphone' | 'camera' | 'as'> | null;
      /** The breakout room where I belong; null is the main call. */
      room: string | null;
      /** My switches there. The stage keeps its own meanwhile. */
      inRoom: Record<Switch, boolean> | null;
      /** Here or in another tab. */
      standsAsSpeaker: boolean;
      /** On screen in a moment: published, muted. */
      countdown: CountdownFacts | null;
      hasAsked: boolean;
      /** Media belongs to me now. */
      mayConnect: boolean;
      /** Changes when the server may give another answer about media. */
      standing: string;
      /** Who is seen and heard where I am. */
      here: readonly string[];
      /** Whose screens are shared where I am. */
      screens: readonly string[];
      /** Whose microphones are on where I am. */
      microphones: readonly string[];
      /** Mine is one of them, here or in another tab. */
      sharing: boolean;
      /** Somebody else there sends a picture. */
      hasPictures: boolean;
    };

/** `as`: what I joined as in this tab. Another tab of mine may stand on stage as something else. */
export function myPart(slices: Slices, personId: string | null, as: Entry['as']): MyPart {
  const state = slices as SessionState;
  if (!state.all || !personId) return { known: false };
  const { lifecycle, stage } = state.all;
  const own = slices[`person:${personId}`] as PersonSlice | undefined;
  const removed = own?.people.removed ?? false;
  const place = stage.onStage.find((one) => one.person === personId) ?? null;
  const onStage = place && (place.as ?? 'speaker') === as ? place : null;
  const countdown = own?.requests.countdown ?? null;
  const { phase, mainCallGeneration } = lifecycle;
  const room = roomOf(state, personId);
  const here = peopleHere(state, personId);
  const screens = here.filter((one) => one.screen).map((one) => one.person);
  return {
    known: true,
    phase,
    removed,
    onStage,
    room,
    inRoom: room === null ? null : inRoom(state, room, personId),
    standsAsSpeaker: place !== null && place.as !== 'participant',
    countdown: as === 'participant' ? countdown : null,
    hasAsked: Boolean(own?.requests.request),
    mayConnect: !removed && (phase === 'live' || (phase === 'scheduled' && place !== null)),
    standing: [
      phase,
      mainCallGeneration,
      place ? 'on stage' : countdown ? 'coming' : '',
      removed ? 'removed' : '',
      room === null ? '' : `${state.all.breakouts.opening} ${room}`,
    ].join(' '),
    here: here.map((one) => one.person),
    screens,
    microphones: here.filter((one) => one.microphone).map((one) => one.person),
    sharing: screens.includes(personId),
    hasPictures: hasPictures(state, personId, here),
  };
}

const muted = { microphone: false, camera: false };

/** Until the room's own slice has come, what I chose last: my camera must not go out and on again in between. */
function inRoom(state: SessionState, room: string, personId: string): Record<Switch, boolean> {
  const own = state[`person:${personId}`]?.breakouts.media;
  return state[`room:${room}`]?.breakouts.media[personId] ?? own ?? muted;
}

/** What a switch shows and does: what was pressed last, until the state agrees. */
export type Pressed = Partial<Record<Switch, boolean>>;

/** What the state says of my switches: in a breakout room, on stage or about to be. */
export const settled = (part: MyPart): Record<Switch, boolean> | null =>
  part.known ? (part.inRoom ?? part.onStage ?? part.countdown) : null;

export const isOn = (part: MyPart, pressed: Pressed, name: Switch): boolean => pressed[name] ?? settled(part)?.[name] ?? false;

/** Sound and picture leave only when the state says so, and stop at once when I press. */
export const isSent = (part: MyPart, pressed: Pressed, name: Switch): boolean =>
  part.known && (part.inRoom ?? part.onStage)?.[name] === true && pressed[name] !== false;

/** Presses that the state has caught up with are forgotten. */
export function stillPressed(part: MyPart, pressed: Pressed): Pressed {
  const now = settled(part);
  if (!now) return pressed;
  const left = Object.entries(pressed).filter(([name, on]) => now[name as Switch] !== on);
  return left.length === Object.keys(pressed).length ? pressed : Object.fromEntries(left);
}

/** Whose switches they are: the room's, the request's during the countdown, or the stage's. */
export function mediaCommand(part: MyPart): string {
  if (part.known && part.inRoom) return 'breakouts.set-media';
  return part.known && !part.onStage && part.countdown ? 'requests.set-media' : 'stage.set-media';
}

/** What the server is told when I go, so that nobody waits for the grace of presence. */
export function farewellOf(part: MyPart): string | null {
  if (!part.known) return null;
  if (part.onStage) return 'stage.leave';
  if (part.countdown) return 'requests.cancel';
  return part.hasAsked ? 'requests.withdraw' : null;
}
