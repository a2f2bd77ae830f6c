// Owns what features/breakouts needs to know of the whole Session to decide, and what its rooms mean for requests and presentations.
import type { BreakoutsState } from '#features/breakouts/contract.ts';
import { roomOfPerson } from '#features/breakouts/contract.ts';
import type { BreakoutsView } from '#features/breakouts/moves.ts';
import type { ChatState } from '#features/chat/contract.ts';
import type { MaterialsEvent, MaterialsPlace } from '#features/materials/contract.ts';
import { stopped } from '#features/materials/core.ts';
import { shownIn } from '#features/materials/follow.ts';
import type { Actor, Command, DraftEvent } from '#platform/log/contract.ts';
import { presentedByPlace } from './materials-view.ts';
import { roleOf } from './powers.ts';
import type { SessionState } from './state.ts';
import { allOf, backstageOf, personOf, roomOf } from './state.ts';

export function breakoutsView(state: SessionState, actor: Actor): BreakoutsView {
  const { lifecycle, people, breakouts } = allOf(state);
  return {
    lifecycle,
    present: people.present,
    breakouts,
    plan: backstageOf(state).breakouts,
    directs: roleOf(state, actor) === 'speaker',
    ownOf: (person) => personOf(state, person).breakouts,
    roomOf: (room) => roomOf(state, room).breakouts,
  };
}

/** The chat of the room where the actor is. */
export function chatRoomOf(state: SessionState, actor: Actor): { id: string; chat: ChatState; members: string[] } | null {
  const { breakouts } = allOf(state);
  const id = actor.kind === 'person' ? roomOfPerson(breakouts, actor.personId) : null;
  if (id === null || breakouts.is === 'none') return null;
  const members = Object.keys(breakouts.where).filter((person) => breakouts.where[person] === id);
  return { id, chat: roomOf(state, id).chat, members };
}

const aboutAnother = new Set(['requests.approve', 'requests.invite', 'stage.remove']);

/** Nobody comes on the stage of the main call from within a breakout room, nor is taken off it there (BR15, BR19). */
export function comesFromRoom(breakouts: BreakoutsState, command: Command, actor: Actor): boolean {
  const own = command.type === 'requests.send' || command.type === 'requests.accept-invitation';
  const another = aboutAnother.has(command.type);
  const person = own && actor.kind === 'person' ? actor.personId : another ? (command.body.person as string) : null;
  return person !== null && roomOfPerson(breakouts, person) !== null;
}

/** Who goes into a breakout room by this event: what they had asked for in the main call is void (BR19). */
export function intoRooms(type: string, body: Record<string, unknown>): string[] {
  if (type === 'breakouts.opened') return Object.keys(body.where as Record<string, string>);
  if (type !== 'breakouts.moved') return [];
  return (body.people as { person: string; to: string | null }[]).filter(({ to }) => to !== null).map(({ person }) => person);
}

/** Rooms begin with what the main call is shown, where speakers want that (BR12); a closed room shows nothing any more. */
export function presentationsInRooms(state: SessionState, drafts: readonly DraftEvent[], now: string): MaterialsEvent[] {
  const places = presentedByPlace(state);
  const stop = (isOver: (place: MaterialsPlace) => boolean) =>
    [...places].filter(([place]) => isOver(place)).map(([place, { material }]) => stopped(place, material.id, null));
  return drafts.flatMap(({ type, body }): MaterialsEvent[] => {
    const presented = places.get('all');
    if (type === 'breakouts.opened' && presented && backstageOf(state).breakouts.options.sharePresented)
      return (body.rooms as { id: string }[]).map(({ id }) => shownIn(`room:${id}`, presented, now));
    if (type === 'breakouts.room-added' && presented && backstageOf(state).breakouts.options.sharePresented)
      return [shownIn(`room:${body.id}`, presented, now)];
    if (type === 'breakouts.room-closed') return stop((place) => place === `room:${body.room}`);
    return type === 'breakouts.closed' ? stop((place) => place.startsWith('room:')) : [];
  });
}
