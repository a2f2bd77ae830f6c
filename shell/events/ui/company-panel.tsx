// Owns the tab "Company" of a Session: who hosts it, with what their page says. Nothing here leads away from the Session: links open beside it.
import './companies.css';
import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { api } from '#platform/ui/api.ts';
import { Failure } from '#platform/ui/failure.tsx';
import { Markdown } from '#platform/ui/markdown.tsx';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { CompanyProfile } from '#shell/events/contract.ts';
import { sessionsPath } from '#shell/events/contract.ts';
import { CompanyFacts } from './company-facts.tsx';
import { eventsTexts } from './texts.ts';

export function CompanyPanel({ sessionId }: { sessionId: string }) {
  const t = useTexts(eventsTexts);
  const format = useFormat();
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions', sessionId, 'companies'],
    queryFn: () => api.get<{ companies: CompanyProfile[] }>(`${sessionsPath}/${sessionId}/companies`),
    // What a company says of itself hardly changes while its Session lasts.
    staleTime: 5 * 60_000,
  });
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <p className="pending muted" role="status">
        <Spinner />
        {t('loadingCompany')}
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className="scroll company-panel" aria-label={t('company')} tabIndex={0}>
      {data.companies.map(({ id, name, tagline, logoUrl, description, sessions, ...facts }) => (
        <article key={id} aria-labelledby={`company-${id}`}>
          <header className="company-head">
            <img className="logo logo--l" src={logoUrl} alt="" width={56} height={56} />
            <div className="grow">
              <h2 id={`company-${id}`}>
                <bdi>{name}</bdi>
              </h2>
              <p className="muted">{tagline}</p>
            </div>
          </header>
          <Markdown text={description} />
          <div className="company-side">
            <CompanyFacts {...facts} />
            <section>
              <h3>{t('sessionsHeading')}</h3>
              <ul>
                {sessions.map((session) => (
                  <li key={session.id}>
                    {session.id === sessionId ? (
                      <b>{session.title}</b>
                    ) : (
                      <a href={`/sessions/${session.id}`} target="_blank" rel="noopener">
                        {session.title}
                        <ExternalLink className="i i--s" aria-hidden="true" />
                        <span className="sr">({t('opensElsewhere')})</span>
                      </a>
                    )}
                    <span className="quiet">
                      {session.id === sessionId
                        ? t('thisSession')
                        : `${format.day(session.startsAt)}, ${format.time(session.startsAt)}`}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          </div>
        </article>
      ))}
    </section>
  );
}
