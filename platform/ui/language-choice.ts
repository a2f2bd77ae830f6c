// Owns which language the interface speaks before anybody has signed in, and remembers it. The words are texts.ts.
import { keepChoice, readChoice } from './kept-choice.ts';
import type { Language } from './texts.ts';
import { languages, setLanguage } from './texts.ts';

/** Each language in its own words. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' };

const isLanguage = (value: string | null | undefined): value is Language => languages.some((language) => language === value);

function firstLanguage(): Language {
  const kept = readChoice('language');
  if (isLanguage(kept)) return kept;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? 'en';
}

export const startLanguage = (): void => setLanguage(firstLanguage());

export function chooseLanguage(language: Language): void {
  keepChoice('language', language);
  setLanguage(language);
}
