// Owns one program point as a row: what, who, how many, and the way in. The same in Lobby, Program, My Schedule and at a company.
import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { JoinLink } from './join-link.tsx';
import { PointLogo } from './point-logo.tsx';
import { PointPlaces } from './point-places.tsx';
import { eventsTexts } from './texts.ts';
import { whoOf } from './who-of.ts';

export function ProgramRow({ point }: { point: ProgramPoint }) {
  const t = useTexts(eventsTexts);
  const ended = point.phase === 'ended';
  return (
    <article className={ended ? 'point point--ended' : 'point'} aria-labelledby={`point-${point.id}`}>
      <PointLogo point={point} />
      <div className="point-what">
        <div className="point-title">
          <h3 id={`point-${point.id}`}>
            <Link to="/sessions/$sessionId" params={{ sessionId: point.id }}>
              {point.title}
            </Link>
          </h3>
          {point.phase === 'live' && <span className="live">{t('live')}</span>}
        </div>
        <p className="quiet cut">
          <bdi>{whoOf(point, t)}</bdi>
        </p>
      </div>
      <div className="places">
        <PointPlaces point={point} />
      </div>
      <div className="act">
        {point.iSpeak ? (
          <span className="tag">{t('youSpeak')}</span>
        ) : (
          point.iRegistered && (
            <span className="tag tag--accent">
              <Check className="i i--s" aria-hidden="true" />
              {t('youAreRegistered')}
            </span>
          )
        )}
        {ended ? <span className="tag">{t('ended')}</span> : <JoinLink point={point} />}
      </div>
    </article>
  );
}
