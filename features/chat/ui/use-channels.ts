// Owns which channels one sees and which one writes to: the main call's, the speakers', and that of the breakout room where one is.
import { useMemo, useState } from 'react';
import type { ChatChannel, ChatState } from '../contract.ts';
import type { ChatSource } from './use-chat.ts';

export interface ChatRoom {
  id: string;
  name: string;
  chat: ChatState;
}

interface ChannelParts {
  everyone: ChatState;
  /** Null for those who do not receive it. */
  backstage: ChatState | null;
  room: ChatRoom | null;
  isLive: boolean;
  /** Where the message is that is being answered. */
  answering: ChatChannel | undefined;
}

export interface Channels {
  /** One writes here. */
  channel: ChatChannel;
  /** Those to choose from; more than one for speakers only. */
  choice: readonly ChatChannel[];
  sources: readonly ChatSource[];
  choose(channel: ChatChannel): void;
}

export function useChannels({ everyone, backstage, room, isLive, answering }: ChannelParts): Channels {
  const own: ChatChannel = room ? `room:${room.id}` : 'everyone';
  const [chosen, setChosen] = useState<{ from: ChatChannel; channel: ChatChannel }>({ from: own, channel: own });
  const usual = chosen.from === own ? chosen.channel : own;
  // Before the start only the speakers are there to read. An answer goes where its question was asked.
  const channel = !backstage ? own : isLive ? (answering ?? usual) : 'backstage';
  const choice: ChatChannel[] = room ? [own, 'everyone', 'backstage'] : ['everyone', 'backstage'];
  const isInRoom = room !== null;
  const stateOfRoom = room?.chat;
  const sources = useMemo((): ChatSource[] => {
    const all: ChatSource[] = [];
    if (stateOfRoom) all.push({ channel: own, state: stateOfRoom });
    // In a room, what is said in the main call is for speakers to look at, when they want to.
    if (!isInRoom || backstage) all.push({ channel: 'everyone', state: everyone });
    if (backstage) all.push({ channel: 'backstage', state: backstage });
    return isInRoom ? all.filter((one) => one.channel === channel) : all;
  }, [own, stateOfRoom, isInRoom, everyone, backstage, channel]);
  return { channel, choice, sources, choose: (one) => setChosen({ from: own, channel: one }) };
}
