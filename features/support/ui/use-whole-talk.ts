// Owns the messages of a conversation that this page has: the state's last ones, what it has let go of meanwhile, and older ones as they were fetched.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { api } from '#platform/ui/api.ts';
import type { SupportMessage, TalkSlice } from '../contract.ts';
import { recentSupportMessages, supportPath } from '../contract.ts';
import { rememberMessages } from './whole-talk.ts';

const pageSize = 50;
const none: readonly SupportMessage[] = [];

export interface WholeTalk {
  messages: readonly SupportMessage[];
  hasOlder: boolean;
  isLoading: boolean;
  loadOlder(): void;
}

/** `conversationId`: at the desk; null is one's own. */
export function useWholeTalk(slug: string, conversationId: string | null, talk: TalkSlice | null | undefined): WholeTalk {
  const [known, setKnown] = useState(none);
  const [isAtBeginning, setAtBeginning] = useState(false);
  const [isLoading, setLoading] = useState(false);
  const recent = talk?.messages ?? none;
  useEffect(() => setKnown((before) => rememberMessages(before, recent)), [recent]);
  const messages = useMemo(() => rememberMessages(known, recent), [known, recent]);
  const first = messages[0]?.seq;
  const hasOlder = !isAtBeginning && first !== undefined && (talk?.sent ?? 0) > recentSupportMessages;
  const loadOlder = useCallback(async () => {
    if (!hasOlder || isLoading) return;
    setLoading(true);
    try {
      const of = conversationId ? `&conversation=${conversationId}` : '';
      const path = `${supportPath(slug)}/messages?before=${first}&limit=${pageSize}${of}`;
      const page = await api.get<{ messages: SupportMessage[] }>(path);
      setKnown((before) => rememberMessages(before, page.messages));
      if (page.messages.length < pageSize) setAtBeginning(true);
    } catch {
      // The network is away for a moment: scrolled to the top again, it is asked again.
    }
    setLoading(false);
  }, [slug, conversationId, first, hasOlder, isLoading]);
  return { messages, hasOlder, isLoading, loadOlder: () => void loadOlder() };
}
