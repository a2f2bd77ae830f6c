// Owns bringing the support desk and the event's tabs together on one page.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { DeskPage } from '#features/support/ui/desk-page.tsx';
import { useAccent } from '#platform/ui/accent.ts';
import { ApiError } from '#platform/ui/api.ts';
import { Brand } from '#platform/ui/brand.tsx';
import { Failure } from '#platform/ui/failure.tsx';
import { PageFrame } from '#platform/ui/page-frame.tsx';
import { meQuery } from '#shell/accounts/ui/me.ts';
import { eventQuery } from '#shell/events/ui/event-queries.ts';
import { EventSkeleton } from '#shell/events/ui/event-skeleton.tsx';
import { EventTabs } from '#shell/events/ui/event-tabs.tsx';
import { EventSupport } from './event-support.tsx';

export function SupportRoute() {
  const { slug } = useParams({ from: '/signed-in/events/$slug/support' });
  const { data: event, error, refetch } = useQuery(eventQuery(slug));
  const { data: account } = useQuery(meQuery);
  useAccent(event?.accent);
  const self = account?.me?.id;
  const isOfTeam = event?.myRoles.some((role) => role === 'support' || role === 'organiser');
  if (!event || !self || !isOfTeam) {
    const failure = error ?? (event ? new ApiError(404, 'not-found') : null);
    return (
      <EventSupport>
        <PageFrame mainClass="page page--event">
          {failure ? <Failure error={failure} onRetry={refetch} /> : <EventSkeleton />}
        </PageFrame>
      </EventSupport>
    );
  }
  return (
    <EventSupport>
      <PageFrame
        mainClass="desk-main"
        start={
          <>
            <Brand />
            <span className="sep" />
            <EventTabs event={event} />
          </>
        }
      >
        <DeskPage slug={slug} eventTitle={event.title} self={self} />
      </PageFrame>
    </EventSupport>
  );
}
