// Owns which channel one writes to (CH21): it changes by one's own press, or because one is somewhere else. Pure.
import type { ChatChannel } from '../contract.ts';

/** What was chosen, and where one was then: the main call's channel or a breakout room's. */
export interface Choice {
  from: ChatChannel;
  channel: ChatChannel;
}

export interface Whereabouts {
  /** The channel of the place where one is. */
  own: ChatChannel;
  /** Receives Backstage. */
  isSpeaker: boolean;
  isLive: boolean;
  choice: Choice | null;
  /** Where the message is that is being answered. */
  answering: ChatChannel | undefined;
}

export const channelsOf = (own: ChatChannel): readonly ChatChannel[] =>
  own === 'everyone' ? ['everyone', 'backstage'] : [own, 'everyone', 'backstage'];

/** What was begun among speakers stays there, whatever starts, opens or closes meanwhile. */
export function channelNow({ own, isSpeaker, isLive, choice, answering }: Whereabouts): ChatChannel {
  if (!isSpeaker) return own;
  // Before the start only the speakers are there to read.
  if (!isLive) return 'backstage';
  // An answer goes where its question was asked, as long as one reaches that.
  if (answering && channelsOf(own).includes(answering)) return answering;
  if (!choice) return own;
  return choice.channel === 'backstage' || choice.from === own ? choice.channel : own;
}
