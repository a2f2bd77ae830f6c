// Owns what the live server must be told of one kind of stream: who may know of one, what its commands are, who holds which slice.
import type { Actor, Audience, Decider, Slices } from '#platform/log/contract.ts';
import type { Admission } from './admission.ts';
import type { HubRegistry } from './hub-registry.ts';

export interface StreamKind {
  /** Also tells the kinds apart: the first kind that admits a person to a stream is the stream's. */
  admission: Admission;
  decider: Pick<Decider, 'parseCommand' | 'initialSlice'>;
  viewerAudiences: (state: Slices, viewer: Actor) => Audience[];
  /** All that `viewerAudiences` reads of the state, compared by identity. Absent: the whole state. */
  audiencesDependOn?: (state: Slices) => readonly unknown[];
}

/** A kind with the streams of it that this server follows. */
export type FollowedKind = Pick<StreamKind, 'admission' | 'decider'> & { hubs: HubRegistry };
