// Owns who may say what where (rules CH1–CH19 in SPEC.md). The state is evolve.ts, paging older messages server/, showing them ui/.
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import type { Actor, Command, Decision, Refusal } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type { BackstageChatState, ChatChannel, ChatEvent, ChatState, OwnChatState, Reaction } from './contract.ts';
import { channelAudience, paceMs, reactionKey } from './contract.ts';
import { initialChat } from './evolve.ts';

interface View {
  chat: ChatState;
  backstage: BackstageChatState;
  /** The actor's own slice. */
  own: OwnChatState;
  lifecycle: LifecycleState;
  present: Readonly<Record<string, unknown>>;
  /** The breakout room where the actor is, with its chat and those who belong there. */
  room: { id: string; chat: ChatState; members: readonly string[] } | null;
  /** True for a speaker who joined as one. */
  moderates: boolean;
}

function channelOf(state: View, channel: ChatChannel): ChatState {
  if (channel === 'everyone') return state.chat;
  return channel === 'backstage' ? state.backstage : (state.room?.chat ?? initialChat);
}

export function decideChat(state: View, command: Command, actor: Actor, now: string): Decision<ChatEvent> {
  if (actor.kind !== 'person') return refuse('unknown-command');
  const { type, body } = command;
  const me = actor.personId;
  // Nobody reaches into another room, whatever they may do in their own.
  const isElsewhere = String(body.channel).startsWith('room:') && body.channel !== `room:${state.room?.id}`;
  if (isElsewhere) return refuse('not-in-a-room');
  if (type === 'chat.delete') return remove(state, me, body as unknown as Target);
  if (state.lifecycle.phase === 'ended') return refuse('session-ended');
  switch (type) {
    case 'chat.send':
      return send(state, me, body as unknown as Draft, now);
    case 'chat.react':
      return react(state, me, body as unknown as GivenReaction);
    case 'chat.take-back':
      return takeBack(state, me, body as unknown as GivenReaction);
    case 'chat.pause':
      return { events: state.chat.paused ? [] : [{ audience: 'all', type: 'chat.paused', body: { by: me } }] };
    case 'chat.resume':
      return { events: state.chat.paused ? [{ audience: 'all', type: 'chat.resumed', body: { by: me } }] : [] };
    case 'chat.set-pace': {
      const messages = body.messages as number;
      const event: ChatEvent = { audience: 'all', type: 'chat.pace-set', body: { messages, by: me } };
      return { events: messages === state.chat.pace ? [] : [event] };
    }
    case 'chat.ban':
      return ban(state, me, body.person as string);
    case 'chat.lift-ban':
      return liftBan(state, me, body.person as string);
    default:
      return refuse('unknown-command');
  }
}

/** Why this person may not take part in this channel now, pace aside. */
function silenced(state: View, channel: ChatChannel): { refusal: Refusal } | null {
  if (channel === 'backstage') return null;
  if (state.lifecycle.phase !== 'live') return refuse('session-not-live');
  if (state.moderates) return null;
  if (state.own.banned) return refuse('banned-from-chat');
  if (channel !== 'everyone') return null;
  if (state.room) return refuse('in-a-breakout-room');
  return state.chat.paused ? refuse('chat-paused') : null;
}

/** Milliseconds until the person may write again; 0: now. Counted in the messages that the state holds. */
function waitMs(state: View, channel: ChatChannel, person: string, now: string): number {
  const { pace } = state.chat;
  const { messages } = channelOf(state, channel);
  const since = Date.parse(now) - paceMs;
  const mine = messages.filter((message) => message.author === person && Date.parse(message.at) > since);
  const first = mine.at(-pace);
  return first ? Date.parse(first.at) - since : 0;
}

interface Draft {
  channel: ChatChannel;
  text: string;
  replyTo?: number;
  mentions?: string[];
}

