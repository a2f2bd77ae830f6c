// Owns what a screen reader is told by itself about rooms: where one has been moved, that time runs out, that rooms close.
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { warnMs } from '../contract.ts';
import { breakoutsTexts } from './texts.ts';

interface RoomAnnouncerProps {
  /** Null: the main call. */
  roomName: string | null;
  /** Null: no timer. */
  leftMs: number | null;
  isClosing: boolean;
}

export function RoomAnnouncer({ roomName, leftMs, isClosing }: RoomAnnouncerProps) {
  const t = useTexts(breakoutsTexts);
  const [said, setSaid] = useState('');
  const before = useRef<string | null>(null);
  const isSoon = leftMs !== null && leftMs > 0 && leftMs <= warnMs;
  useEffect(() => {
    if (before.current === roomName) return;
    before.current = roomName;
    setSaid(roomName === null ? t('announceBack') : t('announceIn', { room: roomName }));
  }, [roomName, t]);
  useEffect(() => {
    if (isSoon) setSaid(t('announceMinute'));
  }, [isSoon, t]);
  useEffect(() => {
    if (isClosing) setSaid(t('announceClosing'));
  }, [isClosing, t]);
  return (
    <p className="sr" role="status">
      {said}
    </p>
  );
}
