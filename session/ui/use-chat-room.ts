// Owns what the chat needs to know of the breakout room where one is, and the channels whose unread messages are counted.
import { useMemo } from 'react';
import { roomOfPerson } from '#features/breakouts/contract.ts';
import { initialChat } from '#features/chat/evolve.ts';
import type { ChatRoom } from '#features/chat/ui/use-channels.ts';
import type { ChatSource } from '#features/chat/ui/use-chat.ts';
import type { LiveStore } from '#platform/live/client/live-store.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import type { SessionState } from '#session/state.ts';

/** Null in the main call. */
export function useChatRoom(live: LiveStore<SessionState>): ChatRoom | null {
  const breakouts = useLive(live, ({ slices }) => slices.all?.breakouts);
  const self = useLive(live, ({ personId }) => personId);
  const id = breakouts && self ? roomOfPerson(breakouts, self) : null;
  const chat = useLive(live, ({ slices }) => (id ? slices[`room:${id}`]?.chat : undefined)) ?? initialChat;
  const name = breakouts && breakouts.is !== 'none' ? breakouts.rooms.find((room) => room.id === id)?.name : undefined;
  return useMemo(() => (id && name !== undefined ? { id, name, chat } : null), [id, name, chat]);
}

/** Those in which something new is news to me: in a room, the main call's only for speakers. */
export function useChatSources(live: LiveStore<SessionState>): readonly ChatSource[] {
  const everyone = useLive(live, ({ slices }) => slices.all?.chat) ?? initialChat;
  const backstage = useLive(live, ({ slices }) => slices.backstage?.chat) ?? null;
  const room = useChatRoom(live);
  return useMemo(() => {
    const sources: ChatSource[] = [];
    if (room) sources.push({ channel: `room:${room.id}`, state: room.chat });
    if (!room || backstage) sources.push({ channel: 'everyone', state: everyone });
    if (backstage) sources.push({ channel: 'backstage', state: backstage });
    return sources;
  }, [everyone, backstage, room]);
}
