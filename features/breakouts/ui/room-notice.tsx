// Owns showing the last message to all rooms until it is closed. The announcer reads it out.
import { Megaphone, X } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import { breakoutsTexts } from './texts.ts';

interface RoomNoticeProps {
  by: string;
  text: string;
  at: string;
  onClose: () => void;
}

export function RoomNotice({ by, text, at, onClose }: RoomNoticeProps) {
  const t = useTexts(breakoutsTexts);
  const format = useFormat();
  return (
    <section className="rooms-ask room-notice" aria-label={t('noticeBy', { name: by })}>
      <Megaphone className="i" aria-hidden="true" />
      <p className="room-notice-text">
        <span className="room-notice-by">
          <b className="cut">{t('noticeBy', { name: by })}</b>
          <time className="num quiet" dateTime={at}>
            {format.time(at)}
          </time>
        </span>
        <span dir="auto">{text}</span>
      </p>
      <button
        type="button"
        className="btn btn--quiet btn--s btn--icon"
        aria-label={t('noticeClose')}
        title={t('noticeClose')}
        onClick={onClose}
      >
        <X className="i i--s" aria-hidden="true" />
      </button>
    </section>
  );
}
