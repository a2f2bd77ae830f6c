// Owns what stands above the picture while breakout rooms are open: the chips, the time, the notices, and what is asked of one there.
import { useState } from 'react';
import { ClosingNotice } from '#features/breakouts/ui/closing-notice.tsx';
import { FirstTime } from '#features/breakouts/ui/first-time.tsx';
import { RoomAnnouncer } from '#features/breakouts/ui/room-announcer.tsx';
import type { Chip } from '#features/breakouts/ui/room-chips.tsx';
import { peopleIn } from '#features/breakouts/ui/room-lists.ts';
import { RoomNotice } from '#features/breakouts/ui/room-notice.tsx';
import { RoomsBar } from '#features/breakouts/ui/rooms-bar.tsx';
import { breakoutsTexts } from '#features/breakouts/ui/texts.ts';
import '#features/breakouts/ui/breakouts.css';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';
import { useRoomsHere } from './use-rooms-here.ts';

const nobody = {};
const noCalls: readonly { room: string }[] = [];

export function StageRooms({ engine, directory }: { engine: SessionEngine; directory: Directory<PersonSummary> }) {
  const t = useTexts(breakoutsTexts);
  const { live, act } = engine;
  const here = useRoomsHere(engine);
  const present = useLive(live, ({ slices }) => slices.all?.people.present) ?? nobody;
  const calls = useLive(live, ({ slices }) => slices.backstage?.breakouts.help) ?? noCalls;
  const [closedNotice, setClosedNotice] = useState<string | null>(null);
  const notice = here?.breakouts.notices.at(-1);
  const people = useDirectory(directory, notice ? [notice.by] : []);
  const name = here?.room?.name ?? null;
  const isClosing = here?.breakouts.is === 'closing';
  // Said also after the last room has closed: one is back.
  const announcer = <RoomAnnouncer roomName={name} leftMs={here?.leftMs ?? null} isClosing={isClosing} />;
  if (!here) return announcer;
  const { breakouts, room, mayDirect, mayGo, now } = here;
  const go = (to: string | null) => void act('breakouts.go', { room: to });
  const chips: Chip[] = [
    { room: null, name: t('mainCall'), count: peopleIn(breakouts, present, null), asksForHelp: false, isClosing: false },
    ...breakouts.rooms.map(({ id, name: roomName, closing }) => ({
      room: id,
      name: roomName,
      count: peopleIn(breakouts, present, id),
      asksForHelp: calls.some((call) => call.room === id),
      isClosing: closing !== null || isClosing,
    })),
  ];
  const closes = breakouts.is === 'closing' ? breakouts.closes : room?.closing;
  return (
    <>
      <RoomsBar chips={mayGo ? chips : null} here={room?.id ?? null} leftMs={here.leftMs} onGo={go} />
      <div className="rooms-asks">
        {closes && (
          <ClosingNotice
            roomName={isClosing ? null : (room?.name ?? null)}
            leftMs={Date.parse(closes.at) - now}
            onReturn={room ? () => go(null) : undefined}
            onCloseNow={isClosing && mayDirect ? () => void act('breakouts.close-now', {}) : undefined}
          />
        )}
        {notice && notice.at !== closedNotice && (
          <RoomNotice by={people.get(notice.by)?.name ?? ''} text={notice.text} onClose={() => setClosedNotice(notice.at)} />
        )}
        {here.isFirstTime && !closes && <FirstTime onChoose={(media) => void act('breakouts.set-media', media)} />}
      </div>
      {announcer}
    </>
  );
}
