// Owns how many messages came since the chat was last looked at. Kept per tab, over reloads.
import { useEffect, useState } from 'react';
import type { ChatChannel, ChatState } from '../contract.ts';
import type { ShownMessage } from './chat-history.ts';
import type { ChatSource } from './use-chat.ts';

/** Channel → number of the last message that was seen there. */
export type Seen = Partial<Record<ChatChannel, number>>;

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

/** New since then, by somebody else, and still there to be read. */
export const isNewSince = (seen: Seen, message: ShownMessage, self: string | null): boolean =>
  message.seq > (seen[message.channel] ?? Number.POSITIVE_INFINITY) && !message.deleted && message.author !== self;

const countMentions = (state: ChatState | null, seen: number, self: string | null): number =>
  (state?.messages ?? []).filter((message) => message.seq > seen && self !== null && message.mentions?.includes(self)).length;

export interface Unread {
  messages: number;
  /** Among them, those that mean me. */
  mentions: number;
  /** What had been seen when the chat was opened; the same until it is opened anew. */
  seenBefore: Seen;
}

/** What was said before one came in is not unread: the count begins with what was there at first sight. */
export function useUnread(sessionId: string, sources: readonly ChatSource[], self: string | null, isOpen: boolean): Unread {
  const [seen, setSeen] = useState<Seen>(() => recall(sessionId) ?? {});
  const [opening, setOpening] = useState({ isOpen: false, seenBefore: seen });
  if (opening.isOpen !== isOpen) setOpening({ isOpen, seenBefore: isOpen ? seen : opening.seenBefore });
  const { seenBefore } = opening;
  useEffect(() => {
    setSeen((before) => {
      const now = sources.map(
        ({ channel, state }) => [channel, isOpen ? lastSeq(state) : (before[channel] ?? lastSeq(state))] as const,
      );
      const isSame = now.every(([channel, seq]) => before[channel] === seq);
      return isSame ? before : { ...before, ...Object.fromEntries(now) };
    });
  }, [isOpen, sources]);
  useEffect(() => {
    try {
      sessionStorage.setItem(key(sessionId), JSON.stringify(seen));
    } catch {
      // Without storage a reload begins anew.
    }
  }, [sessionId, seen]);
  if (isOpen) return { messages: 0, mentions: 0, seenBefore };
  const sum = (count: typeof countUnread) =>
    sources.reduce((total, { channel, state }) => total + count(state, seen[channel] ?? lastSeq(state), self), 0);
  return { messages: sum(countUnread), mentions: sum(countMentions), seenBefore };
}
