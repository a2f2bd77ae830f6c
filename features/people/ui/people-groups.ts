// Owns who stands in which group of the People tab, and what a search finds. Pure. Within a group: the order of arrival, so that nobody jumps.
import type { PresentAs } from '../contract.ts';

export interface PeopleView {
  present: Readonly<Record<string, PresentAs>>;
  /** Ids of those on the list of speakers. */
  speakers: readonly string[];
  /** Ids of those on stage, in their order. */
  onStage: readonly string[];
}

export interface PeopleGroups {
  speakers: string[];
  onScreen: string[];
  audience: string[];
}

/** A speaker who came to watch sits in the audience. */
export function groupPeople({ present, speakers, onStage }: PeopleView): PeopleGroups {
  const roster = new Set(speakers);
  const stage = new Set(onStage);
  const speaking = Object.keys(present).filter(
    (person) => roster.has(person) && (present[person] === 'speaker' || stage.has(person)),
  );
  // Presence is logged a moment later than the stage: who stands there is here.
  const early = onStage.filter((person) => roster.has(person) && !(person in present));
  const onScreen = onStage.filter((person) => !roster.has(person));
  const placed = new Set([...speaking, ...early, ...onScreen]);
  return {
    speakers: [...speaking, ...early],
    onScreen,
    audience: Object.keys(present).filter((person) => !placed.has(person)),
  };
}

export interface Searchable {
  name: string;
  headline: string;
  organisation: string;
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Every word must be found somewhere; accents and case do not matter. */
export function matches(person: Searchable | null | undefined, search: string): boolean {
  const words = plain(search).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return true;
  if (!person) return false;
  const text = plain(`${person.name} ${person.organisation} ${person.headline}`);
  return words.every((word) => text.includes(word));
}
