// Owns what stands beside a company's text on its page.
import type { Company } from '#shell/events/contract.ts';
import { CompanyFacts } from './company-facts.tsx';

export function CompanySide({ company }: { company: Company }) {
  if (company.jobs.length + company.representatives.length + company.links.length === 0) return null;
  return (
    <aside className="company-side" aria-label={company.name}>
      <CompanyFacts {...company} />
    </aside>
  );
}
