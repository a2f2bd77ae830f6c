// Owns the tab "Lobby": what is live, what comes next and when, and what the event is about.
import { Link } from '@tanstack/react-router';
import { CalendarDays, PartyPopper } from 'lucide-react';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useNow } from '#platform/ui/use-now.ts';
import { useEventDetail } from './event-context.ts';
import { LobbyAbout } from './lobby-about.tsx';
import { LobbyCard } from './lobby-card.tsx';
import { ProgramGroups } from './program-groups.tsx';
import { comingUp, inOrder, liveNow } from './program-view.ts';
import { eventsTexts } from './texts.ts';

const shownAhead = 6;

export function LobbyPage() {
  const t = useTexts(eventsTexts);
  const event = useEventDetail();
  useDocumentTitle(t('lobby'), event.title);
  const now = useNow(30_000);
  const points = inOrder(event.program);
  const live = liveNow(points);
  const ahead = comingUp(points, now);
  // With something live, that is the way in; otherwise the next Session takes the large card.
  const next = live.length === 0 ? ahead[0] : undefined;
  const rest = ahead.slice(next ? 1 : 0);
  const over = points.length > 0 && live.length + ahead.length === 0;
  return (
    <div className="lobby">
      <div className="lobby-main">
        {live.length > 0 && (
          <section>
            <h2>{t('liveNow')}</h2>
            {live.map((point) => (
              <LobbyCard key={point.id} point={point} />
            ))}
          </section>
        )}
        {next && (
          <section>
            <h2>{t('next')}</h2>
            <LobbyCard point={next} />
          </section>
        )}
        {rest.length > 0 && (
          <section>
            <h2>{next ? t('laterHeading') : t('comingUp')}</h2>
            <ProgramGroups points={rest.slice(0, shownAhead)} withDay />
            <Link to="/events/$slug/program" params={{ slug: event.slug }} className="btn btn--quiet lobby-more">
              {t('laterToo')}
            </Link>
          </section>
        )}
        {points.length === 0 && <EmptyState icon={CalendarDays} title={t('nothingYet')} text={t('nothingYetText')} />}
        {over && <EmptyState icon={PartyPopper} title={t('allOver')} text={t('allOverText')} />}
      </div>
      <LobbyAbout event={event} />
    </div>
  );
}
