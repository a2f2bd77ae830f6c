// Owns the notice of ten seconds before rooms close: how long, and what can be done meanwhile.
import { useTexts } from '#platform/ui/texts.ts';
import { closingMs } from '../contract.ts';
import { breakoutsTexts } from './texts.ts';

interface ClosingNoticeProps {
  /** Given: only this room closes. */
  roomName: string | null;
  leftMs: number;
  /** Absent for those who are in the main call. */
  onReturn?: () => void;
  /** Only for speakers. */
  onKeepOpen?: () => void;
  /** Only for speakers, and only for all rooms. */
  onCloseNow?: () => void;
}

export function ClosingNotice({ roomName, leftMs, onReturn, onKeepOpen, onCloseNow }: ClosingNoticeProps) {
  const t = useTexts(breakoutsTexts);
  // Clocks differ a little: nobody is told of more than there is.
  const seconds = Math.min(closingMs / 1000, Math.max(0, Math.ceil(leftMs / 1000)));
  return (
    <section className="rooms-ask rooms-ask--closing" aria-label={t('closingLabel')}>
      <p className="rooms-ask-text">
        <b className="cut" role="timer">
          {roomName === null ? t('closesIn', { seconds }) : t('roomClosesIn', { room: roomName, seconds })}
        </b>
        <span className="rooms-ask-more">{t(roomName === null ? 'closesText' : 'roomClosesText')}</span>
      </p>
      <span className="row">
        {onKeepOpen && (
          <button type="button" className="btn btn--s" onClick={onKeepOpen}>
            {t('keepOpen')}
          </button>
        )}
        {onReturn && (
          <button type="button" className="btn btn--primary btn--s" onClick={onReturn}>
            {t('returnNow')}
          </button>
        )}
        {onCloseNow && (
          <button type="button" className="btn btn--danger btn--s" onClick={onCloseNow}>
            {t('closeNow')}
          </button>
        )}
      </span>
    </section>
  );
}
