// Owns the names behind the ids of an event's conversations, one directory per event.
import type { Directory } from '#platform/live/client/directory.ts';
import { createDirectory } from '#platform/live/client/directory.ts';
import { api } from '#platform/ui/api.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { supportPath } from '../contract.ts';

const directories = new Map<string, Directory<PersonSummary>>();

export function peopleOf(slug: string): Directory<PersonSummary> {
  const known = directories.get(slug);
  if (known) return known;
  const load = async (ids: string[]) =>
    (await api.get<{ people: PersonSummary[] }>(`${supportPath(slug)}/people?ids=${ids.join(',')}`)).people;
  const made = createDirectory<PersonSummary>({ load, batch: 50 });
  directories.set(slug, made);
  return made;
}
