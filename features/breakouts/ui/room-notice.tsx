// Owns showing the last message to all rooms until it is closed.
import { Megaphone, X } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { breakoutsTexts } from './texts.ts';

interface RoomNoticeProps {
  by: string;
  text: string;
  onClose: () => void;
}

export function RoomNotice({ by, text, onClose }: RoomNoticeProps) {
  const t = useTexts(breakoutsTexts);
  return (
    <section className="rooms-ask room-notice" aria-label={t('noticeBy', { name: by })}>
      <Megaphone className="i" aria-hidden="true" />
      <p className="room-notice-text" role="status">
        <b>{t('noticeBy', { name: by })}</b>
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
