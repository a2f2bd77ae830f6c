// Owns the large card in the Lobby: a Session that is live, or the next one with the time until it starts.
import { Link } from '@tanstack/react-router';
import { firstParagraph } from '#platform/ui/first-paragraph.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { JoinLink } from './join-link.tsx';
import { LobbyState } from './lobby-state.tsx';
import { PointLogo } from './point-logo.tsx';
import { eventsTexts } from './texts.ts';
import { whoOf } from './who-of.ts';

export function LobbyCard({ point }: { point: ProgramPoint }) {
  const t = useTexts(eventsTexts);
  const format = useFormat();
  const summary = firstParagraph(point.description);
  return (
    <article className="lobby-card card" aria-labelledby={`point-${point.id}`}>
      <LobbyState point={point} />
      <div className="lobby-card-what">
        <PointLogo point={point} />
        <div className="grow">
          <h3 id={`point-${point.id}`}>
            <Link to="/sessions/$sessionId" params={{ sessionId: point.id }} className="plain">
              {point.title}
            </Link>
          </h3>
          <p className="quiet">
            <bdi>{whoOf(point, t)}</bdi>
          </p>
        </div>
      </div>
      {summary && <p className="muted lobby-card-text">{summary}</p>}
      <div className="lobby-card-acts">
        <JoinLink point={point} accented />
        <span className="quiet num">
          <time dateTime={point.startsAt}>
            {format.day(point.startsAt)}, {format.time(point.startsAt)}
          </time>
          {point.iSpeak && ` · ${t('youSpeak')}`}
          {point.iRegistered && !point.iSpeak && ` · ${t('youAreRegistered')}`}
        </span>
      </div>
    </article>
  );
}
