// Owns the side of the Lobby: what the event is about, when, by whom, and with which companies.
import { Link } from '@tanstack/react-router';
import { Markdown } from '#platform/ui/markdown.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { EventDetail } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

export function LobbyAbout({ event }: { event: EventDetail }) {
  const t = useTexts(eventsTexts);
  const format = useFormat();
  return (
    <aside className="lobby-about" aria-label={t('about')}>
      <h2>{t('about')}</h2>
      <Markdown text={event.description} />
      <dl className="facts">
        <div>
          <dt>{t('when')}</dt>
          <dd>{format.range(event.startsAt, event.endsAt)}</dd>
        </div>
        <div>
          <dt>{t('organisedBy')}</dt>
          <dd>{event.organiserName}</dd>
        </div>
      </dl>
      {event.companies.length > 0 && (
        <>
          <h3>{t('companies')}</h3>
          <ul className="lobby-companies">
            {event.companies.map((company) => (
              <li key={company.id}>
                <Link to="/events/$slug/companies/$companySlug" params={{ slug: event.slug, companySlug: company.slug }}>
                  <img className="logo logo--s" src={company.logoUrl} alt="" width={24} height={24} />
                  {company.name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}
