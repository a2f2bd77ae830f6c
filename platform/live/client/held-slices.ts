// Owns what a viewer holds: one slice per audience with the last seq it was folded to. Pure; the socket is connection.ts.
import type { ServerMessage } from '#platform/live/protocol.ts';
import type { Audience, AudienceEvent, Slices } from '#platform/log/contract.ts';

export interface Folding {
  initialSlice(audience: Audience): unknown;
  evolveSlice(audience: Audience, slice: unknown, event: AudienceEvent): unknown;
}

export interface Held {
  seqs: ReadonlyMap<Audience, number>;
  slices: Slices;
}

export const nothingHeld: Held = { seqs: new Map(), slices: {} };

type StateMessage = Extract<ServerMessage, { t: 'slice' | 'frame' | 'gone' }>;
/** A hole means that something between was missed: say hello again with what is held. */
export type Taken = { held: Held; hole: boolean };

function put(held: Held, audience: Audience, seq: number, slice: unknown): Held {
  const slices = held.slices[audience] === slice ? held.slices : { ...held.slices, [audience]: slice };
  return { seqs: new Map(held.seqs).set(audience, seq), slices };
}

function drop(held: Held, audience: Audience): Held {
  const seqs = new Map(held.seqs);
  seqs.delete(audience);
  const { [audience]: _, ...slices } = held.slices;
  return { seqs, slices };
}

export function take(held: Held, message: StateMessage, folding: Folding): Taken {
  const { audience } = message;
  if (message.t === 'gone') return { held: drop(held, audience), hole: false };
  if (message.t === 'slice') return { held: put(held, audience, message.seq, message.state), hole: false };
  const known = held.seqs.get(audience) ?? 0;
  if (message.from > known + 1) return { held, hole: true };
  if (message.to <= known && held.seqs.has(audience)) return { held, hole: false };
  let slice = held.slices[audience] ?? folding.initialSlice(audience);
  let seq = known;
  for (const event of message.events) {
    if (event.seq !== seq + 1) continue;
    slice = folding.evolveSlice(audience, slice, event);
    seq = event.seq;
  }
  return { held: put(held, audience, Math.max(seq, message.to), slice), hole: false };
}

export const haveOf = (held: Held): { audience: string; seq: number }[] =>
  Array.from(held.seqs, ([audience, seq]) => ({ audience, seq }));
