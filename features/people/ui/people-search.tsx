// Owns the box in which one searches among those present.
import { Search } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { peopleTexts } from './texts.ts';

interface PeopleSearchProps {
  total: number;
  search: string;
  onSearch: (search: string) => void;
}

export function PeopleSearch({ total, search, onSearch }: PeopleSearchProps) {
  const t = useTexts(peopleTexts);
  return (
    <div className="people-search">
      <label className="input">
        <Search className="i i--s" aria-hidden="true" />
        <input
          type="search"
          aria-label={t('search')}
          placeholder={t('searchHint', { count: total })}
          value={search}
          onChange={(event) => onSearch(event.target.value)}
        />
      </label>
    </div>
  );
}
