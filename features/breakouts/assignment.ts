// Owns who goes into which room when a speaker lets it be decided: pure functions of people, rooms and a seed. Results are stored, never seeds.
import type { AssignmentKind } from './contract.ts';

/** Person → room. */
export type Assignment = Record<string, string>;

export interface AssignmentAsk {
  how: AssignmentKind;
  people: readonly string[];
  rooms: readonly string[];
  seed: number;
  /** People of one company each. Who is in none stands alone. */
  companies: readonly (readonly string[])[];
  /** The groups of former openings, newest first. */
  before: readonly (readonly (readonly string[])[])[];
}

type Random = () => number;

/** Mulberry32 by Tommy Ettinger (public domain): 32 bits of state, the same numbers on every machine. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fisher–Yates. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** One after the other into one room after the other: sizes differ by one at most. */
const dealt = (people: readonly string[], rooms: readonly string[]): Assignment =>
  Object.fromEntries(people.map((person, index) => [person, rooms[index % rooms.length] as string]));

/** A run of neighbours for each room: sizes differ by one at most. */
function cut(people: readonly string[], rooms: readonly string[]): Assignment {
  const start = (room: number) => Math.floor((room * people.length) / rooms.length);
  return Object.fromEntries(
    rooms.flatMap((room, index) => people.slice(start(index), start(index + 1)).map((person) => [person, room])),
  );
}

/** Everybody once, people of one company next to each other; companies and people in random order. */
function byCompany({ people, companies }: AssignmentAsk, random: Random): string[] {
  const here = new Set(people);
  const seen = new Set<string>();
  const known = companies.map((company) => company.filter((one) => here.has(one) && !seen.has(one) && Boolean(seen.add(one))));
  const alone = people.filter((one) => !seen.has(one)).map((one) => [one]);
  return shuffled([...known, ...alone], random).flatMap((company) => shuffled(company, random));
}

/** Who was together last time is together again; who was not there fills the smallest rooms. */
function asLastTime({ people, rooms, before }: AssignmentAsk, random: Random): Assignment {
  const here = new Set(people);
  const assignment: Assignment = {};
  const sizes = new Map(rooms.map((room) => [room, 0]));
  const put = (person: string, room: string) => {
    assignment[person] = room;
    sizes.set(room, (sizes.get(room) ?? 0) + 1);
  };
  const smallest = () => rooms.reduce((least, room) => ((sizes.get(room) ?? 0) < (sizes.get(least) ?? 0) ? room : least));
  (before[0] ?? []).forEach((group, index) => {
    const room = rooms[index] ?? smallest();
    for (const person of group) if (here.has(person) && !(person in assignment)) put(person, room);
  });
  for (const person of shuffled(people, random)) if (!(person in assignment)) put(person, smallest());
  return assignment;
}

/** How often each two have been in one room, the last opening counting most. */
function acquaintance(before: AssignmentAsk['before']): (one: string, other: string) => number {
  const met = new Map<string, Map<string, number>>();
  before.forEach((opening, age) => {
    for (const group of opening) {
      for (const one of group) {
        const known = met.get(one) ?? new Map<string, number>();
        met.set(one, known);
        for (const other of group) if (other !== one) known.set(other, (known.get(other) ?? 0) + 1 / (1 + age));
      }
    }
  });
  return (one, other) => met.get(one)?.get(other) ?? 0;
}

/** Greedy: each goes where they know the fewest, as long as there is a place; rooms stay even. Not always the best there is, and never slow. */
function withNewPartners({ people, rooms, before }: AssignmentAsk, random: Random): Assignment {
  const knows = acquaintance(before);
  const inside = new Map<string, string[]>(rooms.map((room) => [room, []]));
  const smallest = Math.floor(people.length / rooms.length);
  let larger = people.length % rooms.length;
  for (const person of shuffled(people, random)) {
    const open = [...inside].filter(([, members]) => members.length < smallest || (members.length === smallest && larger > 0));
    const cost = (members: readonly string[]) => members.reduce((sum, other) => sum + knows(person, other), 0);
    const best = open
      .map(([room, members]) => ({ room, members, cost: cost(members) }))
      .reduce((a, b) => (b.cost < a.cost || (b.cost === a.cost && b.members.length < a.members.length) ? b : a));
    if (best.members.length === smallest) larger -= 1;
    best.members.push(person);
  }
  return Object.fromEntries([...inside].flatMap(([room, members]) => members.map((person) => [person, room])));
}

/** Everybody exactly once. Sizes differ by one at most, but for the groups of last time. `rooms` must not be empty. */
export function assign(ask: AssignmentAsk): Assignment {
  const random = randomFrom(ask.seed);
  switch (ask.how) {
    case 'even':
      return dealt(shuffled(ask.people, random), ask.rooms);
    case 'mixed':
      return dealt(byCompany(ask, random), ask.rooms);
    case 'together':
      return cut(byCompany(ask, random), ask.rooms);
    case 'same':
      return asLastTime(ask, random);
    case 'new-partners':
      return withNewPartners(ask, random);
  }
}
