// Owns a titled list of events, one row each.
import { Link } from '@tanstack/react-router';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { EventSummary } from '#shell/events/contract.ts';
import { MyPart } from './my-part.tsx';
import { eventsTexts } from './texts.ts';

export function EventRows({ title, events }: { title: string; events: readonly EventSummary[] }) {
  const t = useTexts(eventsTexts);
  const format = useFormat();
  if (events.length === 0) return null;
  return (
    <section>
      <h2 className="sec">{title}</h2>
      <ul className="card">
        {events.map((event) => (
          <li className="ev" key={event.id}>
            <Link to="/events/$slug" params={{ slug: event.slug }} className="thumb" tabIndex={-1} aria-hidden="true">
              <img src={event.bannerUrl} alt="" loading="lazy" />
            </Link>
            <div className="grow">
              <h3>
                <Link to="/events/$slug" params={{ slug: event.slug }}>
                  {event.title}
                </Link>
              </h3>
              <p className="muted">{format.range(event.startsAt, event.endsAt)}</p>
              <p className="quiet">{event.organiserName}</p>
            </div>
            <div className="evmeta">
              <MyPart event={event} />
            </div>
            <div className="evact">
              <Link to="/events/$slug" params={{ slug: event.slug }} className="btn">
                {t('openEvent')}
              </Link>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
