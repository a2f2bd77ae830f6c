// Owns the chat as the panel shows it: its channels in one list, and older messages on request.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { api } from '#platform/ui/api.ts';
import type { ChatChannel, ChatMessage, ChatState } from '../contract.ts';
import { recentMessages } from '../contract.ts';
import type { Channelled, ShownMessage } from './chat-history.ts';
import { forget, merge, nextToFetch, nothingKnown, remember } from './chat-history.ts';

const pageSize = 50;
const none: readonly ChatMessage[] = [];

export interface Chat {
  messages: readonly ShownMessage[];
  hasOlder: boolean;
  isLoading: boolean;
  loadOlder(): Promise<void>;
}

export interface ChatSource {
  channel: ChatChannel;
  state: ChatState;
}

/** `sources`: the channels that are shown; the same array as long as nothing of it has changed. */
export function useChat(sessionId: string, sources: readonly ChatSource[]): Chat {
  const [known, setKnown] = useState(nothingKnown);
  const [reachedBeginning, setReachedBeginning] = useState<Partial<Record<ChatChannel, boolean>>>({});
  const [isLoading, setLoading] = useState(false);
  const add = useCallback((channel: ChatChannel, messages: readonly ChatMessage[]) => {
    setKnown((before) => {
      const after = remember(before[channel] ?? none, messages);
      return after === before[channel] ? before : { ...before, [channel]: after };
    });
  }, []);
  useEffect(() => {
    for (const { channel, state } of sources) add(channel, state.messages);
  }, [add, sources]);

  const channels = useMemo(
    () =>
      sources.map(
        ({ channel, state }): Channelled => ({
          channel,
          messages: forget(remember(known[channel] ?? none, state.messages), state.deletedEarlier),
          hasOlder: state.sent > recentMessages && !reachedBeginning[channel],
        }),
      ),
    [known, sources, reachedBeginning],
  );
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
