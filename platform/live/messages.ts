// Owns the bytes of the server's messages: each is encoded once, however many receive it.
import type { Audience, AudienceEvent, LoggedEvent } from '#platform/log/contract.ts';
import type { ServerMessage } from './protocol.ts';

export const encode = (message: ServerMessage): Buffer => Buffer.from(JSON.stringify(message));

/** Leaves out `rev`: the hole between two would tell that something happened elsewhere. */
const asReceived = ({ seq, type, v, at, body }: AudienceEvent): AudienceEvent => ({ seq, type, v, at, body });

/** `events` follow each other without a hole, and there is at least one. */
export function encodeFrame(audience: Audience, events: readonly AudienceEvent[]): Buffer {
  const from = events[0]?.seq ?? 0;
  const to = events.at(-1)?.seq ?? 0;
  return encode({ t: 'frame', audience, from, to, events: events.map(asReceived) });
}

export function byAudience(events: readonly LoggedEvent[]): Map<Audience, LoggedEvent[]> {
  return Map.groupBy(events, (event) => event.audience);
}
