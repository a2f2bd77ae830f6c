// Owns the frame of an event: banner, tabs, and the event's accent. What the tabs show is handed down as EventContext.
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useAccent } from '#platform/ui/accent.ts';
import { Failure } from '#platform/ui/failure.tsx';
import { PageFrame } from '#platform/ui/page-frame.tsx';
import { StaleNotice } from '#platform/ui/stale-notice.tsx';
import { useFormat } from '#platform/ui/viewer.ts';
import { EventContext } from './event-context.ts';
import { eventQuery } from './event-queries.ts';
import { EventSkeleton } from './event-skeleton.tsx';
import { EventTabs } from './event-tabs.tsx';
import './event.css';

export function EventPage({ slug }: { slug: string }) {
  const { data: event, error, refetch } = useQuery(eventQuery(slug));
  const format = useFormat();
  useAccent(event?.accent);
  if (!event)
    return (
      <PageFrame mainClass="page page--event">
        {error ? <Failure error={error} onRetry={refetch} /> : <EventSkeleton />}
      </PageFrame>
    );
  return (
    <EventContext value={event}>
      <PageFrame mainClass="page page--event">
        <header className="event-head">
          <img className="art" src={event.bannerUrl} alt="" />
          <div className="grow">
            <h1>{event.title}</h1>
            <p>
              {format.range(event.startsAt, event.endsAt)} · {event.organiserName}
            </p>
          </div>
        </header>
        <EventTabs event={event} />
        {error && <StaleNotice error={error} />}
        <div role="tabpanel" id="event-panel" aria-labelledby="event-tab-current">
          <Outlet />
        </div>
      </PageFrame>
    </EventContext>
  );
}
