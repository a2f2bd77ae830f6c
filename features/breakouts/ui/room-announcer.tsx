// Owns what a screen reader is told by itself about rooms: where one has been moved, that time runs out, that rooms close, messages to all.
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { roomAnnouncements } from './announcements.ts';

interface RoomAnnouncerProps {
  isOpen: boolean;
  /** Null: the main call. */
  roomName: string | null;
  /** One minute or less is left of a timer. */
  isSoon: boolean;
  /** What closes for me: all rooms, or mine alone. */
  closing: 'all' | 'room' | null;
  /** The last message to all rooms that is new to me. */
  message: { by: string; text: string; at: string } | null;
}

export function RoomAnnouncer({ isOpen, roomName, isSoon, closing, message }: RoomAnnouncerProps) {
  const t = useTexts(roomAnnouncements);
  const [said, setSaid] = useState('');
  const before = useRef({ roomName, closing, messageAt: message?.at });
  useEffect(() => {
    const { roomName: last } = before.current;
    before.current = { ...before.current, roomName };
    // A room may be renamed under one's feet: that is no move, but its new name is worth the same words.
    if (last !== roomName) setSaid(roomName === null ? t('back') : t('in', { room: roomName }));
  }, [roomName, t]);
  useEffect(() => {
    // What is said twice in the same words would be heard once: a second warning follows an extension.
    setSaid((last) => (isSoon ? t('minute') : last === t('minute') ? '' : last));
  }, [isSoon, t]);
  useEffect(() => {
    const { closing: last } = before.current;
    before.current = { ...before.current, closing };
    if (closing !== null) setSaid(closing === 'all' ? t('closing') : t('roomClosing', { room: before.current.roomName ?? '' }));
    // Who returned, alone or with everybody, has been told so.
    else if (last !== null && isOpen) setSaid((words) => (words === t('back') ? words : t('keptOpen')));
  }, [closing, isOpen, t]);
  useEffect(() => {
    // The name may come after the message.
    if (!message?.by || before.current.messageAt === message.at) return;
    before.current = { ...before.current, messageAt: message.at };
    setSaid(t('message', { name: message.by, text: message.text }));
  }, [message?.by, message?.at, message?.text, t]);
  return (
    <p className="sr" role="status">
      {said}
    </p>
  );
}
