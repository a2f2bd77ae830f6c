// Owns the way into a Session from any list. Accented only where it is the next step: the Session is live.
import { Link } from '@tanstack/react-router';
import { useTexts } from '#platform/ui/texts.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

export function JoinLink({ point, accented = point.phase === 'live' }: { point: ProgramPoint; accented?: boolean }) {
  const t = useTexts(eventsTexts);
  return (
    <Link to="/sessions/$sessionId" params={{ sessionId: point.id }} className={accented ? 'btn btn--primary join' : 'btn join'}>
      {t('join')}
    </Link>
  );
}
