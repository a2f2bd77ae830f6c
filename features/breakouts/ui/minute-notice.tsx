// Owns the word that one minute is left in the rooms.
import { Timer, X } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { moreMinutes } from './more-minutes.ts';
import { breakoutsTexts } from './texts.ts';

interface MinuteNoticeProps {
  /** Only for speakers. */
  onExtend?: () => void;
  onClose: () => void;
}

export function MinuteNotice({ onExtend, onClose }: MinuteNoticeProps) {
  const t = useTexts(breakoutsTexts);
  return (
    <section className="rooms-ask rooms-ask--soon" aria-label={t('minuteLeft')}>
      <Timer className="i" aria-hidden="true" />
      <p className="grow">{t('minuteLeft')}</p>
      {onExtend && (
        <button type="button" className="btn btn--primary btn--s" onClick={onExtend}>
          {t('extend', { count: moreMinutes })}
        </button>
      )}
      <button
        type="button"
        className="btn btn--quiet btn--s btn--icon"
        aria-label={t('minuteClose')}
        title={t('minuteClose')}
        onClick={onClose}
      >
        <X className="i i--s" aria-hidden="true" />
      </button>
    </section>
  );
}