function send(state: View, author: string, draft: Draft, now: string): Decision<ChatEvent> {
  const { channel, text, replyTo, mentions = [] } = draft;
  const silence = silenced(state, channel);
  if (silence) return silence;
  if (!state.moderates) {
    const wait = waitMs(state, channel, author, now);
    if (wait > 0) return refuse('chatting-too-fast', { retryAfterSeconds: Math.ceil(wait / 1000) });
  }
  const last = channelOf(state, channel).messages.at(-1)?.seq ?? 0;
  if (replyTo !== undefined && replyTo > last) return refuse('no-such-message');
  // Backstage is not there for others: naming them would tell nobody.
  const isMeant = (person: string) => {
    if (channel === 'backstage') return state.lifecycle.speakers.includes(person);
    return person in state.present && (channel === 'everyone' || Boolean(state.room?.members.includes(person)));
  };
  const meant = [...new Set(mentions)].filter((person) => person !== author && isMeant(person));
  return {
    events: [
      {
        audience: channelAudience(channel),
        type: 'chat.sent',
        body: { author, text, ...(replyTo !== undefined && { replyTo }), ...(meant.length > 0 && { mentions: meant }) },
      },
    ],
  };
}

interface Target {
  channel: ChatChannel;
  seq: number;
}

function remove(state: View, by: string, { channel, seq }: Target): Decision<ChatEvent> {
  const { messages, deletedEarlier } = channelOf(state, channel);
  const message = messages.find((one) => one.seq === seq);
  if (!state.moderates && !message) return refuse('no-such-message');
  if (!state.moderates && message?.author !== by) return refuse('not-your-message');
  if (message?.deleted || deletedEarlier.includes(seq)) return { events: [] };
  return { events: [{ audience: channelAudience(channel), type: 'chat.deleted', body: { seq, by } }] };
}

interface GivenReaction extends Target {
  reaction: Reaction;
}

function react(state: View, person: string, { channel, seq, reaction }: GivenReaction): Decision<ChatEvent> {
  const silence = silenced(state, channel);
  if (silence) return silence;
  const { messages } = channelOf(state, channel);
  const message = messages.find((one) => one.seq === seq);
  if (!message && seq < (messages[0]?.seq ?? 0)) return refuse('message-too-old');
  if (!message || message.deleted) return refuse('no-such-message');
  if (state.own.reactions[reactionKey(channel, seq)]?.includes(reaction)) return { events: [] };
  return {
    events: [
      { audience: channelAudience(channel), type: 'chat.reacted', body: { seq, reaction } },
      { audience: `person:${person}`, type: 'chat.you-reacted', body: { channel, seq, reaction } },
    ],
  };
}

/** Possible also while one may not write: it says less, not more. */
function takeBack(state: View, person: string, { channel, seq, reaction }: GivenReaction): Decision<ChatEvent> {
  if (!state.own.reactions[reactionKey(channel, seq)]?.includes(reaction)) return { events: [] };
  return {
    events: [
      { audience: channelAudience(channel), type: 'chat.reaction-taken-back', body: { seq, reaction } },
      { audience: `person:${person}`, type: 'chat.you-took-back', body: { channel, seq, reaction } },
    ],
  };
}

function ban(state: View, by: string, person: string): Decision<ChatEvent> {
  if (state.lifecycle.speakers.includes(person)) return refuse('cannot-ban-a-speaker');
  if (person in state.backstage.banned) return { events: [] };
  return {
    events: [
      { audience: 'backstage', type: 'chat.banned', body: { person, by } },
      { audience: `person:${person}`, type: 'chat.you-were-banned', body: {} },
    ],
  };
}

function liftBan(state: View, by: string, person: string): Decision<ChatEvent> {
  if (!(person in state.backstage.banned)) return { events: [] };
  return {
    events: [
      { audience: 'backstage', type: 'chat.ban-lifted', body: { person, by } },
      { audience: `person:${person}`, type: 'chat.your-ban-was-lifted', body: {} },
    ],
  };
}
