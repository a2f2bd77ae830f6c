// Owns the large card of the event that matters now: what is live in it, or when it begins.
import { Link } from '@tanstack/react-router';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { EventSummary } from '#shell/events/contract.ts';
import { HeroLive } from './hero-live.tsx';
import { HeroNext } from './hero-next.tsx';
import { MyPart } from './my-part.tsx';
import { eventsTexts } from './texts.ts';

export function EventHero({ event, now }: { event: EventSummary; now: number }) {
  const t = useTexts(eventsTexts);
  const format = useFormat();
  const { slug } = event;
  const people = event.live.reduce((sum, session) => sum + session.present, 0);
  const untilStart = Date.parse(event.startsAt) - now;
  return (
    <article className="hero card">
      <Link to="/events/$slug" params={{ slug }} className="hero-picture" tabIndex={-1} aria-hidden="true">
        <img src={event.bannerUrl} alt="" />
      </Link>
      <div className="hero-text">
        <p className="hero-state">
          {event.live.length > 0 ? (
            <>
              <span className="live">{t('liveNow')}</span>
              <span className="muted num">
                {t('sessions', { count: event.live.length })} · {t('people', { count: people })}
              </span>
            </>
          ) : (
            <span className="tag tag--accent">
              {untilStart > 0 ? t('startsIn', { duration: format.duration(untilStart) }) : t('onNow')}
            </span>
          )}
        </p>
        <h2>
          <Link to="/events/$slug" params={{ slug }} className="plain">
            {event.title}
          </Link>
        </h2>
        <p className="muted">
          {format.range(event.startsAt, event.endsAt)} · {event.organiserName}
        </p>
        {event.live.length > 0 ? <HeroLive event={event} /> : <HeroNext slug={slug} now={now} />}
        <div className="hero-acts">
          <Link to="/events/$slug" params={{ slug }} className="btn btn--primary">
            {t('openEvent')}
          </Link>
          <MyPart event={event} />
        </div>
      </div>
    </article>
  );
}
