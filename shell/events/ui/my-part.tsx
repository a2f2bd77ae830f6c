// Owns the words about what one does in an event, beside its name.
import { useTexts } from '#platform/ui/texts.ts';
import type { EventSummary } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

export function MyPart({ event }: { event: EventSummary }) {
  const t = useTexts(eventsTexts);
  const part = event.myRoles.includes('organiser')
    ? t('youOrganise')
    : event.speakingIn > 0
      ? t('youSpeakIn', { count: event.speakingIn })
      : event.myRoles.includes('rep')
        ? t('youRepresent')
        : event.myRoles.includes('support')
          ? t('youSupport')
          : null;
  return part ? <span className="tag">{part}</span> : null;
}
