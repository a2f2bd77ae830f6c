// Owns which message to all rooms is new to me: the last one, unless I have closed it or came after it.
import { useEffect, useState } from 'react';
import { keepKnown, recallKnown } from '#features/breakouts/ui/notice-memory.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';

interface RoomMessage {
  /** A name; empty while it is on its way. */
  by: string;
  text: string;
  at: string;
  close(): void;
}

export function useRoomMessage(
  { live }: SessionEngine,
  sessionId: string,
  directory: Directory<PersonSummary>,
): RoomMessage | null {
  const notice = useLive(live, ({ slices }) => {
    const breakouts = slices.all?.breakouts;
    return breakouts && breakouts.is !== 'none' ? breakouts.notices.at(-1) : undefined;
  });
  const isHere = useLive(live, ({ slices }) => slices.all !== undefined);
  const [known, setKnown] = useState<string | null>(null);
  const people = useDirectory(directory, notice ? [notice.by] : []);
  useEffect(() => {
    if (isHere) setKnown(recallKnown(sessionId, live.serverNow));
  }, [isHere, sessionId, live]);
  if (!notice || known === null || notice.at <= known) return null;
  return {
    by: people.get(notice.by)?.name ?? '',
    text: notice.text,
    at: notice.at,
    close: () => setKnown(keepKnown(sessionId, notice.at)),
  };
}
