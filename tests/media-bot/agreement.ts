// Owns the comparison of what LiveKit has with what the state says, in LiveKit's own words and past everything of ours.
import type { ParticipantInfo, RoomServiceClient } from 'livekit-server-sdk';
import { TrackSource } from 'livekit-server-sdk';
import type { PublishSource } from '#session/placement.ts';
import { openRooms, placement } from '#session/placement.ts';
import type { SessionState } from '#session/state.ts';

export const noRights = {
  canSubscribe: true,
  canPublish: false,
  canPublishSources: [],
  canPublishData: false,
  canUpdateMetadata: false,
  recorder: false,
  agent: false,
  canSubscribeMetrics: false,
  canManageAgentSession: false,
};
const trackSources: Record<PublishSource, TrackSource> = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
};
export const rightsTo = (publish: readonly PublishSource[]) => ({
  ...noRights,
  canPublish: publish.length > 0,
  canPublishSources: publish.map((source) => trackSources[source]),
});

export const rightsOf = (participant: ParticipantInfo | undefined) =>
  participant?.permission?.toJson({ emitDefaultValues: true, enumAsInteger: true }) as Record<string, unknown> | undefined;

/** Empty when LiveKit agrees. `connected`: people who must be there if the state has a place for them. */
export async function differences(
  admin: RoomServiceClient,
  sessionId: string,
  state: SessionState,
  connected: readonly string[],
): Promise<string[]> {
  const open = openRooms(state, sessionId);
  const there = (await admin.listRooms()).map(({ name }) => name).filter((name) => name.startsWith(`${sessionId}.`));
  const found = [
    ...there.filter((room) => !open.includes(room)).map((room) => `${room} is still there`),
    ...open.filter((room) => !there.includes(room)).map((room) => `${room} is missing`),
  ];
  const people = new Map<string, string>();
  for (const room of there) {
    for (const participant of await admin.listParticipants(room)) {
      people.set(participant.identity, room);
      found.push(...differencesOf(participant, room, placement(state, sessionId, participant.identity)));
    }
  }
  for (const person of connected) {
    const { in: room } = placement(state, sessionId, person);
    if (room && people.get(person) !== room) found.push(`${person} is not in ${room}`);
  }
  return found;
}

function differencesOf(participant: ParticipantInfo, room: string, placed: ReturnType<typeof placement>): string[] {
  const { identity, tracks } = participant;
  if (placed.in !== room) return [`${identity} is in ${room}`];
  const { hidden, ...rights } = rightsOf(participant) ?? {};
  const wanted = rightsTo(placed.publish);
  const sorted = (one: object) => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  const found = sorted(rights) === sorted(wanted) ? [] : [`${identity} may ${sorted(rights)}`];
  if (placed.onStage && hidden) found.push(`${identity} is on stage unseen`);
  if (!placed.onStage && tracks.length > 0) found.push(`${identity} sends from the audience`);
  return found;
}
