// Owns whose microphones I am told of: on the stage of the main call, and in the breakout room where I am. Pure.
import type { RoomMedia } from '#features/breakouts/contract.ts';
import type { OnStage } from '#features/stage/contract.ts';

interface MicrophonesKnown {
  muted: readonly string[];
  heard: readonly string[];
}

/** Who stands on the stage and is in a room has the microphone of the room, which only those in it are told of. */
export function microphonesKnown(
  onStage: readonly OnStage[],
  rooms: ReadonlyMap<string, unknown>,
  here: Readonly<Record<string, RoomMedia>>,
): MicrophonesKnown {
  const known = [
    ...onStage.filter(({ person }) => !rooms.has(person)).map(({ person, microphone }) => ({ person, microphone })),
    ...Object.entries(here).map(([person, { microphone }]) => ({ person, microphone })),
  ];
  const those = (isOn: boolean) => known.filter(({ microphone }) => microphone === isOn).map(({ person }) => person);
  return { muted: those(false), heard: those(true) };
}
