// Owns the words about how many: inside while live, places or registrations before.
import { useTexts } from '#platform/ui/texts.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

export function PointPlaces({ point }: { point: ProgramPoint }) {
  const t = useTexts(eventsTexts);
  if (point.phase === 'live') {
    return <span className="muted num">{t('inside', { count: point.present })}</span>;
  }
  if (point.phase === 'ended') return null;
  if (point.capacity !== null) {
    const share = point.capacity > 0 ? Math.min(1, point.registered / point.capacity) : 1;
    return (
      <>
        <span className="muted num">{t('places', { taken: point.registered, capacity: point.capacity })}</span>
        <span className="bar" aria-hidden="true">
          <i style={{ width: `${share * 100}%` }} />
        </span>
      </>
    );
  }
  return point.registered > 0 ? <span className="muted num">{t('registered', { count: point.registered })}</span> : null;
}
