// Owns the comparison of who is connected with who is known to be present, and the grace before somebody counts as gone. Pure.
import type { PresentAs } from './presence-rows.ts';

export interface Connected {
  personId: string;
  as: PresentAs;
  /** Which of the person's openings this is, in the order of the database; 0: unknown. */
  turn: number;
}
export interface Differences {
  arrived: { person: string; as: PresentAs }[];
  left: string[];
}
export type KnownPresence = Readonly<Record<string, PresentAs>>;

/** One event holds at most so many changes: it goes to everybody. The rest follows with the next one. */
const mostPerEvent = 500;

/** A person with several connections counts as what they opened last; of one opening, as a speaker if one of its connections is. */
export function newest(connections: readonly Connected[]): Map<string, PresentAs> {
  const turns = new Map<string, number>();
  const people = new Map<string, PresentAs>();
  for (const { personId, as, turn } of connections) {
    const known = turns.get(personId) ?? -1;
    if (turn < known || (turn === known && as !== 'speaker')) continue;
    turns.set(personId, turn);
    people.set(personId, as);
  }
  return people;
}

/**
 * `weakenedAtMs` remembers, from one call to the next, since when a known person has no connection (or none as a speaker):
 * a reload must not take anybody off the stage.
 */
export function presenceDifferences(
  connected: ReadonlyMap<string, PresentAs>,
  known: KnownPresence,
  weakenedAtMs: Map<string, number>,
  nowMs: number,
  graceMs: number,
): Differences {
  const differences: Differences = { arrived: [], left: [] };
  const weakened = (person: string): boolean => {
    const since = weakenedAtMs.get(person) ?? nowMs;
    weakenedAtMs.set(person, since);
    return nowMs - since >= graceMs;
  };
  for (const [person, as] of connected) {
    const knownAs = known[person];
    if (knownAs === as) weakenedAtMs.delete(person);
    else if (knownAs !== 'speaker' || weakened(person)) differences.arrived.push({ person, as });
  }
  for (const person of Object.keys(known)) if (!connected.has(person) && weakened(person)) differences.left.push(person);
  for (const person of weakenedAtMs.keys()) if (!(person in known)) weakenedAtMs.delete(person);
  differences.left = differences.left.slice(0, mostPerEvent);
  differences.arrived = differences.arrived.slice(0, mostPerEvent - differences.left.length);
  return differences;
}
