// Owns the proofs that somebody in a LiveKit room came through our gate, and that a room is ours: LiveKit lets in whoever holds a signed token, and may serve other installations too.
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Proof {
  /** Goes with the token as metadata, which no browser may change. */
  of(room: string, identity: string): string;
  holds(room: string, identity: string, metadata: string): boolean;
  /** Goes with a LiveKit room that this installation makes. */
  ofRoom(room: string): string;
  madeRoom(room: string, metadata: string): boolean;
}

/** `secret` should be one that LiveKit does not know: then even its own key pair makes no uninvited listener. */
export function createProof(secret: string): Proof {
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  const of = (room: string, identity: string) => sign(`media admission\0${room}\0${identity}`);
  const ofRoom = (room: string) => sign(`media room\0${room}`);
  return {
    of,
    ofRoom,
    holds: (room, identity, metadata) => isSame(of(room, identity), metadata),
    madeRoom: (room, metadata) => isSame(ofRoom(room), metadata),
  };
}

function isSame(one: string, other: string): boolean {
  const [expected, given] = [Buffer.from(one), Buffer.from(other)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
