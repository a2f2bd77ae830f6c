// Owns the language button for people who are not signed in. There are two languages: it names the present one and changes to the other.
import { Languages } from 'lucide-react';
import { chooseLanguage, languageNames } from '#platform/ui/language-choice.ts';
import { languages, useLanguage, useTexts } from '#platform/ui/texts.ts';
import { accountsTexts } from './texts.ts';

export function LanguageSwitch() {
  const t = useTexts(accountsTexts);
  const language = useLanguage();
  const other = languages.find((candidate) => candidate !== language) ?? language;
  return (
    <button
      type="button"
      className="btn btn--quiet btn--s"
      aria-label={`${t('language')}: ${languageNames[language]}`}
      title={languageNames[other]}
      onClick={() => chooseLanguage(other)}
    >
      <Languages className="i i--s" aria-hidden="true" />
      {languageNames[language]}
    </button>
  );
}
