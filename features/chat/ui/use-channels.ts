// Owns which channels one sees, which one writes to, and what was typed there: the main call's, the speakers', and that of the breakout room where one is.
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ChatChannel, ChatState } from '../contract.ts';
import { channelNow, channelsOf } from './channel-choice.ts';
import type { Draft, Writing } from './draft.ts';
import { keepWriting, leftIn, noDraft, recallWriting, withDraft, withMoved } from './draft.ts';
import type { ChatSource } from './use-chat.ts';

export interface ChatRoom {
  id: string;
  name: string;
  chat: ChatState;
}

interface ChannelParts {
  sessionId: string;
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
  draft: Draft;
  changeDraft(channel: ChatChannel, change: (draft: Draft) => Draft): void;
  /** What was typed in a breakout room that one has left. */
  left: { text: string; take: () => void; discard: () => void } | null;
}

export function useChannels({ sessionId, everyone, backstage, room, isLive, answering }: ChannelParts): Channels {
  const own: ChatChannel = room ? `room:${room.id}` : 'everyone';
  const [writing, setWriting] = useState<Writing>(() => recallWriting(sessionId));
  useEffect(() => keepWriting(sessionId, writing), [sessionId, writing]);
  const isSpeaker = backstage !== null;
  const channel = channelNow({ own, isSpeaker, isLive, choice: writing.choice, answering });
  const choose = useCallback(
    (one: ChatChannel) => setWriting((before) => ({ ...before, choice: { from: own, channel: one } })),
    [own],
  );
  // Where one stands Backstage, without having chosen it too, one stays when something else would be usual.
  useEffect(() => {
    if (channel === 'backstage') choose('backstage');
  }, [channel, choose]);
  const changeDraft = useCallback(
    (one: ChatChannel, change: (draft: Draft) => Draft) =>
      setWriting((before) => withDraft(before, one, change(before.drafts[one] ?? noDraft))),
    [],
  );
  const leftChannel = leftIn(writing, own);
  const left = leftChannel && {
    text: writing.drafts[leftChannel]?.text ?? '',
    take: () => setWriting((before) => withMoved(before, leftChannel, channel)),
    discard: () => changeDraft(leftChannel, () => noDraft),
  };
  const isInRoom = room !== null;
  const stateOfRoom = room?.chat;
  const sources = useMemo((): ChatSource[] => {
    const all: ChatSource[] = [];
    if (stateOfRoom) all.push({ channel: own, state: stateOfRoom });
    // In a room, what is said in the main call is for speakers to look at, when they want to.
    if (!isInRoom || isSpeaker) all.push({ channel: 'everyone', state: everyone });
    if (backstage) all.push({ channel: 'backstage', state: backstage });
    return isInRoom ? all.filter((one) => one.channel === channel) : all;
  }, [own, stateOfRoom, isInRoom, isSpeaker, everyone, backstage, channel]);
  const draft = writing.drafts[channel] ?? noDraft;
  return { channel, choice: channelsOf(own), sources, choose, draft, changeDraft, left };
}
