// Owns following the conversation that is open at the desk, for as long as it is.
import { useEffect, useState } from 'react';
import type { LiveStore } from '#platform/live/client/live-store.ts';
import type { SupportState } from '../contract.ts';
import type { DeskConversationProps } from './desk-conversation.tsx';
import { DeskConversationView } from './desk-conversation.tsx';
import { connectTalk } from './talk-connection.ts';

export function DeskTalk({ conversationId, ...props }: Omit<DeskConversationProps, 'store'>) {
  const [store, setStore] = useState<LiveStore<SupportState> | null>(null);
  useEffect(() => {
    const made = connectTalk(conversationId);
    setStore(made);
    return () => made.close();
  }, [conversationId]);
  return store && <DeskConversationView key={conversationId} {...props} conversationId={conversationId} store={store} />;
}
