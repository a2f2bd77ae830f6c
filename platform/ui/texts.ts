// Owns the language of the interface: every ui folder defines its texts in English and German beside its components.
import { useSyncExternalStore } from 'react';

export type Language = 'en' | 'de';
export const languages: readonly Language[] = ['en', 'de'];

type Entries = Record<string, string>;
/** `people_one` and `people_other` are asked for as `people` with a `count`. */
type KeyOf<K> = K extends `${infer Base}_one` ? Base : K extends `${infer Base}_other` ? Base : K;
type Values = Record<string, string | number>;
export type Translate<En extends Entries> = (key: KeyOf<keyof En & string>, values?: Values) => string;
export interface Texts<En extends Entries> {
  namespace: string;
  /** For use outside React: reads the language of the moment. */
  t: Translate<En>;
}

const plurals: Record<Language, Intl.PluralRules> = { en: new Intl.PluralRules('en'), de: new Intl.PluralRules('de') };
let language: Language = 'en';
/** German words that came by themselves, by namespace. */
let apart: Record<string, Entries> | null = null;
const listeners = new Set<() => void>();

const numbers: Record<Language, Intl.NumberFormat> = { en: new Intl.NumberFormat('en-GB'), de: new Intl.NumberFormat('de-DE') };

/** Numbers and names stand in the text as {{count}}, {{name}}; numbers are written as the language does. */
const fill = (text: string, values: Values): string =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? numbers[language].format(value) : (value ?? whole);
  });

/** The German texts must have the same keys: a missing one is a type error. */
export function defineTexts<const En extends Entries>(
  namespace: string,
  texts: { en: En; de: { [K in keyof En]: string } },
): Texts<En> {
  const t: Translate<En> = (key, values = {}) => {
    const entries: Entries = language === 'de' ? (apart?.[namespace] ?? texts.de) : texts.en;
    const plural = typeof values.count === 'number' ? entries[`${key}_${plurals[language].select(values.count)}`] : undefined;
    return fill(plural ?? entries[key] ?? `${namespace}.${key}`, values);
  };
  return { namespace, t };
}

const subscribe = (onChange: () => void) => {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
};

export const currentLanguage = (): Language => language;
export const useLanguage = (): Language => useSyncExternalStore(subscribe, currentLanguage, currentLanguage);

/** The component renders again when the language changes. */
export function useTexts<En extends Entries>(texts: Texts<En>): Translate<En> {
  useLanguage();
  return texts.t;
}

/** In the built web they are not beside the English ones, and must be there before `setLanguage('de')`. */
export function giveGermanWords(words: Record<string, Entries>): void {
  apart = words;
}

/** Also tells the browser, for hyphenation and screen readers. */
export function setLanguage(next: Language): void {
  document.documentElement.lang = next;
  if (next === language) return;
  language = next;
  for (const listener of listeners) listener();
}
