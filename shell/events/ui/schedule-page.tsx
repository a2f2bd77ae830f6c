// Owns the tab "My Schedule": what I speak in, and what I registered for.
import { Link } from '@tanstack/react-router';
import { CalendarCheck, Clock } from 'lucide-react';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { Notice } from '#platform/ui/notice.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useEventDetail } from './event-context.ts';
import { ProgramGroups } from './program-groups.tsx';
import { inOrder, iRegisteredFor, iSpeakIn } from './program-view.ts';
import { eventsTexts } from './texts.ts';

export function SchedulePage() {
  const t = useTexts(eventsTexts);
  const event = useEventDetail();
  useDocumentTitle(t('mySchedule'), event.title);
  const points = inOrder(event.program);
  const speaking = iSpeakIn(points);
  const registered = iRegisteredFor(points);
  if (speaking.length + registered.length === 0) {
    return (
      <EmptyState icon={CalendarCheck} title={t('nothingMine')} text={t('nothingMineText')}>
        <Link to="/events/$slug/program" params={{ slug: event.slug }} className="btn btn--primary">
          {t('toProgram')}
        </Link>
      </EmptyState>
    );
  }
  return (
    <>
      {speaking.length > 0 && (
        <section className="schedule">
          <h2>{t('speakHeading')}</h2>
          {speaking.some((point) => point.phase !== 'ended') && (
            <Notice icon={Clock} title={t('earlyTitle')}>
              {t('earlyText')}
            </Notice>
          )}
          <ProgramGroups points={speaking} withDay withMine={false} />
        </section>
      )}
      {registered.length > 0 && (
        <section className="schedule">
          <h2>{t('registeredHeading')}</h2>
          <ProgramGroups points={registered} withDay withMine={false} />
        </section>
      )}
    </>
  );
}
