// Owns one program point as a row: what, who, how many, and the way in. The same in Lobby, Program, My Schedule and at a company.
import { Link } from '@tanstack/react-router';
import { useTexts } from '#platform/ui/texts.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { JoinLink } from './join-link.tsx';
import { MineMark } from './mine-mark.tsx';
import { PointLogo } from './point-logo.tsx';
import { PointPlaces } from './point-places.tsx';
import { ProgramMaterials } from './program-materials.tsx';
import { ProgramQuestion } from './program-question.tsx';
import { eventsTexts } from './texts.ts';
import { whoOf } from './who-of.ts';

export function ProgramRow({ point, withMine }: { point: ProgramPoint; withMine: boolean }) {
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
          {withMine && <MineMark point={point} />}
        </div>
        <p className="quiet cut">
          <bdi>{whoOf(point, t)}</bdi>
        </p>
        {point.phase === 'scheduled' && !point.iSpeak && <ProgramQuestion point={point} />}
        {!ended && point.iSpeak && <ProgramMaterials point={point} />}
      </div>
      <div className="places">
        <PointPlaces point={point} />
      </div>
      <div className="act">{ended ? <span className="tag">{t('ended')}</span> : <JoinLink point={point} />}</div>
    </article>
  );
}
