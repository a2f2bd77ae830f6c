// Owns how a few people are named in a sentence: first names of the first three, the rest counted.
import type { Language } from '#platform/ui/texts.ts';
import { lifecycleTexts } from './texts.ts';

const named = 3;

/** "Ines, Tomasz and Adaeze"; of more than three "Ines, Tomasz, Adaeze and 2 more". */
export function namesOf(people: readonly { name: string }[], language: Language): string {
  const first = people.slice(0, named).map(({ name }) => name.split(/\s+/u)[0] ?? name);
  const rest = people.length - first.length;
  const list = new Intl.ListFormat(language === 'de' ? 'de-DE' : 'en-GB', { type: 'conjunction' });
  if (rest === 0) return list.format(first);
  return lifecycleTexts.t('moreNames', { names: first.join(', '), count: rest });
}
