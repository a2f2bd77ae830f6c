// Owns the facts about a company, the same on its page and in a Session: open jobs, the people to talk to, links.
import { ExternalLink } from 'lucide-react';
import { Avatar } from '#platform/ui/avatar.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { Company } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

/** What a company wrote is a link only where it leads to the web. */
const isWebAddress = (url: string) => /^https?:\/\//i.test(url) && URL.canParse(url);

export function CompanyFacts({ jobs, representatives, links }: Pick<Company, 'jobs' | 'representatives' | 'links'>) {
  const t = useTexts(eventsTexts);
  const elsewhere = (url: string, label: string) =>
    isWebAddress(url) ? (
      <a href={url} target="_blank" rel="noopener noreferrer">
        <bdi>{label}</bdi>
        <ExternalLink className="i i--s" aria-hidden="true" />
        <span className="sr">({t('opensElsewhere')})</span>
      </a>
    ) : (
      <bdi>{label}</bdi>
    );
  return (
    <>
      {jobs.length > 0 && (
        <section>
          <h3>{t('jobsHeading')}</h3>
          <ul>
            {jobs.map((job) => (
              <li key={`${job.title} ${job.place}`}>
                {elsewhere(job.url, job.title)}
                <span className="quiet">{job.place}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {representatives.length > 0 && (
        <section>
          <h3>{t('representativesHeading')}</h3>
          <ul>
            {representatives.map((person) => (
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
      {links.length > 0 && (
        <section>
          <h3>{t('linksHeading')}</h3>
          <ul>
            {links.map((link) => (
              <li key={link.url}>{elsewhere(link.url, link.label)}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
