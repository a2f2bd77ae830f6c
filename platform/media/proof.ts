// Owns the proof that somebody in a LiveKit room came through our gate: LiveKit lets in whoever holds a signed token, whatever it grants.
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Proof {
  /** Goes with the token as metadata, which no browser may change. */
  of(room: string, identity: string): string;
  holds(room: string, identity: string, metadata: string): boolean;
}

/** `secret` should be one that LiveKit does not know: then even its own key pair makes no uninvited listener. */
export function createProof(secret: string): Proof {
  const of = (room: string, identity: string) =>
    createHmac('sha256', secret).update(`media admission\0${room}\0${identity}`).digest('base64url');
  return {
    of,
    holds(room, identity, metadata) {
      const expected = Buffer.from(of(room, identity));
      const given = Buffer.from(metadata);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
