// Owns the small mark at a program point that one speaks in or registered for. A registration matters only until the start.
import { Check } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

export function MineMark({ point }: { point: ProgramPoint }) {
  const t = useTexts(eventsTexts);
  if (point.iSpeak) return <span className="tag tag--s">{t('youSpeak')}</span>;
  if (!point.iRegistered || point.phase !== 'scheduled') return null;
  return (
    <span className="tag tag--s tag--accent">
      <Check className="i i--s" aria-hidden="true" />
      {t('youAreRegistered')}
    </span>
  );
}
