// Owns the translation of a placement into LiveKit's words: the grants of a token and the whole permission set. Pure.
import type { VideoGrant } from 'livekit-server-sdk';
import { TrackSource } from 'livekit-server-sdk';
import type { Placement, PublishSource } from './contract.ts';

export type Placed = Extract<Placement, { in: string }>;

/** What the person may do in this LiveKit room; null when they have no business there. In those being left they are heard no more. */
export function placedIn(placement: Placement, room: string): Placed | null {
  if (placement.in === null) return null;
  if (placement.in === room) return placement;
  // Whoever was visible stays so: permissionOf never hides anybody again.
  return placement.leaving?.includes(room) ? { in: room, publish: [], hidden: true, onStage: placement.onStage } : null;
}

/** Every field is named: LiveKit replaces the whole set, and fills what is left out with its own defaults. */
export interface Permission {
  canSubscribe: boolean;
  canPublish: boolean;
  canPublishSources: TrackSource[];
  canPublishData: boolean;
  canUpdateMetadata: boolean;
  hidden: boolean;
  recorder: boolean;
  agent: boolean;
  canSubscribeMetrics: boolean;
  canManageAgentSession: boolean;
}

const sources: Record<PublishSource, TrackSource> = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
};

/** LiveKit reads an empty list of sources as "all": only `canPublish: false` says none. */
const publishRights = (placed: Placed) => ({
  canPublish: placed.publish.length > 0,
  canPublishSources: placed.publish.map((source) => sources[source]),
});

/** What LiveKit may carry unmuted. */
export const unmutedSources = ({ on, publish }: Placed): TrackSource[] => (on ?? publish).map((source) => sources[source]);

/** What a browser's token grants: one LiveKit room, and never anything that manages rooms. */
export function grantOf(placed: Placed): VideoGrant {
  const { canPublish, canPublishSources } = publishRights(placed);
  return {
    roomJoin: true,
    room: placed.in,
    canSubscribe: true,
    canPublish,
    ...(canPublish ? { canPublishSources } : {}),
    canPublishData: false,
    canUpdateOwnMetadata: false,
    canSubscribeMetrics: false,
    canManageAgentSession: false,
    hidden: placed.hidden,
  };
}

/** A person once seen by others stays visible: hiding somebody again leaves their tile behind at every viewer. */
export function permissionOf(placed: Placed, hiddenNow: boolean): Permission {
  return {
    canSubscribe: true,
    ...publishRights(placed),
    canPublishData: false,
    canUpdateMetadata: false,
    hidden: placed.hidden && hiddenNow,
    recorder: false,
    agent: false,
    canSubscribeMetrics: false,
    canManageAgentSession: false,
  };
}

const sameSet = <T>(a: readonly T[], b: readonly T[]) => a.length === b.length && a.every((one) => b.includes(one));

/** Asked for everybody in a Session at every change of it. */
export function samePermission(a: Permission, b: Permission): boolean {
  return (
    a.canSubscribe === b.canSubscribe &&
    a.canPublish === b.canPublish &&
    sameSet(a.canPublishSources, b.canPublishSources) &&
    a.canPublishData === b.canPublishData &&
    a.canUpdateMetadata === b.canUpdateMetadata &&
    a.hidden === b.hidden &&
    a.recorder === b.recorder &&
    a.agent === b.agent &&
    a.canSubscribeMetrics === b.canSubscribeMetrics &&
    a.canManageAgentSession === b.canManageAgentSession
  );
}

export function sameRights(a: Placed, b: Placed): boolean {
  return a.hidden === b.hidden && sameSet(a.publish, b.publish);
}
