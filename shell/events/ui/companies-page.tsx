// Owns the tab "Companies": one card each.
import { Link } from '@tanstack/react-router';
import { Building2 } from 'lucide-react';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useEventDetail } from './event-context.ts';
import { eventsTexts } from './texts.ts';

export function CompaniesPage() {
  const t = useTexts(eventsTexts);
  const event = useEventDetail();
  useDocumentTitle(t('companies'), event.title);
  if (event.companies.length === 0) return <EmptyState icon={Building2} title={t('noCompanies')} text={t('noCompaniesText')} />;
  return (
    <ul className="companies">
      {event.companies.map((company) => (
        <li className="card company-card" key={company.id}>
          <img className="logo logo--l" src={company.logoUrl} alt="" width={56} height={56} />
          <div className="grow">
            <h2>
              <Link
                to="/events/$slug/companies/$companySlug"
                params={{ slug: event.slug, companySlug: company.slug }}
                className="plain"
              >
                {company.name}
              </Link>
            </h2>
            <p className="muted">{company.tagline}</p>
            <p className="quiet num">
              {[
                t('sessions', { count: company.sessionIds.length }),
                company.jobs.length > 0 && t('jobs', { count: company.jobs.length }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
