// Owns the chat as the panel shows it: both channels in one list, older messages on request, and how many are unread.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { api } from '#platform/ui/api.ts';
import type { ChatChannel, ChatMessage, ChatState } from '../contract.ts';
import { recentMessages } from '../contract.ts';
import type { Channelled, ShownMessage } from './chat-history.ts';
import { forget, merge, nextToFetch, nothingKnown, remember } from './chat-history.ts';

const pageSize = 50;

export interface Chat {
  messages: readonly ShownMessage[];
  hasOlder: boolean;
  isLoading: boolean;
  loadOlder(): Promise<void>;
}

/** `backstage` is null for those who do not receive it. */
export function useChat(sessionId: string, everyone: ChatState, backstage: ChatState | null): Chat {
  const [known, setKnown] = useState(nothingKnown);
  const [reachedBeginning, setReachedBeginning] = useState<Record<ChatChannel, boolean>>({ everyone: false, backstage: false });
  const [isLoading, setLoading] = useState(false);
  const add = useCallback((channel: ChatChannel, messages: readonly ChatMessage[]) => {
    setKnown((before) => {
      const after = remember(before[channel], messages);
      return after === before[channel] ? before : { ...before, [channel]: after };
    });
  }, []);
  useEffect(() => add('everyone', everyone.messages), [add, everyone.messages]);
  useEffect(() => {
    if (backstage) add('backstage', backstage.messages);
  }, [add, backstage]);

  const channels = useMemo(() => {
    const of = (channel: ChatChannel, state: ChatState): Channelled => ({
      channel,
      messages: forget(remember(known[channel], state.messages), state.deletedEarlier),
      hasOlder: state.sent > recentMessages && !reachedBeginning[channel],
    });
    return backstage ? [of('everyone', everyone), of('backstage', backstage)] : [of('everyone', everyone)];
  }, [known, everyone, backstage, reachedBeginning]);
  const messages = useMemo(() => merge(channels), [channels]);
  const next = nextToFetch(channels);

  const loadOlder = useCallback(async () => {
    if (!next || isLoading) return;
    setLoading(true);
    try {
      const path = `/api/sessions/${sessionId}/chat?channel=${next.channel}&before=${next.before}&limit=${pageSize}`;
      const page = await api.get<{ messages: ChatMessage[] }>(path);
      add(next.channel, page.messages);
      if (page.messages.length < pageSize) setReachedBeginning((before) => ({ ...before, [next.channel]: true }));
    } finally {
      setLoading(false);
    }
  }, [next, isLoading, sessionId, add]);

  return { messages, hasOlder: next !== null, isLoading, loadOlder };
}
