// Owns which one notice of rooms stands above the picture: that they close, a message, the last minute, or the question of the first time.
import { useState } from 'react';
import { warnMs } from '#features/breakouts/contract.ts';
import { ClosingNotice } from '#features/breakouts/ui/closing-notice.tsx';
import { FirstTime } from '#features/breakouts/ui/first-time.tsx';
import { MinuteNotice } from '#features/breakouts/ui/minute-notice.tsx';
import { moreMs } from '#features/breakouts/ui/more-minutes.ts';
import { RoomNotice } from '#features/breakouts/ui/room-notice.tsx';
import type { StageRoomsProps } from './stage-rooms.tsx';
import { useFocusOnStage } from './use-focus-on-stage.ts';
import { useRoomMessage } from './use-room-message.ts';
import type { RoomsHere } from './use-rooms-here.ts';

export function RoomAsk({ engine, sessionId, directory, here }: StageRoomsProps & { here: RoomsHere }) {
  const { act, devices } = engine;
  const message = useRoomMessage(engine, sessionId, directory);
  /** The timer of which one knows that it ends soon. */
  const [knownTimer, setKnownTimer] = useState<string | null>(null);
  const { breakouts, room, mayDirect, now } = here;
  const { timer } = breakouts;
  // What came last is read first.
  const isNewer = (at: string) => timer !== null && Date.parse(at) > Date.parse(timer.at) - warnMs;
  const isWarned = timer !== null && here.isSoon && timer.timerId !== knownTimer && !(message && isNewer(message.at));
  const isClosing = breakouts.is === 'closing';
  const closes = isClosing ? breakouts.closes : room?.closing;
  const keptFocus = useFocusOnStage();
  const content = () => {
    if (closes) {
      return (
        <ClosingNotice
          roomName={isClosing ? null : (room?.name ?? null)}
          leftMs={Date.parse(closes.at) - now}
          onReturn={room ? () => void act('breakouts.go', { room: null }) : undefined}
          onKeepOpen={mayDirect ? () => void act('breakouts.keep-open', { room: isClosing ? null : room?.id }) : undefined}
          onCloseNow={isClosing && mayDirect ? () => void act('breakouts.close-now', {}) : undefined}
        />
      );
    }
    if (message && !isWarned) return <RoomNotice by={message.by} text={message.text} at={message.at} onClose={message.close} />;
    if (isWarned) {
      return (
        <MinuteNotice
          onExtend={mayDirect ? () => void act('breakouts.extend', { byMs: moreMs }) : undefined}
          onClose={() => setKnownTimer(timer.timerId)}
        />
      );
    }
    if (!here.isFirstTime) return null;
    return (
      <FirstTime
        onChoose={(media) => {
          if (media.microphone || media.camera) devices.checkAgain();
          void act('breakouts.set-media', media);
        }}
      />
    );
  };
  return (
    <div className="rooms-asks" {...keptFocus}>
      {content()}
    </div>
  );
}
