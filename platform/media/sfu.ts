// Owns the calls to LiveKit's server API: short timeouts, one retry, "already so" is success. When to call is reconcile.ts's and gate.ts's business.
import type { ParticipantInfo } from 'livekit-server-sdk';
import { AccessToken, RoomServiceClient, ServerError } from 'livekit-server-sdk';
import type { Config } from '#platform/config/contract.ts';
import type { Permission, Placed } from './grants.ts';
import { grantOf } from './grants.ts';
import type { Participant } from './plan.ts';
import type { Proof } from './proof.ts';

export interface ListedRoom {
  name: string;
  /** This installation made it: a LiveKit can serve several, and each knows only its own Sessions. */
  isOurs: boolean;
}

export interface Sfu {
  /** Good for one connection attempt: LiveKit cannot take a token back. */
  tokenFor(identity: string, placed: Placed): Promise<string>;
  listRooms(): Promise<ListedRoom[]>;
  listParticipants(room: string): Promise<Participant[]>;
  /** Null when they are not there. */
  findParticipant(room: string, identity: string): Promise<Participant | null>;
  createRoom(room: string): Promise<void>;
  deleteRoom(room: string): Promise<void>;
  removeParticipant(room: string, identity: string): Promise<void>;
  permit(room: string, identity: string, permission: Permission): Promise<void>;
  /** Whoever publishes it can unmute it, nobody else can. */
  mute(room: string, identity: string, track: string): Promise<void>;
}

const callTimeoutSeconds = 4;
const retryAfterMs = 150;
const tokenTtlSeconds = 30;
/** We delete rooms ourselves. LiveKit's own limits would end a room while its Session waits for somebody to come back. */
const emptyRoomSeconds = 24 * 60 * 60;
/** ParticipantInfo.Kind of a person's browser. */
const standardKind = 0;

export function createSfu({ url, apiKey, apiSecret }: Config['livekit'], proof: Proof): Sfu {
  const client = new RoomServiceClient(httpUrl(url), apiKey, apiSecret, {
    requestTimeout: callTimeoutSeconds,
    failover: false,
  });
  return {
    tokenFor(identity, placed) {
      const metadata = proof.of(placed.in, identity);
      const token = new AccessToken(apiKey, apiSecret, { identity, metadata, ttl: tokenTtlSeconds });
      token.addGrant(grantOf(placed));
      return token.toJwt();
    },
    async listRooms() {
      const rooms = await twice(() => client.listRooms());
      return rooms.map(({ name, metadata }) => ({ name, isOurs: proof.madeRoom(name, metadata) }));
    },
    async listParticipants(room) {
      const participants = await twice(() => client.listParticipants(room));
      return participants.map((one) => participantFrom(room, one, proof));
    },
    async findParticipant(room, identity) {
      const one = await twice(() => unlessGone(client.getParticipant(room, identity)));
      return one ? participantFrom(room, one, proof) : null;
    },
    async createRoom(room) {
      const metadata = proof.ofRoom(room);
      await twice(() =>
        client.createRoom({ name: room, metadata, emptyTimeout: emptyRoomSeconds, departureTimeout: emptyRoomSeconds }),
      );
    },
    async deleteRoom(room) {
      await twice(() => unlessGone(client.deleteRoom(room)));
    },
    async removeParticipant(room, identity) {
      await twice(() => unlessGone(client.removeParticipant(room, identity)));
    },
    async permit(room, identity, permission) {
      await twice(() => unlessGone(client.updateParticipant(room, identity, { permission })));
    },
    async mute(room, identity, track) {
      await twice(() => unlessGone(client.mutePublishedTrack(room, identity, track, true)));
    },
  };
}

export function participantFrom(room: string, info: ParticipantInfo, proof: Proof): Participant {
  const { identity, sid, permission, kind, metadata, tracks } = info;
  return {
    identity,
    sid,
    admitted: kind === standardKind && proof.holds(room, identity, metadata),
    sending: tracks.filter((one) => !one.muted).map((one) => ({ track: one.sid, source: one.source })),
    permission: {
      canSubscribe: permission?.canSubscribe ?? false,
      canPublish: permission?.canPublish ?? false,
      canPublishSources: permission?.canPublishSources ?? [],
      canPublishData: permission?.canPublishData ?? false,
      canUpdateMetadata: permission?.canUpdateMetadata ?? false,
      hidden: permission?.hidden ?? false,
      recorder: permission?.recorder ?? false,
      agent: permission?.agent ?? false,
      canSubscribeMetrics: permission?.canSubscribeMetrics ?? false,
      canManageAgentSession: permission?.canManageAgentSession ?? false,
    },
  };
}

/** `ws` and `http` name the same port. */
export const httpUrl = (url: string) => url.replace(/^ws/, 'http').replace(/\/$/, '');

/** LiveKit could not be reached, did not answer in time, or says itself that it cannot work now. */
export class SfuAway extends Error {}
/** LiveKit has reached its limit: waiting a moment will not help. */
export class SfuFull extends Error {}

/** Every call here may be repeated. An answer from LiveKit, even a refusal, is not asked for again. */
async function twice<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call().catch(async (error: unknown) => {
      if (error instanceof ServerError) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      return call();
    });
  } catch (error) {
    if (error instanceof ServerError && error.status < 500) throw error;
    // Said of every room, also of one that exists.
    if (error instanceof ServerError && error.message.includes('reached configured limit')) throw new SfuFull('LiveKit is full');
    throw new SfuAway('LiveKit does not answer', { cause: error });
  }
}

async function unlessGone<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) return null;
    throw error;
  }
}
