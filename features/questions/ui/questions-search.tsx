// Owns the line in which one searches the questions. Escape ends it.
import { useTexts } from '#platform/ui/texts.ts';
import { questionsTexts } from './texts.ts';

/** Null ends the search. */
export function QuestionsSearch({ search, onSearch }: { search: string; onSearch: (search: string | null) => void }) {
  const t = useTexts(questionsTexts);
  return (
    <input
      className="input questions-search"
      type="search"
      // biome-ignore lint/a11y/noAutofocus: one pressed the button to type here.
      autoFocus
      aria-label={t('search')}
      placeholder={t('search')}
      value={search}
      onChange={(event) => onSearch(event.target.value)}
      onKeyDown={(event) => event.key === 'Escape' && onSearch(null)}
    />
  );
}
