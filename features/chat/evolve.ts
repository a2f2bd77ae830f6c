// Owns the chat's state: how each event changes a channel, the list of those banned, and what is mine. Pure; deciding is core.ts.
import type { AudienceEvent } from '#platform/log/contract.ts';
import type {
  BackstageChatState,
  ChatEvent,
  ChatMessage,
  ChatState,
  OwnChatState,
  Reaction,
  ReactionCounts,
} from './contract.ts';
import { reactionKey, recentMessages, usualPace } from './contract.ts';

export const initialChat: ChatState = { messages: [], sent: 0, deletedEarlier: [], paused: false, pace: usualPace };
export const initialBackstageChat: BackstageChatState = { ...initialChat, banned: {} };
export const initialOwnChat: OwnChatState = { banned: false, reactions: {} };

function change<S extends ChatState>(state: S, seq: number, how: (message: ChatMessage) => ChatMessage): S {
  const index = state.messages.findLastIndex((message) => message.seq === seq);
  const message = state.messages[index];
  if (!message || message.deleted) return state;
  const messages = [...state.messages];
  messages[index] = how(message);
  return { ...state, messages };
}

/** A count that is nobody's is not kept: a message without reactions has none. */
function count(message: ChatMessage, reaction: Reaction, by: 1 | -1): ChatMessage {
  const { reactions, ...rest } = message;
  const { [reaction]: before = 0, ...others } = reactions ?? {};
  const after: ReactionCounts = before + by > 0 ? { ...others, [reaction]: before + by } : others;
  return Object.keys(after).length > 0 ? { ...rest, reactions: after } : rest;
}

export function evolveChat<S extends ChatState>(state: S, event: AudienceEvent): S {
  const { type, body } = event as AudienceEvent & ChatEvent;
  switch (type) {
    case 'chat.sent': {
      const { author, text, replyTo, mentions } = body;
      // Erased with its author: as if it were deleted.
      const deleted = text === '';
      const message: ChatMessage = { seq: event.seq, at: event.at, author, text, deleted };
      if (replyTo !== undefined && !deleted) message.replyTo = replyTo;
      if (mentions !== undefined && !deleted) message.mentions = mentions;
      return { ...state, messages: [...state.messages, message].slice(-recentMessages), sent: state.sent + 1 };
    }
    case 'chat.deleted': {
      if (body.seq < (state.messages[0]?.seq ?? 0)) {
        return { ...state, deletedEarlier: [...state.deletedEarlier, body.seq].slice(-recentMessages) };
      }
      return change(state, body.seq, ({ seq, at, author }) => ({ seq, at, author, text: '', deleted: true }));
    }
    case 'chat.reacted':
      return change(state, body.seq, (message) => count(message, body.reaction, 1));
    case 'chat.reaction-taken-back':
      return change(state, body.seq, (message) => count(message, body.reaction, -1));
    case 'chat.paused':
      return { ...state, paused: true };
    case 'chat.resumed':
      return { ...state, paused: false };
    case 'chat.pace-set':
      return { ...state, pace: body.messages };
    default:
      return state;
  }
}

export function evolveBackstageChat(state: BackstageChatState, event: AudienceEvent): BackstageChatState {
  const { type, body } = event as AudienceEvent & ChatEvent;
  if (type === 'chat.banned') return { ...state, banned: { ...state.banned, [body.person]: body.by } };
  if (type === 'chat.ban-lifted') {
    const { [body.person]: _, ...banned } = state.banned;
    return { ...state, banned };
  }
  return evolveChat(state, event);
}

const seqOf = (key: string) => Number(key.slice(key.lastIndexOf(':') + 1));

/** Reactions go to the last hundred messages of a channel only: of mine, those to the newest hundred are enough. */
function bounded(mine: OwnChatState['reactions'], channel: string): OwnChatState['reactions'] {
  const keys = Object.keys(mine).filter((key) => key.startsWith(`${channel}:`));
  if (keys.length <= recentMessages) return mine;
  const oldest = keys.reduce((least, key) => (seqOf(key) < seqOf(least) ? key : least));
  const { [oldest]: _, ...rest } = mine;
  return rest;
}

export function evolveOwnChat(state: OwnChatState, event: AudienceEvent): OwnChatState {
  const { type, body } = event as AudienceEvent & ChatEvent;
  switch (type) {
    case 'chat.you-were-banned':
      return { ...state, banned: true };
    case 'chat.your-ban-was-lifted':
      return { ...state, banned: false };
    case 'chat.you-reacted': {
      const key = reactionKey(body.channel, body.seq);
      const mine = { ...state.reactions, [key]: [...(state.reactions[key] ?? []), body.reaction] };
      return { ...state, reactions: bounded(mine, body.channel) };
    }
    case 'chat.you-took-back': {
      const key = reactionKey(body.channel, body.seq);
      const { [key]: before = [], ...others } = state.reactions;
      const left = before.filter((one) => one !== body.reaction);
      return { ...state, reactions: left.length > 0 ? { ...others, [key]: left } : others };
    }
    default:
      return state;
  }
}
