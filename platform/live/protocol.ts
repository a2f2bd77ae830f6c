// Owns the words on the socket between browser and app server; docs/protocol.md explains them for a second client.
import { z } from 'zod';
import type { Audience, AudienceEvent, Refusal } from '#platform/log/contract.ts';
import { commandEnvelope } from '#platform/log/contract.ts';

/** Raised when an older browser can no longer talk to this server; such a tab reloads itself. */
export const protocolVersion = 1;
export const liveSocketPath = '/live';
/** The largest message a client may send, in bytes. */
export const maxMessageBytes = 64 * 1024;

/** First message on a socket. `have` names the last known seq per audience, so that only the tail is sent. */
export const helloMessage = z.object({
  t: z.literal('hello'),
  v: z.number().int(),
  stream: z.string().max(100),
  as: z.enum(['speaker', 'participant']),
  /** Made up anew whenever a person opens the page or continues here, the same on coming back. Of a person's several the newest counts. */
  opening: z.uuid().optional(),
  have: z.array(z.object({ audience: z.string().max(100), seq: z.number().int().min(0) })).max(64),
});
export const commandMessage = commandEnvelope.extend({ t: z.literal('command') });
export const pingMessage = z.object({ t: z.literal('ping') });
export const clientMessage = z.discriminatedUnion('t', [helloMessage, commandMessage, pingMessage]);
export type ClientMessage = z.infer<typeof clientMessage>;
export type Hello = z.infer<typeof helloMessage>;

export type ServerMessage =
  /** `now` is the database's clock, the same on all servers, ISO 8601: countdowns count against it. `build` changes when the web was built anew. */
  | { t: 'welcome'; v: number; now: string; build: string; personId: string }
  /** The whole state of one audience after event `seq`. */
  | { t: 'slice'; audience: Audience; seq: number; state: unknown }
  /** Events `from`…`to` of one audience. What is known is skipped; a hole means: say hello again. */
  | { t: 'frame'; audience: Audience; from: number; to: number; events: AudienceEvent[] }
  /** The viewer no longer belongs to the audience: its slice must be deleted. */
  | { t: 'gone'; audience: Audience }
  | { t: 'ack'; id: string }
  | { t: 'refused'; id: string; refusal: Refusal }
  | { t: 'pong'; now: string };

/** Why the server closes a socket. From 4400 on the browser does not come back by itself. */
export const closeCodes = {
  /** Come back at once: the server is going away, or the reader was too slow. */
  comeBack: 4000,
  badMessage: 4400,
  signedOut: 4401,
  notFound: 4404,
  tooOld: 4426,
  /** The person opened more pages than one may have: this was the oldest of them. */
  tooMany: 4429,
} as const;
