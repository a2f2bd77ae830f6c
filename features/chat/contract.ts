// Owns the words of the Session's chat: two channels, the last messages in the state, older ones over HTTP. Rules: SPEC.md.
import { z } from 'zod';
import { storableText } from '#platform/log/contract.ts';

export const maxMessageLength = 2000;
/** The state keeps this many messages per channel; older ones page over HTTP. */
export const recentMessages = 100;
/** More people than this cannot be meant by one message. */
export const maxMentions = 10;

/** `room:r1`: the chat of the breakout room `r1`. */
export type ChatChannel = 'everyone' | 'backstage' | `room:${string}`;
const isRoomChannel = (value: string): value is `room:${string}` => /^room:r\d{1,6}$/.test(value);
export const chatChannel = z.union([z.enum(['everyone', 'backstage']), z.string().refine(isRoomChannel)]);

/** In the order in which they are shown. */
export const reactions = ['thumbs-up', 'heart', 'laugh', 'clap', 'party', 'wow'] as const;
export type Reaction = (typeof reactions)[number];

/** A participant may write this many messages within `paceMs`, unless speakers set another pace. */
export const usualPace = 5;
export const slowPace = 1;
export const paceMs = 5000;

const text = storableText(maxMessageLength)
  .transform((value) => value.trim())
  .refine((value) => value.length > 0);
/** A message's number within its channel's audience. */
const seq = z.number().int().min(1);
const reaction = z.object({ channel: chatChannel, seq, reaction: z.enum(reactions) });
const onePerson = z.object({ person: z.uuid() });

export const chatCommands = {
  /** `replyTo` is the number of a message of the same channel. */
  'chat.send': z.object({
    channel: chatChannel,
    text,
    replyTo: seq.optional(),
    mentions: z.array(z.uuid()).max(maxMentions).optional(),
  }),
  'chat.delete': z.object({ channel: chatChannel, seq }),
  'chat.react': reaction,
  'chat.take-back': reaction,
  'chat.pause': z.object({}),
  'chat.resume': z.object({}),
  'chat.set-pace': z.object({ messages: z.number().int().min(1).max(1000) }),
  'chat.ban': onePerson,
  'chat.lift-ban': onePerson,
};

type Channelled<Type extends string, Body> =
  | { audience: 'all'; type: Type; body: Body }
  | { audience: 'backstage'; type: Type; body: Body }
  | { audience: `room:${string}`; type: Type; body: Body };
type Own = `person:${string}`;
type OwnReaction = { channel: ChatChannel; seq: number; reaction: Reaction };
export type ChatEvent =
  | Channelled<'chat.sent', { author: string; text: string; replyTo?: number; mentions?: string[] }>
  | Channelled<'chat.deleted', { seq: number; by: string }>
  /** Who reacted stays with them: everybody else learns the count. */
  | Channelled<'chat.reacted', { seq: number; reaction: Reaction }>
  | Channelled<'chat.reaction-taken-back', { seq: number; reaction: Reaction }>
  | { audience: Own; type: 'chat.you-reacted'; body: OwnReaction }
  | { audience: Own; type: 'chat.you-took-back'; body: OwnReaction }
  | { audience: 'all'; type: 'chat.paused'; body: { by: string } }
  | { audience: 'all'; type: 'chat.resumed'; body: { by: string } }
  | { audience: 'all'; type: 'chat.pace-set'; body: { messages: number; by: string } }
  | { audience: 'backstage'; type: 'chat.banned'; body: { person: string; by: string } }
  | { audience: 'backstage'; type: 'chat.ban-lifted'; body: { person: string; by: string } }
  | { audience: Own; type: 'chat.you-were-banned'; body: Record<string, never> }
  | { audience: Own; type: 'chat.your-ban-was-lifted'; body: Record<string, never> };

export type ReactionCounts = Partial<Record<Reaction, number>>;
export interface ChatMessage {
  seq: number;
  author: string;
  text: string;
  at: string;
  deleted: boolean;
  /** Absent where there is nothing. */
  replyTo?: number;
  mentions?: string[];
  reactions?: ReactionCounts;
}
/** In slice `all`: channel "Everyone". Oldest first. */
export interface ChatState {
  messages: ChatMessage[];
  /** How many were ever sent, for "older messages" and the unread badge. */
  sent: number;
  /** The last deletions of messages that are no longer here, for tabs that had loaded them. */
  deletedEarlier: number[];
  /** Only speakers write. */
  paused: boolean;
  /** Messages that a participant may write within `paceMs`. */
  pace: number;
}
/** In slice `backstage`: channel "Backstage", and banned person id → who banned them. */
export interface BackstageChatState extends ChatState {
  banned: Record<string, string>;
}
/** In slice `person:x`. `reactions` are mine: channel and number of a message → what I gave it. */
export interface OwnChatState {
  banned: boolean;
  reactions: Record<string, Reaction[]>;
}

export const channelAudience = (channel: ChatChannel): 'all' | 'backstage' | `room:${string}` =>
  channel === 'everyone' ? 'all' : channel;
export const reactionKey = (channel: ChatChannel, seq: number) => `${channel}:${seq}`;

export type ChatRefusal =
  | 'session-not-live'
  | 'session-ended'
  | 'no-such-message'
  | 'message-too-old'
  | 'not-your-message'
  | 'chat-paused'
  | 'banned-from-chat'
  | 'chatting-too-fast'
  | 'cannot-ban-a-speaker'
  | 'not-in-a-room'
  | 'in-a-breakout-room';
