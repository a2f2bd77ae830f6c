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

/** In which group of each former opening a person was. */
function groupNumbers(before: AssignmentAsk['before']): ReadonlyMap<string, number>[] {
  return before.map((groups) => new Map(groups.flatMap((group, number) => group.map((person) => [person, number] as const))));
}

interface Filling {
  room: string;
  members: string[];
  /** For each former opening: how many of each of its groups are here. */
  known: Map<number, number>[];
}

/** Greedy: each goes where the fewest are whom they have met, the last opening counting most; rooms stay even. Not always the best there is, and never slow. */
function withNewPartners({ people, rooms, before }: AssignmentAsk, random: Random): Assignment {
  const openings = groupNumbers(before);
  const fillings: Filling[] = rooms.map((room) => ({ room, members: [], known: openings.map(() => new Map()) }));
  const smallest = Math.floor(people.length / rooms.length);
  let larger = people.length % rooms.length;
  const metIn = ({ known }: Filling, person: string) =>
    openings.reduce((sum, groups, age) => sum + (known[age]?.get(groups.get(person) ?? -1) ?? 0) / (1 + age), 0);
  for (const person of shuffled(people, random)) {
    const best = fillings
      .filter(({ members }) => members.length < smallest || (members.length === smallest && larger > 0))
      .map((filling) => ({ filling, met: metIn(filling, person) }))
      .reduce((a, b) => (b.met < a.met || (b.met === a.met && b.filling.members.length < a.filling.members.length) ? b : a));
    const { members, known } = best.filling;
    if (members.length === smallest) larger -= 1;
    members.push(person);
    openings.forEach((groups, age) => {
      const group = groups.get(person);
      if (group !== undefined) known[age]?.set(group, (known[age]?.get(group) ?? 0) + 1);
    });
  }
  return Object.fromEntries(fillings.flatMap(({ room, members }) => members.map((person) => [person, room])));
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
