// Owns the comparison of what LiveKit has with what the state says, and the steps that make them agree. Pure; reconcile.ts carries them out.

import type { TrackSource } from 'livekit-server-sdk';
import type { Placement } from './contract.ts';
import type { Permission } from './grants.ts';
import { permissionOf, placedIn, samePermission, unmutedSources } from './grants.ts';

export interface Participant {
  identity: string;
  /** LiveKit's id of this connection; changes with each full reconnect. */
  sid: string;
  permission: Permission;
  /** Published and not muted, as of the look: LiveKit tells nobody when it changes. Empty where it is only believed. */
  sending: readonly Sent[];
  /** A person's browser that came through our gate; not a recorder, an agent, or somebody with a token of their own making. */
  admitted: boolean;
}

/** LiveKit's id of a track, and what it carries. */
export interface Sent {
  track: string;
  source: TrackSource;
}

/** What LiveKit has of one stream: its rooms, and who is in those that were looked into. */
export type Found = ReadonlyMap<string, readonly Participant[]>;

export interface Wanted {
  openRooms: readonly string[];
  placementOf(identity: string): Placement;
  /** May this identity know of the stream at all? LiveKit also carries names that we never admitted. */
  maySee(identity: string): boolean;
}

export type Step =
  | { do: 'create-room'; room: string }
  | { do: 'delete-room'; room: string }
  | { do: 'remove'; room: string; identity: string; sid: string }
  | { do: 'permit'; room: string; identity: string; sid: string; permission: Permission }
  | { do: 'mute'; room: string; identity: string; sid: string; track: string };

export function participantStep(room: string, participant: Participant, wanted: Wanted): Step | null {
  const { identity, sid } = participant;
  const placed = placedIn(wanted.placementOf(identity), room);
  if (!participant.admitted || !wanted.maySee(identity) || !placed) return { do: 'remove', room, identity, sid };
  const permission = permissionOf(placed, participant.permission.hidden);
  return samePermission(permission, participant.permission) ? null : { do: 'permit', room, identity, sid, permission };
}

/** What the person sends though the state has it off. They may switch it on again, nobody else: so only the track is muted. */
export function muteSteps(room: string, { identity, sid, sending }: Participant, wanted: Wanted): Step[] {
  const placed = placedIn(wanted.placementOf(identity), room);
  // Without the right to publish LiveKit takes the tracks away itself.
  if (!placed || placed.publish.length === 0) return [];
  const on = unmutedSources(placed);
  return sending.filter(({ source }) => !on.includes(source)).map(({ track }) => ({ do: 'mute', room, identity, sid, track }));
}

export function roomStep(room: string, exists: boolean, wanted: Wanted): Step | null {
  const open = wanted.openRooms.includes(room);
  if (open === exists) return null;
  return { do: open ? 'create-room' : 'delete-room', room };
}

export function planSteps(found: Found, wanted: Wanted): Step[] {
  const rooms = new Set([...wanted.openRooms, ...found.keys()]);
  const steps: (Step | null)[] = [];
  for (const room of rooms) {
    const step = roomStep(room, found.has(room), wanted);
    steps.push(step);
    if (step) continue;
    for (const participant of found.get(room) ?? []) {
      const own = participantStep(room, participant, wanted);
      steps.push(own, ...(own?.do === 'remove' ? [] : muteSteps(room, participant, wanted)));
    }
  }
  return steps.filter((step) => step !== null);
}

/** Gives somebody a voice. Taken after all that take one away: somebody who moves is never heard in two places. */
export const gives = (step: Step): step is Extract<Step, { do: 'permit' }> => step.do === 'permit' && step.permission.canPublish;

/** Does the state still ask for this step? Asked before and after each call, because the state moves on meanwhile. */
export function stillWanted(step: Step, found: Found, wanted: Wanted): boolean {
  if (step.do === 'create-room' || step.do === 'delete-room') {
    return roomStep(step.room, found.has(step.room), wanted)?.do === step.do;
  }
  const participant = found.get(step.room)?.find((one) => one.sid === step.sid);
  if (step.do === 'mute') {
    const steps = participant ? muteSteps(step.room, participant, wanted) : [];
    return steps.some((one) => one.do === 'mute' && one.track === step.track);
  }
  const again = participant ? participantStep(step.room, participant, wanted) : null;
  if (again?.do !== step.do) return false;
  return step.do !== 'permit' || again.do !== 'permit' || samePermission(step.permission, again.permission);
}

/** What LiveKit has once the step is taken. */
export function afterStep(found: Found, step: Step): Found {
  const next = new Map(found);
  const people = next.get(step.room) ?? [];
  switch (step.do) {
    case 'create-room':
      return next.set(step.room, []);
    case 'delete-room':
      next.delete(step.room);
      return next;
    case 'remove':
      return next.set(
        step.room,
        people.filter((one) => one.sid !== step.sid),
      );
    case 'permit':
      return next.set(
        step.room,
        people.map((one) => (one.sid === step.sid ? { ...one, permission: step.permission } : one)),
      );
    case 'mute':
      return next.set(
        step.room,
        people.map((one) =>
          one.sid === step.sid ? { ...one, sending: one.sending.filter(({ track }) => track !== step.track) } : one,
        ),
      );
  }
}

/** What is still true a moment later without looking: what people send changes with each press. */
export function remembered(found: Found): Found {
  return new Map([...found].map(([room, people]) => [room, people.map((one) => ({ ...one, sending: [] }))]));
}

/** The newcomer takes the place of an older connection of the same person. */
export function withParticipant(found: Found, room: string, participant: Participant): Found {
  const others = (found.get(room) ?? []).filter((one) => one.identity !== participant.identity);
  return new Map(found).set(room, [...others, participant]);
}
