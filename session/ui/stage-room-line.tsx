// Owns what stands below the picture while breakout rooms are open: where one is, the way out, and calling a speaker there.
import { RoomLine } from '#features/breakouts/ui/room-line.tsx';
import { useLive } from '#platform/live/client/use-live.ts';
import type { SessionEngine } from './session-engine.ts';
import { useFocusOnStage } from './use-focus-on-stage.ts';
import { useRoomsHere } from './use-rooms-here.ts';

export function StageRoomLine({ engine }: { engine: SessionEngine }) {
  const { live, act } = engine;
  const here = useRoomsHere(engine);
  const id = here?.room?.id;
  const isAsked = useLive(live, ({ slices }) => (id ? Boolean(slices[`room:${id}`]?.breakouts.help) : false));
  const keptFocus = useFocusOnStage();
  if (!here) return null;
  const { room, mayDirect, mayGo } = here;
  const help = {
    isAsked,
    onAsk: () => void act('breakouts.ask-for-help', {}),
    onTakeBack: () => void act('breakouts.take-back-help', {}),
  };
  return (
    <div className="rooms-around" {...keptFocus}>
      <RoomLine
        roomName={room?.name ?? null}
        mayChoose={mayGo}
        help={room && !mayDirect ? help : null}
        onMainCall={room && !mayGo ? () => void act('breakouts.go', { room: null }) : undefined}
      />
    </div>
  );
}
