// Owns who stands in which group of the People tab, and what a search finds. Pure. Within a group: the order of arrival, so that nobody jumps.
import type { PresentAs } from '../contract.ts';

export interface PeopleView {
  present: Readonly<Record<string, PresentAs>>;
  /** Ids of those on the list of speakers. */
  speakers: readonly string[];
  /** Ids of those on stage, in their order. */
  onStage: readonly string[];
  /** Those of them who are there as participants, speakers by their list or not. */
  guests: readonly string[];
}

export interface PeopleGroups {
  speakers: string[];
  onScreen: string[];
  audience: string[];
}

/** Everybody stands where they are here: a speaker who came to watch sits in the audience, and comes on screen like the others. */
export function groupPeople({ present, speakers, onStage, guests }: PeopleView): PeopleGroups {
  // One pass, and sets as small as the stage: the audience may be thousands, and this runs with each arrival.
  const roster = new Set(speakers);
  const stage = new Set(onStage);
  const asGuests = new Set(guests);
  const isGuest = (person: string) => asGuests.has(person) || !roster.has(person);
  const groups: PeopleGroups = { speakers: [], onScreen: onStage.filter(isGuest), audience: [] };
  for (const person in present) {
    if (stage.has(person)) {
      if (!isGuest(person)) groups.speakers.push(person);
    } else if (present[person] === 'speaker' && roster.has(person)) groups.speakers.push(person);
    else groups.audience.push(person);
  }
  // Presence is logged a moment later than the stage: who stands there is here.
  groups.speakers.push(...onStage.filter((person) => !isGuest(person) && !(person in present)));
  return groups;
}

export interface Searchable {
  name: string;
  headline: string;
  organisation: string;
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** What is searched in, made once per person: a directory's entries stay the same objects. */
const searchedIn = new WeakMap<Searchable, string>();

function searchText(person: Searchable): string {
  const known = searchedIn.get(person);
  if (known !== undefined) return known;
  const text = plain(`${person.name} ${person.organisation} ${person.headline}`);
  searchedIn.set(person, text);
  return text;
}

let lastSearch = { search: '', words: [] as string[] };

/** Every word must be found somewhere; accents and case do not matter. */
export function matches(person: Searchable | null | undefined, search: string): boolean {
  if (lastSearch.search !== search) lastSearch = { search, words: plain(search).split(/\s+/u).filter(Boolean) };
  const { words } = lastSearch;
  if (words.length === 0) return true;
  if (!person) return false;
  const text = searchText(person);
  return words.every((word) => text.includes(word));
}
