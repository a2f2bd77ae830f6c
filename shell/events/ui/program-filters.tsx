// Owns choosing what part of the program one sees. The choice is kept in the address, so that it can be sent to somebody.
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { EventDetail } from '#shell/events/contract.ts';
import type { DayGroup, ProgramFilter } from './program-view.ts';
import { kindsOf } from './program-view.ts';
import { eventsTexts } from './texts.ts';

interface ProgramFiltersProps {
  event: EventDetail;
  days: readonly DayGroup[];
  filter: ProgramFilter;
  onChange: (change: ProgramFilter) => void;
}

export function ProgramFilters({ event, days, filter, onChange }: ProgramFiltersProps) {
  const t = useTexts(eventsTexts);
  const format = useFormat();
  // The address follows a moment later than the typing; the field must not.
  const [text, setText] = useState(filter.text ?? '');
  const kinds = kindsOf(event.program);
  const dayButtons = [
    { key: undefined, label: t('allDays') },
    ...days.map((day) => ({ key: day.key, label: format.day(day.startsAt) })),
  ];
  return (
    <div className="filters">
      {days.length > 1 && (
        <fieldset className="segment">
          <legend className="sr">{t('day')}</legend>
          {dayButtons.map(({ key, label }) => (
            <button key={key ?? 'all'} type="button" aria-pressed={filter.day === key} onClick={() => onChange({ day: key })}>
              {label}
            </button>
          ))}
        </fieldset>
      )}
      <span className="grow" />
      <label className="input">
        <Search className="i i--s" aria-hidden="true" />
        <input
          type="search"
          aria-label={t('searchProgram')}
          placeholder={t('searchProgram')}
          value={text}
          onChange={(change) => {
            setText(change.target.value);
            onChange({ text: change.target.value || undefined });
          }}
        />
      </label>
      {event.companies.length > 1 && (
        <select
          className="select"
          aria-label={t('company')}
          value={filter.company ?? ''}
          onChange={(change) => onChange({ company: change.target.value || undefined })}
        >
          <option value="">{t('allCompanies')}</option>
          {event.companies.map((company) => (
            <option key={company.slug} value={company.slug}>
              {company.name}
            </option>
          ))}
        </select>
      )}
      {kinds.length > 1 && (
        <select
          className="select"
          aria-label={t('format')}
          value={filter.kind ?? ''}
          onChange={(change) => onChange({ kind: change.target.value || undefined })}
        >
          <option value="">{t('allFormats')}</option>
          {kinds.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      )}
    </div>
  );
}
