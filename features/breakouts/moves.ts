// Owns the events of people who change rooms: where they belong, how they arrive, and what they leave behind. Pure.
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import type { PeopleState } from '#features/people/contract.ts';
import type {
  BreakoutsEvent,
  BreakoutsPlanState,
  BreakoutsState,
  Due,
  OpenBreakouts,
  OwnBreakoutsState,
  RoomBreakoutsState,
} from './contract.ts';
import { moveMs } from './contract.ts';

export interface BreakoutsView {
  lifecycle: Pick<LifecycleState, 'phase' | 'speakers' | 'support'>;
  present: PeopleState['present'];
  breakouts: BreakoutsState;
  plan: BreakoutsPlanState;
  /** The actor is inside as a speaker. */
  directs: boolean;
  ownOf(person: string): OwnBreakoutsState;
  roomOf(room: string): RoomBreakoutsState;
}

export interface Move {
  person: string;
  to: string | null;
}

export const after = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();
export const settlesAfter = (now: string, id: string): Due => ({ timerId: `settle-${id}`, at: after(now, moveMs) });

/** Arrivals, a list for each room: everybody with what they chose last, who never was in one muted and unseen. */
export function arrivals(view: Pick<BreakoutsView, 'ownOf'>, moves: readonly Move[]): BreakoutsEvent[] {
  const byRoom = new Map<string, Move[]>();
  for (const move of moves) if (move.to) byRoom.set(move.to, [...(byRoom.get(move.to) ?? []), move]);
  return [...byRoom].map(([room, came]) => {
    const people = came.map(({ person }) => ({ person, ...(view.ownOf(person).media ?? { microphone: false, camera: false }) }));
    return { audience: `room:${room}`, type: 'breakouts.came', body: { people } };
  });
}

function departures({ where }: OpenBreakouts, moves: readonly Move[]): BreakoutsEvent[] {
  const byRoom = new Map<string, string[]>();
  for (const { person } of moves) {
    const from = where[person];
    if (from) byRoom.set(from, [...(byRoom.get(from) ?? []), person]);
  }
  return [...byRoom].map(([room, people]) => ({ audience: `room:${room}`, type: 'breakouts.went', body: { people } }));
}

/** A call for help ends when a speaker comes, or when nobody is left who could have called. */
export function settledHelp(
  { help }: Pick<BreakoutsPlanState, 'help'>,
  rooms: readonly string[],
  by: string | null,
): BreakoutsEvent[] {
  return help
    .filter((call) => rooms.includes(call.room))
    .flatMap(({ room }): BreakoutsEvent[] => [
      { audience: 'backstage', type: 'breakouts.help-settled', body: { room, by } },
      { audience: `room:${room}`, type: 'breakouts.help-ended', body: {} },
    ]);
}

/** Those who are where they should be already stay out of it. `settles` null: at once, nothing is listened to any more. */
export function movePeople(
  view: BreakoutsView & { breakouts: OpenBreakouts },
  asked: readonly Move[],
  settles: Due | null,
  by: string | null,
): BreakoutsEvent[] {
  const { breakouts, plan, present } = view;
  const moves = asked.filter(({ person, to }) => (breakouts.where[person] ?? null) !== to);
  if (moves.length === 0) return [];
  const visited = moves.filter(({ person }) => present[person] === 'speaker').flatMap(({ to }) => to ?? []);
  const gone = moves.map(({ person }) => person);
  const emptied = breakouts.rooms
    .map(({ id }) => id)
    .filter((room) => {
      const members = Object.keys(breakouts.where).filter((person) => breakouts.where[person] === room);
      return members.length > 0 && members.every((person) => gone.includes(person)) && !moves.some(({ to }) => to === room);
    });
  return [
    { audience: 'all', type: 'breakouts.moved', body: { people: moves.map(({ person, to }) => ({ person, to })), settles, by } },
    ...departures(breakouts, moves),
    ...arrivals(view, moves),
    ...settledHelp(plan, visited, by),
    ...settledHelp(
      plan,
      emptied.filter((room) => !visited.includes(room)),
      null,
    ),
  ];
}
