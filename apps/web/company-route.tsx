// Owns handing the address's company to its page.
import { useParams } from '@tanstack/react-router';
import { CompanyPage } from '#shell/events/ui/company-page.tsx';

export function CompanyRoute() {
  const { companySlug } = useParams({ from: '/signed-in/events/$slug/companies/$companySlug' });
  return <CompanyPage key={companySlug} companySlug={companySlug} />;
}
