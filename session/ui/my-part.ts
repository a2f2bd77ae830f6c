// Owns what the state means for my own camera, microphone and connection. Pure; session-engine.ts carries it out.
import type { CountdownFacts } from '#features/requests/contract.ts';
import type { OnStage } from '#features/stage/contract.ts';
import type { Slices } from '#platform/log/contract.ts';
import type { AllSlice, PersonSlice, SessionState } from '#session/state.ts';
import type { Entry } from './entry-memory.ts';

export type Switch = 'microphone' | 'camera';

/** Where I stand in the Session. `hint`: the state has not arrived yet. */
export type MyPart =
  | { known: false }
  | {
      known: true;
      phase: AllSlice['lifecycle']['phase'];
      removed: boolean;
      onStage: Pick<OnStage, 'microphone' | 'camera' | 'as'> | null;
      /** Here or in another tab. */
      standsAsSpeaker: boolean;
      /** On screen in a moment: published, muted. */
      countdown: CountdownFacts | null;
      hasAsked: boolean;
      /** Media belongs to me now. */
      mayConnect: boolean;
      /** Changes when the server may give another answer about media. */
      standing: string;
      everyoneOnStage: readonly string[];
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
  return {
    known: true,
    phase,
    removed,
    onStage,
    standsAsSpeaker: place !== null && place.as !== 'participant',
    countdown: as === 'participant' ? countdown : null,
    hasAsked: Boolean(own?.requests.request),
    mayConnect: !removed && (phase === 'live' || (phase === 'scheduled' && place !== null)),
    standing: [phase, mainCallGeneration, place ? 'on stage' : countdown ? 'coming' : '', removed ? 'removed' : ''].join(' '),
    everyoneOnStage: stage.onStage.map((one) => one.person),
  };
}

/** What a switch shows and does: what was pressed last, until the state agrees. */
export type Pressed = Partial<Record<Switch, boolean>>;

/** What the state says of my switches, on stage or about to be. */
export const settled = (part: MyPart): Record<Switch, boolean> | null => (part.known ? (part.onStage ?? part.countdown) : null);

export const isOn = (part: MyPart, pressed: Pressed, name: Switch): boolean => pressed[name] ?? settled(part)?.[name] ?? false;

/** Sound and picture leave only when the state says so, and stop at once when I press. */
export const isSent = (part: MyPart, pressed: Pressed, name: Switch): boolean =>
  part.known && part.onStage?.[name] === true && pressed[name] !== false;

/** Presses that the state has caught up with are forgotten. */
export function stillPressed(part: MyPart, pressed: Pressed): Pressed {
  const now = settled(part);
  if (!now) return pressed;
  const left = Object.entries(pressed).filter(([name, on]) => now[name as Switch] !== on);
  return left.length === Object.keys(pressed).length ? pressed : Object.fromEntries(left);
}

/** During the countdown the switches are the request's. */
export const mediaCommand = (part: MyPart): string =>
  part.known && !part.onStage && part.countdown ? 'requests.set-media' : 'stage.set-media';

/** What the server is told when I go, so that nobody waits for the grace of presence. */
export function farewellOf(part: MyPart): string | null {
  if (!part.known) return null;
  if (part.onStage) return 'stage.leave';
  if (part.countdown) return 'requests.cancel';
  return part.hasAsked ? 'requests.withdraw' : null;
}
