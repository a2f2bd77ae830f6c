// Owns the language of the interface: every ui folder defines its texts in English and German beside its components.
import i18next from 'i18next';
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

void i18next.init({ lng: 'en', fallbackLng: 'en', resources: {}, interpolation: { escapeValue: false }, initAsync: false });

/** The German texts must have the same keys: a missing one is a type error. */
export function defineTexts<const En extends Entries>(
  namespace: string,
  texts: { en: En; de: { [K in keyof En]: string } },
): Texts<En> {
  i18next.addResourceBundle('en', namespace, texts.en);
  i18next.addResourceBundle('de', namespace, texts.de);
  return { namespace, t: (key, values) => i18next.t(key, { ns: namespace, ...values }) };
}

const subscribe = (onChange: () => void) => {
  i18next.on('languageChanged', onChange);
  return () => i18next.off('languageChanged', onChange);
};

export const currentLanguage = (): Language => (i18next.language === 'de' ? 'de' : 'en');
export const useLanguage = (): Language => useSyncExternalStore(subscribe, currentLanguage);

/** The component renders again when the language changes. */
export function useTexts<En extends Entries>(texts: Texts<En>): Translate<En> {
  useLanguage();
  return texts.t;
}

/** Also tells the browser, for hyphenation and screen readers. */
export function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
