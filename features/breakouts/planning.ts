// Owns what is decided about the plan of breakout rooms (rules BR1–BR9 in SPEC.md), and about rooms added or renamed while they are open.
import type { Command, Decision } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import { assign } from './assignment.ts';
import type { AssignmentKind, BreakoutsEvent, BreakoutsOptions, PlannedRoom } from './contract.ts';
import { longestRoomName, mostRooms } from './contract.ts';
import type { BreakoutsView } from './moves.ts';
import { after } from './moves.ts';

type Decided = Decision<BreakoutsEvent>;
const nothing: Decided = { events: [] };

export const sameName = (one: string, other: string) =>
  one.normalize('NFKC').toLowerCase() === other.normalize('NFKC').toLowerCase();

function freeName(rooms: readonly PlannedRoom[]): string {
  for (let number = 1; ; number += 1) {
    const name = `Room ${number}`;
    if (!rooms.some((room) => sameName(room.name, name))) return name;
  }
}

export function addRoom({ plan, breakouts }: BreakoutsView, name: string | undefined, by: string): Decided {
  if (breakouts.is === 'closing') return refuse('rooms-closing');
  if (plan.rooms.length >= mostRooms) return refuse('too-many-rooms', { most: mostRooms });
  if (name !== undefined && plan.rooms.some((room) => sameName(room.name, name))) return refuse('room-name-taken');
  const body = { id: `r${plan.next}`, name: name ?? freeName(plan.rooms), by };
  const planned: BreakoutsEvent = { audience: 'backstage', type: 'breakouts.room-planned', body };
  return { events: breakouts.is === 'none' ? [planned] : [planned, { audience: 'all', type: 'breakouts.room-added', body }] };
}

export function renameRoom({ plan, breakouts }: BreakoutsView, room: string, name: string, by: string): Decided {
  const known = plan.rooms.find((one) => one.id === room);
  if (!known) return refuse('no-such-room');
  if (known.name === name) return nothing;
  if (plan.rooms.some((one) => one.id !== room && sameName(one.name, name))) return refuse('room-name-taken');
  const body = { room, name: name.slice(0, longestRoomName), by };
  const renamed: BreakoutsEvent = { audience: 'backstage', type: 'breakouts.planned-room-renamed', body };
  return { events: breakouts.is === 'none' ? [renamed] : [renamed, { audience: 'all', type: 'breakouts.room-renamed', body }] };
}

/** Everyone present but the speakers. */
const participantsPresent = ({ present }: Pick<BreakoutsView, 'present'>): string[] =>
  Object.keys(present)
    .filter((person) => present[person] === 'participant')
    .sort();

function autoAssign(view: BreakoutsView, body: Record<string, unknown>, by: string): Decided {
  const { plan, breakouts } = view;
  if (breakouts.is !== 'none') return refuse('rooms-open-already');
  if (plan.rooms.length === 0) return refuse('no-rooms-planned');
  const people = participantsPresent(view);
  if (people.length === 0) return refuse('nobody-to-assign');
  const { how, seed, groups = [] } = body as { how: AssignmentKind; seed: number; groups?: string[][] };
  const assigned = assign({ how, people, rooms: plan.rooms.map(({ id }) => id), seed, companies: groups, before: plan.groups });
  return { events: [{ audience: 'backstage', type: 'breakouts.assigned', body: { how, assigned, by } }] };
}

/** Before the rooms are open. */
export function planFor({ plan, present }: BreakoutsView, person: string, room: string | null, by: string): Decided {
  if (room !== null && !plan.rooms.some((one) => one.id === room)) return refuse('no-such-room');
  const now = plan.assigned[person] ?? null;
  if (now === room) return nothing;
  if (now === null && !(person in present)) return refuse('not-present');
  return { events: [{ audience: 'backstage', type: 'breakouts.planned-for', body: { person, room, by } }] };
}

function setOptions(
  { plan, breakouts }: BreakoutsView,
  body: Partial<BreakoutsOptions>,
  id: string,
  by: string,
  now: string,
): Decided {
  const options = { ...plan.options, ...body };
  const events: BreakoutsEvent[] = [{ audience: 'backstage', type: 'breakouts.options-set', body: { ...options, by } }];
  if (breakouts.is === 'closing') return refuse('rooms-closing');
  if (breakouts.is === 'open' && options.freeChoice !== breakouts.freeChoice)
    events.push({ audience: 'all', type: 'breakouts.free-choice-set', body: { freeChoice: options.freeChoice, by } });
  if (breakouts.is === 'open' && body.timerMs !== undefined) {
    const timer = body.timerMs === null ? null : { timerId: `timer-${id}`, at: after(now, body.timerMs) };
    events.push({ audience: 'all', type: 'breakouts.timer-set', body: { timer, by } });
  }
  return { events };
}

/** Null where the command is none of the plan's. */
export function decidePlan(view: BreakoutsView, command: Command, by: string, now: string): Decided | null {
  const { plan, breakouts } = view;
  const { body } = command;
  switch (command.type) {
    case 'breakouts.add-room':
      return addRoom(view, body.name as string | undefined, by);
    case 'breakouts.rename-room':
      return renameRoom(view, body.room as string, body.name as string, by);
    case 'breakouts.auto-assign':
      return autoAssign(view, body, by);
    case 'breakouts.set-options':
      return setOptions(view, body, command.id, by, now);
    case 'breakouts.discard':
      if (breakouts.is !== 'none') return refuse('rooms-open-already');
      if (plan.rooms.length === 0) return nothing;
      return { events: [{ audience: 'backstage', type: 'breakouts.discarded', body: { by } }] };
    default:
      return null;
  }
}
