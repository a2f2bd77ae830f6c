// Owns what a speaker may do about the people whose tiles they see: on the stage, or in the breakout room where they are.
import { useMemo } from 'react';
import type { StageDirection } from '#features/stage/ui/tile-actions.tsx';
import { useLive } from '#platform/live/client/use-live.ts';
import { roomOf } from './room-view.ts';
import type { SessionEngine } from './session-engine.ts';

/** Undefined for those who direct nothing. */
export function useDirection({ live, act }: SessionEngine): StageDirection | undefined {
  const isSpeaker = useLive(live, ({ slices }) => slices.backstage !== undefined);
  const isInRoom = useLive(live, ({ slices, personId }) => roomOf(slices, personId) !== null);
  return useMemo(() => {
    if (!isSpeaker) return undefined;
    const about = (type: string) => (person: string) => void act(type, { person });
    const everywhere = { onMute: about('stage.mute'), onStopScreen: about('stage.stop-screen') };
    // From a room nobody is taken off the main call's stage, on which they are not seen now.
    if (isInRoom) return { ...everywhere, onSendBack: (person) => void act('breakouts.move', { person, room: null }) };
    return { ...everywhere, onRemove: about('stage.remove') };
  }, [isSpeaker, isInRoom, act]);
}
