// Owns how many messages came since the chat was last looked at. Kept per tab, over reloads.
import { useEffect, useState } from 'react';
import type { ChatState } from '../contract.ts';

interface Seen {
  everyone: number;
  backstage: number;
}

const lastSeq = (state: ChatState | null) => state?.messages.at(-1)?.seq ?? 0;
const key = (sessionId: string) => `stagedoor.chat-seen.${sessionId}`;

function recall(sessionId: string): Seen | null {
  try {
    return JSON.parse(sessionStorage.getItem(key(sessionId)) ?? 'null') as Seen | null;
  } catch {
    return null;
  }
}

/** Own and deleted messages are nothing new. */
export function countUnread(state: ChatState | null, seen: number, self: string | null): number {
  return (state?.messages ?? []).filter((message) => message.seq > seen && !message.deleted && message.author !== self).length;
}

const countMentions = (state: ChatState | null, seen: number, self: string | null): number =>
  (state?.messages ?? []).filter((message) => message.seq > seen && self !== null && message.mentions?.includes(self)).length;

export interface Unread {
  messages: number;
  /** Among them, those that mean me. */
  mentions: number;
}

/** What was said before one came in is not unread: the count begins with what was there at first sight. */
export function useUnread(
  sessionId: string,
  everyone: ChatState,
  backstage: ChatState | null,
  self: string | null,
  isOpen: boolean,
): Unread {
  const latest: Seen = { everyone: lastSeq(everyone), backstage: lastSeq(backstage) };
  const [seen, setSeen] = useState<Seen>(() => recall(sessionId) ?? latest);
  useEffect(() => {
    if (!isOpen) return;
    const now = { everyone: latest.everyone, backstage: latest.backstage };
    setSeen((before) => (before.everyone === now.everyone && before.backstage === now.backstage ? before : now));
  }, [isOpen, latest.everyone, latest.backstage]);
  useEffect(() => {
    try {
      sessionStorage.setItem(key(sessionId), JSON.stringify(seen));
    } catch {
      // Without storage a reload begins anew.
    }
  }, [sessionId, seen]);
  if (isOpen) return { messages: 0, mentions: 0 };
  return {
    messages: countUnread(everyone, seen.everyone, self) + countUnread(backstage, seen.backstage, self),
    mentions: countMentions(everyone, seen.everyone, self) + countMentions(backstage, seen.backstage, self),
  };
}
