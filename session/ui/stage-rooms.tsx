// Owns what stands above the picture while breakout rooms are open: the chips, the time, and the one notice that matters most now.
import type { Directory } from '#platform/live/client/directory.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { RoomAsk } from './room-ask.tsx';
import { RoomsAbove } from './rooms-above.tsx';
import type { SessionEngine } from './session-engine.ts';
import { useFocusOnStage } from './use-focus-on-stage.ts';
import { useRoomsHere } from './use-rooms-here.ts';

export interface StageRoomsProps {
  engine: SessionEngine;
  sessionId: string;
  directory: Directory<PersonSummary>;
}

export function StageRooms(props: StageRoomsProps) {
  const here = useRoomsHere(props.engine);
  const keptFocus = useFocusOnStage();
  if (!here) return null;
  return (
    <div className="rooms-around" {...keptFocus}>
      <RoomsAbove engine={props.engine} here={here} />
      <RoomAsk {...props} here={here} />
    </div>
  );
}
