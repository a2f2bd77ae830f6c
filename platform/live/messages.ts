// Owns the bytes of the server's messages: each is encoded once, however many receive it.
import type { Audience, AudienceEvent, LoggedEvent } from '#platform/log/contract.ts';
import type { ServerMessage } from './protocol.ts';

/**
 * A whole WebSocket text frame (RFC 6455, 5.2: servers do not mask), ready to be written to any number of sockets.
 * ws would make a header and two writes for each receiver, which is a good part of what a delivery costs.
 */
export function encode(message: ServerMessage): Buffer {
  const text = JSON.stringify(message);
  const length = Buffer.byteLength(text);
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(headerLength + length);
  bytes[0] = 0x81;
  if (headerLength === 2) bytes[1] = length;
  else if (headerLength === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  bytes.write(text, headerLength);
  return bytes;
}

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
