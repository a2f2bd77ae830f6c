// Owns the tab "Program": everything by day, with filters.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarDays, SearchX } from 'lucide-react';
import { useId, useState } from 'react';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import { useEventDetail } from './event-context.ts';
import { NowCard } from './now-card.tsx';
import { ProgramFilters } from './program-filters.tsx';
import { ProgramGroups } from './program-groups.tsx';
import type { ProgramFilter } from './program-view.ts';
import { byDay, filterPoints, inOrder, liveNow } from './program-view.ts';
import { eventsTexts } from './texts.ts';

export function ProgramPage() {
  const t = useTexts(eventsTexts);
  const format = useFormat();
  const event = useEventDetail();
  useDocumentTitle(t('program'), event.title);
  const filter: ProgramFilter = useSearch({ from: '/signed-in/events/$slug/program' });
  const navigate = useNavigate({ from: '/events/$slug/program' });
  const change = (next: ProgramFilter) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const [cleared, setCleared] = useState(0);
  const id = useId();
  const points = inOrder(event.program);
  if (points.length === 0) return <EmptyState icon={CalendarDays} title={t('nothingYet')} text={t('nothingYetText')} />;
  const allDays = byDay(points, format.zone);
  const days = byDay(filterPoints(points, filter, format.zone), format.zone);
  return (
    <>
      {liveNow(points).map((point) => (
        <NowCard key={point.id} point={point} />
      ))}
      <ProgramFilters key={cleared} event={event} days={allDays} filter={filter} onChange={change} />
      {days.map((day) => (
        <section key={day.key} className="program-day" aria-labelledby={`${id}-${day.key}`}>
          <h2 id={`${id}-${day.key}`} className={filter.day ? 'sr' : 'program-day-title'}>
            {format.day(day.startsAt, 'long')}
          </h2>
          <ProgramGroups points={day.times.flatMap((group) => group.points)} />
        </section>
      ))}
      {days.length === 0 && (
        <EmptyState icon={SearchX} title={t('nothingFound')} text={t('nothingFoundText')}>
          <button
            type="button"
            className="btn"
            onClick={() => {
              setCleared(cleared + 1);
              change({ day: undefined, company: undefined, kind: undefined, text: undefined });
            }}
          >
            {t('showAll')}
          </button>
        </EmptyState>
      )}
    </>
  );
}
