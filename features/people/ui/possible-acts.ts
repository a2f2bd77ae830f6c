// Owns what a speaker may do about whom, as the buttons show it. The server decides the same again.
import type { PersonSummary } from '#shell/accounts/contract.ts';
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
  speakers: readonly string[];
  onStage: readonly string[];
  /** Whose microphone is on, as far as I am told. */
  heard: readonly string[];
  /** Those in breakout rooms, whom nobody invites to the main call's stage or takes off it. */
  rooms: ReadonlyMap<string, unknown>;
}

export function possibleActs(
  id: string,
  { act, banned, onTheWay, isLive }: Moderation,
  { speakers, onStage, heard, rooms }: Standing,
  remove: (person: PersonSummary) => void,
): PossibleActs {
  const send = (type: string) => () => void act(type, { person: id });
  const isSpeaker = speakers.includes(id);
  const isOnStage = onStage.includes(id) && !rooms.has(id);
  const mayBeInvited = isLive && !isSpeaker && !isOnStage && !rooms.has(id) && (onTheWay.get(id) ?? 'asks') === 'asks';
  return {
    invite: mayBeInvited ? send('requests.invite') : undefined,
    mute: heard.includes(id) ? send('stage.mute') : undefined,
    removeFromStage: isOnStage && !isSpeaker ? send('stage.remove') : undefined,
    ban: !isSpeaker && !(id in banned) ? send('chat.ban') : undefined,
    liftBan: id in banned ? send('chat.lift-ban') : undefined,
    remove: isSpeaker ? undefined : remove,
  };
}
