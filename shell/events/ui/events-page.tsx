// Owns the list of events: the one that matters now is large, then what comes, then what was.
import { useQuery } from '@tanstack/react-query';
import { CalendarDays, Search } from 'lucide-react';
import { useState } from 'react';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { Failure } from '#platform/ui/failure.tsx';
import { PageFrame } from '#platform/ui/page-frame.tsx';
import { StaleNotice } from '#platform/ui/stale-notice.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useNow } from '#platform/ui/use-now.ts';
import { EventHero } from './event-hero.tsx';
import { findEvents, orderEvents } from './event-order.ts';
import { eventsQuery } from './event-queries.ts';
import { EventRows } from './event-rows.tsx';
import { EventsSkeleton } from './events-skeleton.tsx';
import { eventsTexts } from './texts.ts';
import './event.css';

/** Fewer can be seen at a glance. */
const searchFrom = 4;

export function EventsPage() {
  const t = useTexts(eventsTexts);
  useDocumentTitle(t('events'));
  const { data, error, refetch } = useQuery(eventsQuery);
  const [text, setText] = useState('');
  const now = useNow(60_000);
  if (!data && error) {
    return (
      <PageFrame>
        <Failure error={error} onRetry={refetch} />
      </PageFrame>
    );
  }
  const events = data?.events ?? [];
  const found = findEvents(events, text);
  const { featured, upcoming, past } = orderEvents(found, now);
  return (
    <PageFrame mainClass="page page--events">
      <div className="row head">
        <h1 className="grow">{t('events')}</h1>
        {events.length >= searchFrom && (
          <label className="input head-search">
            <Search className="i i--s" aria-hidden="true" />
            <input
              type="search"
              aria-label={t('searchEvents')}
              placeholder={t('searchEvents')}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
        )}
      </div>
      {error && <StaleNotice error={error} />}
      {!data && <EventsSkeleton />}
      {data && found.length === 0 && (
        <EmptyState
          icon={CalendarDays}
          title={text ? t('noEventFound', { text }) : t('noEvents')}
          text={text ? undefined : t('noEventsText')}
        />
      )}
      {featured && <EventHero event={featured} now={now} />}
      <EventRows title={t('upcoming')} events={upcoming} />
      <EventRows title={t('past')} events={past} />
    </PageFrame>
  );
}
