// Owns how the platform's parts learn what a Session means to them: who is present, who may hold which slice, where media belongs.
import { randomUUID } from 'node:crypto';
import type { Db } from '#platform/db/contract.ts';
import type { Differences, KnownPresence } from '#platform/live/presence-difference.ts';
import type { Log, Slices } from '#platform/log/contract.ts';
import { audiencesOf } from '#session/audiences.ts';
import { sessionDecider } from '#session/decider.ts';
import { openRooms, placement } from '#session/placement.ts';
import type { SessionState } from '#session/state.ts';
import { allOf, backstageOf } from '#session/state.ts';

export const sessionRules = {
  decider: sessionDecider,
  viewerAudiences: (state: Slices, viewer: Parameters<typeof audiencesOf>[1]) => audiencesOf(state as SessionState, viewer),
  /** All that `audiencesOf` reads. */
  audiencesDependOn(state: Slices): readonly unknown[] {
    const { lifecycle, breakouts } = allOf(state as SessionState);
    const where = breakouts.is === 'none' ? null : breakouts.where;
    return [lifecycle.speakers, lifecycle.support, backstageOf(state as SessionState).people, where];
  },
  placementOf: (state: Slices, streamId: string, personId: string) => placement(state as SessionState, streamId, personId),
  openRoomsOf: (state: Slices, streamId: string) => openRooms(state as SessionState, streamId),
  knownPresence: (state: Slices): KnownPresence => allOf(state as SessionState).people.present,
  questionsOf: (state: Slices) => ({
    questions: allOf(state as SessionState).questions,
    received: backstageOf(state as SessionState).questions,
  }),
  mayBePresent: (state: Slices, personId: string) => !(personId in backstageOf(state as SessionState).people.removed),
};

export async function notePresence(log: Log, streamId: string, differences: Differences): Promise<void> {
  await log.submit(streamId, { kind: 'system' }, { id: randomUUID(), type: 'people.note-presence', body: { ...differences } });
}

/** Sessions that may need a LiveKit room now. */
export async function listSessionsWithMedia(db: Db): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select id from streams where kind = 'session'
     and (summary->>'phase' = 'live' or (summary->>'phase' = 'scheduled' and jsonb_array_length(summary->'inside') > 0))`,
  );
  return rows.map((row) => row.id);
}
