// Owns the card above the program that says what is live this moment.
import { Link } from '@tanstack/react-router';
import { useTexts } from '#platform/ui/texts.ts';
import { useNow } from '#platform/ui/use-now.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { JoinLink } from './join-link.tsx';
import { PointLogo } from './point-logo.tsx';
import { endsAtMs } from './program-view.ts';
import { eventsTexts } from './texts.ts';

export function NowCard({ point }: { point: ProgramPoint }) {
  const t = useTexts(eventsTexts);
  const format = useFormat();
  const now = useNow(60_000);
  const end = endsAtMs(point);
  const runs =
    end > now
      ? t('until', { time: format.time(new Date(end).toISOString()) })
      : t('since', { time: format.time(point.startedAt ?? point.startsAt) });
  const company = point.companies[0]?.name;
  return (
    <section className="now" aria-label={t('liveNow')}>
      <span className="live">{t('live')}</span>
      <PointLogo point={point} />
      <div className="grow">
        <h2 className="cut">
          <Link to="/sessions/$sessionId" params={{ sessionId: point.id }} className="plain">
            {point.title}
          </Link>
        </h2>
        <p className="quiet cut num">{[company, runs, t('people', { count: point.present })].filter(Boolean).join(' · ')}</p>
      </div>
      <JoinLink point={point} />
    </section>
  );
}
