// Owns what stands beside a company's text: open jobs, the people to talk to, links.
import { ExternalLink } from 'lucide-react';
import { Avatar } from '#platform/ui/avatar.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { Company } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

export function CompanySide({ company }: { company: Company }) {
  const t = useTexts(eventsTexts);
  const elsewhere = (url: string, label: string) => (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {label}
      <ExternalLink className="i i--s" aria-hidden="true" />
      <span className="sr">({t('opensElsewhere')})</span>
    </a>
  );
  if (company.jobs.length + company.representatives.length + company.links.length === 0) return null;
  return (
    <aside className="company-side" aria-label={company.name}>
      {company.jobs.length > 0 && (
        <section>
          <h3>{t('jobsHeading')}</h3>
          <ul>
            {company.jobs.map((job) => (
              <li key={`${job.title} ${job.place}`}>
                {elsewhere(job.url, job.title)}
                <span className="quiet">{job.place}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {company.representatives.length > 0 && (
        <section>
          <h3>{t('representativesHeading')}</h3>
          <ul>
            {company.representatives.map((person) => (
              <li className="contact" key={person.id}>
                <Avatar person={person} />
                <span className="grow">
                  <bdi>{person.name}</bdi>
                  <span className="quiet">{person.headline}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {company.links.length > 0 && (
        <section>
          <h3>{t('linksHeading')}</h3>
          <ul>
            {company.links.map((link) => (
              <li key={link.url}>{elsewhere(link.url, link.label)}</li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}
