// Owns what media asks of the rest: where a person's media belongs, and which streams need care. What follows from an answer is this folder's.
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '#platform/config/contract.ts';
import type { HealthCheck } from '#platform/http/health.ts';
import type { UpgradeDoor } from '#platform/http/upgrades.ts';
import type { Admission } from '#platform/live/admission.ts';
import type { Leases } from '#platform/live/leases.ts';
import type { Logins } from '#platform/live/login.ts';
import type { Openings } from '#platform/live/openings.ts';
import type { Log, Slices } from '#platform/log/contract.ts';

export type PublishSource = 'camera' | 'microphone' | 'screen_share' | 'screen_share_audio';

export type Placement =
  /** No media at all. `reason` is a refusal code. */
  | { in: null; reason: string }
  | {
      /** Name of the LiveKit room, generation included. It begins with the stream's id and a dot. */
      in: string;
      /** Empty: subscribe only. */
      publish: PublishSource[];
      /** Those that the state has on: what else LiveKit carries is muted there. Absent: all that may be published. */
      on?: PublishSource[];
      /** Unseen by others, until first on stage. */
      hidden: boolean;
      /** Goes first where entry is rationed. */
      onStage: boolean;
      /** The LiveKit rooms that the person has just left: they hear and see them a moment longer, and are never heard there. They must be among the open ones. */
      leaving?: string[];
    };

export interface MediaRules {
  placementOf(state: Slices, streamId: string, personId: string): Placement;
  /** LiveKit rooms that must exist now. Every other room whose name begins with the stream's id and a dot must go. */
  openRoomsOf(state: Slices, streamId: string): string[];
}

export type MediaLogger = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export interface MediaOptions extends MediaRules {
  livekit: Config['livekit'];
  /** Marks whom the gate admitted. Default: LiveKit's own secret, which proves nothing to those who know that one. */
  secret?: Config['secret'];
  log: Pick<Log, 'read' | 'follow'>;
  logins: Logins;
  admission: Admission;
  openings: Openings;
  /** Whoever has no login left is taken out, whichever server let them in. Absent: not looked at. */
  isSignedIn?: (personId: string) => Promise<boolean>;
  leases: Pick<Leases, 'tryHold' | 'tryHoldAll'>;
  logger: MediaLogger;
  /** Streams that may need a LiveKit room: live ones, and those with people on stage before the start. */
  listStreams(): Promise<string[]>;
  /** Origins from which browsers may open signalling sockets. */
  allowedOrigins: readonly string[];
  /** How the audience is let in when many come at once. */
  ration?: { perSecond: number; burst: number; maxWaitMs: number };
  /** How long a socket may wait at the gate, also for a LiveKit that is away. livekit-client waits 15 s. */
  letInWithinMs?: number;
  /** How often LiveKit is compared with the state even when nothing tells of a difference. */
  sweepMs?: number;
}

export interface Media {
  /** For signalling: everything below `/media/`. */
  door: UpgradeDoor;
  registerRoutes(app: FastifyInstance): void;
  health: HealthCheck;
  stop(): Promise<void>;
}

/** Signalling goes to `/media/<streamId>/rtc…` on our own origin. */
export const mediaPath = '/media';
/** A signalling address may name the LiveKit room that it is meant for; it then opens no other, wherever the person belongs by then. */
export const placeParameter = 'place';
/** It may also name the opening of the page it is asked from: not let through once the person has opened the Session anywhere else. */
export const openingParameter = 'opening';
export const mediaWebhookPath = '/api/media/webhook';
