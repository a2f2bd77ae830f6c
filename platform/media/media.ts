// Owns putting the media parts together: gate, reconciler and webhooks. What each does is in its own file.
import type { FastifyInstance } from 'fastify';
import type { WebhookEvent } from 'livekit-server-sdk';
import { refuseUpgrade } from '#platform/http/upgrades.ts';
import type { Media, MediaOptions } from './contract.ts';
import { mediaPath } from './contract.ts';
import { createFreshReads } from './fresh-reads.ts';
import { Gate } from './gate.ts';
import { createKnownRooms } from './known-rooms.ts';
import type { Proof } from './proof.ts';
import { createProof } from './proof.ts';
import { createRation } from './ration.ts';
import { Reconciler } from './reconcile.ts';
import { createSettle } from './settle.ts';
import { createSfu, participantFrom } from './sfu.ts';
import { createSight } from './sight.ts';
import { parseSignalPath } from './signal-path.ts';
import { createWatches } from './watches.ts';
import { registerWebhook } from './webhook.ts';

const defaultRation = { perSecond: 100, burst: 200, maxWaitMs: 8000 };
const defaultSweepMs = 3000;
const defaultLetInWithinMs = 12_000;

export function createMedia(options: MediaOptions): Media {
  const { livekit, log, logger } = options;
  const proof = createProof(options.secret ?? livekit.apiSecret);
  const sfu = createSfu(livekit, proof);
  const rooms = createKnownRooms(sfu);
  const read = createFreshReads(log);
  const sight = createSight(options.admission, options.isSignedIn);
  const ration = createRation(options.ration ?? defaultRation);
  const watches = createWatches(log, (streamId, after) => {
    reconciler.onChange(streamId, gate.onChange(streamId, after));
  });
  const gate = new Gate({
    ...options,
    read,
    watches,
    rooms,
    sfu,
    ration,
    sight,
    nudge: (streamId) => reconciler.nudge(streamId),
    suspect: () => reconciler.suspect(),
    whenAnswering: () => reconciler.whenAnswering(),
    letInWithinMs: options.letInWithinMs ?? defaultLetInWithinMs,
  });
  const reconciler = new Reconciler({
    sfu,
    settle: createSettle({ sfu, read, rules: options, sight, logger }),
    read,
    sight,
    rules: options,
    rooms,
    watches,
    leases: options.leases,
    logger,
    listStreams: () => options.listStreams(),
    gateStreams: () => gate.streams(),
    sweepMs: options.sweepMs ?? defaultSweepMs,
  });

  return {
    door: {
      takes: (path) => path.startsWith(`${mediaPath}/`),
      open(request, socket, head) {
        const signal = parseSignalPath(request.url ?? '');
        if (signal && !signal.validate) void gate.upgrade(signal, request, socket, head);
        else refuseUpgrade(socket, '400 Bad Request');
      },
    },
    registerRoutes(app: FastifyInstance) {
      registerWebhook(app, livekit, (event) => {
        passOn(event, reconciler, proof)?.catch((error) => logger.warn({ error }, 'could not look into what LiveKit told'));
      });
      app.get(`${mediaPath}/*`, async (request, reply) => {
        const signal = parseSignalPath(request.url);
        reply.header('cache-control', 'no-store');
        if (!signal?.validate) return reply.code(426).send({ error: { code: 'upgrade-required', details: {} } });
        await gate.validate(signal, request.headers);
        return { ok: true };
      });
    },
    async health() {
      const awaySince = reconciler.awaySince();
      return awaySince ? { status: 'down', note: `LiveKit has not answered since ${awaySince.toISOString()}` } : { status: 'ok' };
    },
    async stop() {
      ration.stop();
      gate.stop();
      await reconciler.stop();
      watches.stop();
    },
  };
}

function passOn({ event, room, participant }: WebhookEvent, reconciler: Reconciler, proof: Proof): Promise<void> | undefined {
  if (!room) return;
  if (event === 'room_finished') reconciler.suspect();
  if (!participant) return;
  if (event === 'participant_joined') return reconciler.onSeen(room.name, participantFrom(room.name, participant, proof));
  if (event === 'track_published') return reconciler.onPublished(room.name, participant.identity);
}
