// Owns what stands above the questions: which list, by what order, the search, and a speaker's options.
import { RefreshCw, Search, SlidersHorizontal } from 'lucide-react';
import { tabKey } from '#platform/ui/tabs.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import { questionsTexts } from './texts.ts';

export type QuestionsTab = 'open' | 'answered' | 'waiting';

interface QuestionsHeadProps {
  id: string;
  tabs: readonly { tab: QuestionsTab; count: number }[];
  selected: QuestionsTab;
  onSelect: (tab: QuestionsTab) => void;
  isStale: boolean;
  onSortAgain: () => void;
  isSearching: boolean;
  onSearching: (is: boolean) => void;
  /** Absent for those who have no options. */
  options?: { isOpen: boolean; onOpen: (is: boolean) => void };
}

export function QuestionsHead({
  id,
  tabs,
  selected,
  onSelect,
  isStale,
  onSortAgain,
  isSearching,
  onSearching,
  options,
}: QuestionsHeadProps) {
  const t = useTexts(questionsTexts);
  const format = useFormat();
  return (
    <div className="list-head questions-head">
      <div className="segment" role="tablist" aria-label={t('lists')}>
        {tabs.map(({ tab, count }, index) => (
          <button
            key={tab}
            id={`${id}-${tab}`}
            type="button"
            role="tab"
            aria-selected={tab === selected}
            aria-controls={tab === selected ? `${id}-list` : undefined}
            tabIndex={tab === selected ? 0 : -1}
            onClick={() => onSelect(tab)}
            onKeyDown={(event) => {
              const next = tabKey(event, index, tabs.length);
              const meant = next === null ? undefined : tabs[next]?.tab;
              if (!meant) return;
              event.preventDefault();
              onSelect(meant);
              document.getElementById(`${id}-${meant}`)?.focus();
            }}
          >
            {t(tab)} <span className="num quiet">{format.number(count)}</span>
          </button>
        ))}
      </div>
      <span className="grow" />
      {isStale ? (
        <button type="button" className="btn btn--quiet btn--s new-order" title={t('newOrderHint')} onClick={onSortAgain}>
          <RefreshCw className="i i--s" aria-hidden="true" />
          <span>{t('newOrder')}</span>
        </button>
      ) : (
        <span className="quiet by-votes">{t('byVotes')}</span>
      )}
      <button
        type="button"
        className="btn btn--quiet btn--s btn--icon"
        aria-label={t(isSearching ? 'closeSearch' : 'search')}
        aria-expanded={isSearching}
        title={t(isSearching ? 'closeSearch' : 'search')}
        onClick={() => onSearching(!isSearching)}
      >
        <Search className="i i--s" aria-hidden="true" />
      </button>
      {options && (
        <button
          type="button"
          className="btn btn--quiet btn--s btn--icon"
          aria-label={t('options')}
          aria-expanded={options.isOpen}
          title={t('options')}
          onClick={() => options.onOpen(!options.isOpen)}
        >
          <SlidersHorizontal className="i i--s" aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
