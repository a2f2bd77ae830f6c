// Owns which language the interface speaks before anybody has signed in, and remembers it. The words are texts.ts.
import { keepChoice, readChoice } from './kept-choice.ts';
import type { Language } from './texts.ts';
import { giveGermanWords, languages, setLanguage } from './texts.ts';

/** Each language in its own words. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' };

const isLanguage = (value: string | null | undefined): value is Language => languages.some((language) => language === value);

function firstLanguage(): Language {
  const kept = readChoice('language');
  if (isLanguage(kept)) return kept;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? 'en';
}

let wanted: Language | null = null;

/** Resolves when the page speaks it. Where its words can't be fetched, it goes on in the language it speaks. */
async function speak(language: Language): Promise<void> {
  wanted = language;
  if (language === 'de') {
    const words = await import('./german-words.ts').catch(() => null);
    if (!words || wanted !== language) return;
    giveGermanWords(words.germanWords);
  }
  setLanguage(language);
}

/** To be waited for before anything is drawn. */
export const startLanguage = (): Promise<void> => speak(firstLanguage());

export function chooseLanguage(language: Language): void {
  keepChoice('language', language);
  void speak(language);
}
