// Owns the end of breakout rooms (rules BR20–BR26 in SPEC.md): the notice, the return of everybody, and the plan that is kept. Pure.
import type { Decision } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type { BreakoutsEvent, OpenBreakouts } from './contract.ts';
import { closingMs } from './contract.ts';
import type { BreakoutsView } from './moves.ts';
import { after, movePeople, settledHelp, settlesAfter } from './moves.ts';

type Decided = Decision<BreakoutsEvent>;
type OpenView = BreakoutsView & { breakouts: OpenBreakouts };

const membersOf = ({ where }: OpenBreakouts, room: string): string[] =>
  Object.keys(where).filter((person) => where[person] === room);

/** The rooms of this opening under new ids, so that no chat of theirs is read by those who come next. */
function planKept({ breakouts, plan, lifecycle }: OpenView): BreakoutsEvent {
  const fresh = new Map(breakouts.rooms.map(({ id }, index) => [id, `r${plan.next + index}`]));
  const participants = (room: string) => membersOf(breakouts, room).filter((person) => !lifecycle.speakers.includes(person));
  const assigned = breakouts.rooms.flatMap(({ id }) => participants(id).map((person) => [person, fresh.get(id) as string]));
  return {
    audience: 'backstage',
    type: 'breakouts.plan-kept',
    body: {
      rooms: breakouts.rooms.map(({ id, name }) => ({ id: fresh.get(id) as string, name })),
      assigned: Object.fromEntries(assigned),
      groups: breakouts.rooms.map(({ id }) => participants(id)),
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

export function beginClosing({ breakouts }: OpenView, now: string, id: string, by: string | null): Decided {
  if (breakouts.is === 'closing') return { events: [] };
  const closes = { timerId: `close-${id}`, at: after(now, closingMs) };
  return { events: [{ audience: 'all', type: 'breakouts.closing', body: { closes, by } }] };
}

export function beginClosingRoom(view: OpenView, room: string, now: string, id: string, by: string): Decided {
  const { breakouts } = view;
  if (breakouts.is === 'closing') return refuse('rooms-closing');
  const known = breakouts.rooms.find((one) => one.id === room);
  if (!known) return refuse('no-such-room');
  if (known.closing) return { events: [] };
  // Nobody is left to be told.
  if (membersOf(breakouts, room).length === 0) return { events: closeRoom(view, room, now, id) };
  const closes = { timerId: `close-${id}`, at: after(now, closingMs) };
  return { events: [{ audience: 'all', type: 'breakouts.room-closing', body: { room, closes, by } }] };
}

function closeRoom(view: OpenView, room: string, now: string, id: string): BreakoutsEvent[] {
  const people = membersOf(view.breakouts, room).map((person) => ({ person, to: null }));
  return [
    ...movePeople(view, people, settlesAfter(now, id), null),
    { audience: 'all', type: 'breakouts.room-closed', body: { room } },
    { audience: 'backstage', type: 'breakouts.planned-room-removed', body: { room, by: null } },
  ];
}

/** The notice is over: for all rooms, or for one. */
export function finishClosing(view: OpenView, timerId: string, now: string, id: string): Decided {
  const { breakouts } = view;
  if (breakouts.is === 'closing') {
    const closes = (breakouts as Extract<BreakoutsView['breakouts'], { is: 'closing' }>).closes;
    return closes.timerId === timerId ? { events: closeAll(view, now, id, true) } : refuse('timer-obsolete');
  }
  const room = breakouts.rooms.find((one) => one.closing?.timerId === timerId);
  return room ? { events: closeRoom(view, room.id, now, id) } : refuse('timer-obsolete');
}
