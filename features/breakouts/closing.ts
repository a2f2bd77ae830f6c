// Owns the end of breakout rooms (rules BR23–BR26 in SPEC.md): the notice, the return of everybody, and the plan that is kept. Pure.
import type { Decision } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type { BreakoutsEvent, NotedRoom, OpenBreakouts, OpenRoom } from './contract.ts';
import { closingMs, mostRooms } from './contract.ts';
import { withNoted } from './evolve.ts';
import type { BreakoutsView } from './moves.ts';
import { after, movePeople, settledHelp, settlesAfter } from './moves.ts';
import { sameName } from './planning.ts';

type Decided = Decision<BreakoutsEvent>;
type OpenView = BreakoutsView & { breakouts: OpenBreakouts };

const membersOf = ({ where }: OpenBreakouts, room: string): string[] =>
  Object.keys(where).filter((person) => where[person] === room);

/** Speakers only visit, unless they joined as participants. */
const isVisitor = ({ lifecycle, present }: OpenView, person: string): boolean =>
  lifecycle.speakers.includes(person) && present[person] !== 'participant';

const notedNow = (view: OpenView, rooms: readonly OpenRoom[]): NotedRoom[] =>
  rooms.map(({ id, name }) => ({
    id,
    name,
    people: membersOf(view.breakouts, id).filter((person) => !isVisitor(view, person)),
  }));

/** Before anybody returns: "Return now" and a room that closes alone must not take people out of the next plan. */
const note = (view: OpenView, rooms: readonly OpenRoom[]): BreakoutsEvent => ({
  audience: 'backstage',
  type: 'breakouts.people-noted',
  body: { rooms: notedNow(view, rooms) },
});

const numberOf = ({ id }: { id: string }) => Number(id.slice(1));

/** The rooms of this opening, also those that were closed alone, in the order in which they were made. The open ones come first where there are too many. */
function roomsOfOpening({ breakouts, plan }: OpenView, noted: readonly NotedRoom[]): NotedRoom[] {
  const open = breakouts.rooms.map(({ id, name }) => ({ id, name, people: noted.find((room) => room.id === id)?.people ?? [] }));
  const kept = [...open];
  for (const room of [...plan.noted].reverse()) {
    const isNew = !kept.some((one) => one.id === room.id || sameName(one.name, room.name));
    if (isNew && kept.length < mostRooms) kept.push(noted.find((one) => one.id === room.id) ?? room);
  }
  return kept.sort((a, b) => numberOf(a) - numberOf(b));
}

/** The rooms of this opening under new ids, so that no chat of theirs is read by those who come next. */
function planKept(view: OpenView): BreakoutsEvent {
  const { breakouts, plan, lifecycle } = view;
  const unnoted = breakouts.is === 'closing' ? [] : breakouts.rooms.filter((room) => !room.closing);
  const rooms = roomsOfOpening(view, withNoted(plan.noted, notedNow(view, unnoted)));
  const fresh = new Map(rooms.map(({ id }, index) => [id, `r${plan.next + index}`]));
  const led = Object.entries(plan.assigned).filter(([person, room]) => lifecycle.speakers.includes(person) && fresh.has(room));
  const inside = rooms.flatMap(({ id, people }) => people.map((person) => [person, id] as const));
  return {
    audience: 'backstage',
    type: 'breakouts.plan-kept',
    body: {
      rooms: rooms.map(({ id, name }) => ({ id: fresh.get(id) as string, name })),
      assigned: Object.fromEntries([...led, ...inside].map(([person, room]) => [person, fresh.get(room) as string])),
      groups: rooms.map(({ people }) => people),
    },
  };
}

/** Everybody returns to the main call. `slowly`: with a moment in which the room is still heard. */
export function closeAll(view: OpenView, now: string, id: string, slowly: boolean): BreakoutsEvent[] {
  const rooms = view.breakouts.rooms.map((room) => room.id);
  return [
    ...settledHelp(view.plan, rooms, null),
    { audience: 'all', type: 'breakouts.closed', body: { settles: slowly ? settlesAfter(now, id) : null } },
    planKept(view),
  ];
}

export function beginClosing(view: OpenView, now: string, id: string, by: string | null): Decided {
  const { breakouts } = view;
  if (breakouts.is === 'closing') return { events: [] };
  const closes = { timerId: `close-${id}`, at: after(now, closingMs) };
  // Whose notice has begun before is noted already, with those who have returned since.
  const unnoted = breakouts.rooms.filter((room) => !room.closing);
  return { events: [{ audience: 'all', type: 'breakouts.closing', body: { closes, by } }, note(view, unnoted)] };
}

export function beginClosingRoom(view: OpenView, room: string, now: string, id: string, by: string): Decided {
  const { breakouts } = view;
  if (breakouts.is === 'closing') return refuse('rooms-closing');
  const known = breakouts.rooms.find((one) => one.id === room);
  if (!known) return refuse('no-such-room');
  if (known.closing) return { events: [] };
  // Nobody is left to be told.
  if (membersOf(breakouts, room).length === 0) return { events: closeRoom(view, known, now, id) };
  const closes = { timerId: `close-${id}`, at: after(now, closingMs) };
  return { events: [{ audience: 'all', type: 'breakouts.room-closing', body: { room, closes, by } }, note(view, [known])] };
}

/** With the last room the whole opening ends (BR25). */
function closeRoom(view: OpenView, room: OpenRoom, now: string, id: string): BreakoutsEvent[] {
  const { breakouts } = view;
  if (breakouts.rooms.length === 1) return closeAll(view, now, id, true);
  const people = membersOf(breakouts, room.id).map((person) => ({ person, to: null }));
  return [
    ...(room.closing ? [] : [note(view, [room])]),
    ...movePeople(view, people, settlesAfter(now, id), null),
    { audience: 'all', type: 'breakouts.room-closed', body: { room: room.id } },
    { audience: 'backstage', type: 'breakouts.planned-room-removed', body: { room: room.id, by: null } },
  ];
}

/** The notice is taken back: of one room, or of all (BR23). */
export function keepOpen({ breakouts }: OpenView, room: string | null, by: string): Decided {
  const kept: Decided = { events: [{ audience: 'all', type: 'breakouts.kept-open', body: { room, by } }] };
  if (room === null) return breakouts.is === 'closing' ? kept : { events: [] };
  if (breakouts.is === 'closing') return refuse('rooms-closing');
  const known = breakouts.rooms.find((one) => one.id === room);
  if (!known) return refuse('no-such-room');
  return known.closing ? kept : { events: [] };
}

/** The notice is over: for all rooms, or for one. */
export function finishClosing(view: OpenView, timerId: string, now: string, id: string): Decided {
  const { breakouts } = view;
  if (breakouts.is === 'closing') {
    const closes = (breakouts as Extract<BreakoutsView['breakouts'], { is: 'closing' }>).closes;
    return closes.timerId === timerId ? { events: closeAll(view, now, id, true) } : refuse('timer-obsolete');
  }
  const room = breakouts.rooms.find((one) => one.closing?.timerId === timerId);
  return room ? { events: closeRoom(view, room, now, id) } : refuse('timer-obsolete');
}
