// Owns what a speaker may do about whom, as the buttons show it. The server decides the same again.
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { PresentAs } from '../contract.ts';
import type { PossibleActs } from './person-acts.tsx';
import type { OnTheWay } from './person-row.tsx';

/** What only speakers have. */
export interface Moderation {
  removed: readonly string[];
  banned: Readonly<Record<string, unknown>>;
  /** Person id → where they are on the way to the stage. */
  onTheWay: ReadonlyMap<string, OnTheWay>;
  isLive: boolean;
  act: (type: string, body: Record<string, unknown>) => Promise<unknown>;
}

interface Standing {
  present: Readonly<Record<string, PresentAs>>;
  /** On the list of speakers, whatever they are here. */
  speakers: readonly string[];
  onStage: readonly string[];
  /** Those on stage who are there as participants. */
  guests: readonly string[];
  /** Whose microphone is on, as far as I am told. */
  heard: readonly string[];
  /** Those in breakout rooms, whom nobody invites to the main call's stage or takes off it. */
  rooms: ReadonlyMap<string, unknown>;
}

export function possibleActs(
  id: string,
  { act, banned, onTheWay, isLive }: Moderation,
  { present, speakers, onStage, guests, heard, rooms }: Standing,
  remove: (person: PersonSummary) => void,
): PossibleActs {
  const send = (type: string) => () => void act(type, { person: id });
  // The stage asks what somebody is here; removal and the chat, whether they are on the list (PE3).
  const isOnList = speakers.includes(id);
  const isElsewhere = onStage.includes(id) || rooms.has(id);
  const way = onTheWay.get(id);
  const mayBeInvited = isLive && present[id] === 'participant' && !isElsewhere && (way ?? 'asks') === 'asks';
  return {
    invite: mayBeInvited ? send('requests.invite') : undefined,
    takeBack: way === 'invited' ? send('requests.withdraw-invitation') : undefined,
    mute: heard.includes(id) ? send('stage.mute') : undefined,
    removeFromStage: guests.includes(id) && !rooms.has(id) ? send('stage.remove') : undefined,
    ban: !isOnList && !(id in banned) ? send('chat.ban') : undefined,
    liftBan: id in banned ? send('chat.lift-ban') : undefined,
    remove: isOnList ? undefined : remove,
  };
}
