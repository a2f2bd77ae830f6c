// Owns the list of what is live in the featured event.
import { Link } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { EventSummary } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

const shown = 3;

export function HeroLive({ event }: { event: EventSummary }) {
  const t = useTexts(eventsTexts);
  const format = useFormat();
  return (
    <ul className="nowlist">
      {event.live.slice(0, shown).map((session) => (
        <li key={session.sessionId}>
          {session.logoUrl && <img className="logo logo--s" src={session.logoUrl} alt="" />}
          <Link to="/sessions/$sessionId" params={{ sessionId: session.sessionId }} className="grow cut plain">
            {session.title}
          </Link>
          <span className="quiet num nowlist-count">
            <Users className="i i--s" aria-hidden="true" />
            {format.number(session.present)}
            <span className="sr">{t('people', { count: session.present }).replace(/^\S+/, '')}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
