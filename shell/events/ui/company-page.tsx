// Owns the page of one company at an event: who they are, their Sessions, and beside it jobs, contacts and links.
import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { Markdown } from '#platform/ui/markdown.tsx';
import { MissingPage } from '#platform/ui/missing-page.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { CompanySide } from './company-side.tsx';
import { useEventDetail } from './event-context.ts';
import { ProgramGroups } from './program-groups.tsx';
import { inOrder } from './program-view.ts';
import { eventsTexts } from './texts.ts';

export function CompanyPage({ companySlug }: { companySlug: string }) {
  const t = useTexts(eventsTexts);
  const event = useEventDetail();
  const company = event.companies.find((candidate) => candidate.slug === companySlug);
  useDocumentTitle(company?.name, event.title);
  if (!company) return <MissingPage />;
  const points = inOrder(event.program.filter((point) => company.sessionIds.includes(point.id)));
  return (
    <div className="company">
      <Link to="/events/$slug/companies" params={{ slug: event.slug }} className="btn btn--quiet company-back">
        <ChevronLeft className="i" aria-hidden="true" />
        {t('allCompaniesBack')}
      </Link>
      <header className="company-head">
        <img className="logo logo--xl" src={company.logoUrl} alt="" width={72} height={72} />
        <div className="grow">
          <h2>{company.name}</h2>
          <p className="muted">{company.tagline}</p>
        </div>
      </header>
      <div className="company-main">
        <Markdown text={company.description} />
        <section>
          <h3>{t('sessionsHeading')}</h3>
          {points.length > 0 ? <ProgramGroups points={points} withDay /> : <p className="quiet">{t('noSessionsOfCompany')}</p>}
        </section>
      </div>
      <CompanySide company={company} />
    </div>
  );
}
