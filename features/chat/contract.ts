// Owns the words of the Session's chat: two channels, the last messages in the state, older ones over HTTP. Rules: SPEC.md.
import { z } from 'zod';
import { storableText } from '#platform/log/contract.ts';

export const maxMessageLength = 2000;
/** The state keeps this many messages per channel; older ones page over HTTP. */
export const recentMessages = 100;

export const chatChannel = z.enum(['everyone', 'backstage']);
export type ChatChannel = z.infer<typeof chatChannel>;

const text = storableText(maxMessageLength)
  .transform((value) => value.trim())
  .refine((value) => value.length > 0);

export const chatCommands = {
  'chat.send': z.object({ channel: chatChannel, text }),
  /** `seq` is the message's number within its channel's audience. */
  'chat.delete': z.object({ channel: chatChannel, seq: z.number().int().min(1) }),
};

type Channelled<Type extends string, Body> =
  | { audience: 'all'; type: Type; body: Body }
  | { audience: 'backstage'; type: Type; body: Body };
export type ChatEvent =
  | Channelled<'chat.sent', { author: string; text: string }>
  | Channelled<'chat.deleted', { seq: number; by: string }>;

export interface ChatMessage {
  seq: number;
  author: string;
  text: string;
  at: string;
  deleted: boolean;
}
/** One in slice `all` (channel "Everyone"), one in slice `backstage`. Oldest first. */
export interface ChatState {
  messages: ChatMessage[];
  /** How many were ever sent, for "older messages" and the unread badge. */
  sent: number;
}

export const channelAudience = (channel: ChatChannel) => (channel === 'everyone' ? 'all' : 'backstage');

export type ChatRefusal = 'session-not-live' | 'session-ended' | 'no-such-message' | 'not-your-message';
