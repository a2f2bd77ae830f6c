// Owns what the panel shows of rooms: who is in which, who is in none, and what opening would do. Pure.
import type { BreakoutsPlanState, BreakoutsState } from '../contract.ts';

export interface ShownRoom {
  id: string;
  name: string;
  members: readonly string[];
  /** How many of them are here. */
  here: number;
  isClosing: boolean;
  asksForHelp: boolean;
}

export interface RoomLists {
  isOpen: boolean;
  rooms: readonly ShownRoom[];
  /** Participants who are here and in no room, by name's order of arrival. */
  unassigned: readonly string[];
  /** Speakers who are here and in no room: they may be put into one to lead it. */
  speakers: readonly string[];
  /** Everybody who can be looked for: participants here, whoever is in a room, and the speakers last. */
  movable: readonly string[];
}

type Present = Readonly<Record<string, 'speaker' | 'participant'>>;

/** The rooms that are open, or else the planned ones. */
export function roomLists(breakouts: BreakoutsState, plan: BreakoutsPlanState, present: Present): RoomLists {
  const isOpen = breakouts.is !== 'none';
  const where = isOpen ? breakouts.where : plan.assigned;
  const members = new Map<string, string[]>();
  for (const [person, room] of Object.entries(where)) members.set(room, [...(members.get(room) ?? []), person]);
  const hereAs = (as: 'speaker' | 'participant') => Object.keys(present).filter((person) => present[person] === as);
  const [participants, speakers] = [hereAs('participant'), hereAs('speaker')];
  const closing = isOpen ? breakouts.rooms.filter((room) => room.closing || breakouts.is === 'closing') : [];
  const closingIds = new Set(closing.map((room) => room.id));
  const calls = new Set(plan.help.map((call) => call.room));
  return {
    isOpen,
    rooms: (isOpen ? breakouts.rooms : plan.rooms).map(({ id, name }) => ({
      id,
      name,
      members: members.get(id) ?? [],
      here: (members.get(id) ?? []).filter((person) => person in present).length,
      isClosing: closingIds.has(id),
      asksForHelp: calls.has(id),
    })),
    unassigned: participants.filter((person) => !(person in where)),
    speakers: speakers.filter((person) => !(person in where)),
    movable: [
      ...new Set([...participants, ...Object.keys(where).filter((person) => present[person] !== 'speaker'), ...speakers]),
    ],
  };
}

/** How many of a place are here now. Null: the main call. */
export function peopleIn(breakouts: BreakoutsState, present: Present, room: string | null): number {
  const where = breakouts.is === 'none' ? {} : breakouts.where;
  return Object.keys(present).filter((person) => (where[person] ?? null) === room).length;
}

export interface OpeningEffect {
  moves: number;
  stay: number;
}

/** What "Open Rooms" would do with those who are here. */
export function openingEffect({ rooms, unassigned }: RoomLists): OpeningEffect {
  return { moves: rooms.reduce((sum, room) => sum + room.here, 0), stay: unassigned.length };
}

/** Two or more people of one company each, for mixing them or keeping them together. */
export function companiesOf(people: readonly { id: string; organisation?: string | null }[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const { id, organisation } of people) {
    const company = organisation?.trim().toLowerCase();
    if (company) groups.set(company, [...(groups.get(company) ?? []), id]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
