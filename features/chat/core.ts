// Owns who may say what where (rules CH1–CH6 in SPEC.md). Paging older messages is server/; showing them is ui/.
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import type { Actor, AudienceEvent, Command, Decision } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type { ChatChannel, ChatEvent, ChatState } from './contract.ts';
import { channelAudience, recentMessages } from './contract.ts';

export const initialChat: ChatState = { messages: [], sent: 0 };

export function evolveChat(state: ChatState, event: AudienceEvent): ChatState {
  const { type, body } = event as AudienceEvent & ChatEvent;
  switch (type) {
    case 'chat.sent': {
      const message = { seq: event.seq, at: event.at, author: body.author, text: body.text, deleted: false };
      return { messages: [...state.messages, message].slice(-recentMessages), sent: state.sent + 1 };
    }
    case 'chat.deleted': {
      const blank = (message: ChatState['messages'][number]) =>
        message.seq === body.seq ? { ...message, text: '', deleted: true } : message;
      return { ...state, messages: state.messages.map(blank) };
    }
    default:
      return state;
  }
}

interface View {
  chat: Record<ChatChannel, ChatState>;
  lifecycle: LifecycleState;
  /** True for a speaker who joined as one. */
  moderates: boolean;
}

export function decideChat(state: View, command: Command, actor: Actor): Decision<ChatEvent> {
  if (actor.kind !== 'person') return refuse('unknown-command');
  const channel = command.body.channel as ChatChannel;
  const audience = channelAudience(channel);
  switch (command.type) {
    case 'chat.send': {
      if (state.lifecycle.phase === 'ended') return refuse('session-ended');
      if (channel === 'everyone' && state.lifecycle.phase !== 'live') return refuse('session-not-live');
      const text = command.body.text as string;
      return { events: [{ audience, type: 'chat.sent', body: { author: actor.personId, text } }] };
    }
    case 'chat.delete': {
      const seq = command.body.seq as number;
      const message = state.chat[channel].messages.find((one) => one.seq === seq);
      if (!state.moderates && !message) return refuse('no-such-message');
      if (!state.moderates && message?.author !== actor.personId) return refuse('not-your-message');
      if (message?.deleted) return { events: [] };
      return { events: [{ audience, type: 'chat.deleted', body: { seq, by: actor.personId } }] };
    }
    default:
      return refuse('unknown-command');
  }
}
