// Owns what the announcer of rooms receives of the state. Always there, so that its region is known before anything is said in it.
import { useEffect, useState } from 'react';
import { roomOfPerson, warnMs } from '#features/breakouts/contract.ts';
import { RoomAnnouncer } from '#features/breakouts/ui/room-announcer.tsx';
import type { Directory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';
import { useRoomMessage } from './use-room-message.ts';

/** Whether a minute or less is left; asks no clock in between. */
function useIsSoon(at: string | null, serverNow: () => number): boolean {
  const [soon, setSoon] = useState<string | null>(null);
  useEffect(() => {
    if (at === null) return;
    const timer = setTimeout(() => setSoon(at), Math.max(0, Date.parse(at) - warnMs - serverNow()));
    return () => clearTimeout(timer);
  }, [at, serverNow]);
  return at !== null && soon === at;
}

interface RoomsToldProps {
  engine: SessionEngine;
  sessionId: string;
  directory: Directory<PersonSummary>;
}

export function RoomsTold({ engine, sessionId, directory }: RoomsToldProps) {
  const { live } = engine;
  const breakouts = useLive(live, ({ slices }) => slices.all?.breakouts);
  const self = useLive(live, ({ personId }) => personId);
  const message = useRoomMessage(engine, sessionId, directory);
  const open = breakouts && breakouts.is !== 'none' ? breakouts : null;
  const id = open && self ? roomOfPerson(open, self) : null;
  const room = open?.rooms.find((one) => one.id === id) ?? null;
  const isSoon = useIsSoon(open?.timer?.at ?? null, live.serverNow);
  return (
    <RoomAnnouncer
      isOpen={open !== null}
      roomName={room?.name ?? null}
      isSoon={isSoon}
      closing={open?.is === 'closing' ? 'all' : room?.closing ? 'room' : null}
      message={message}
    />
  );
}
