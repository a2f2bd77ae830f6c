// Owns the line above the stage while rooms are open: the chips for those who may go, and the time that is left for everybody.
import { Timer } from 'lucide-react';
import { formatClock } from '#platform/ui/format.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { warnMs } from '../contract.ts';
import type { Chip } from './room-chips.tsx';
import { RoomChips } from './room-chips.tsx';
import { breakoutsTexts } from './texts.ts';

interface RoomsBarProps {
  /** Null: one goes nowhere by oneself. */
  chips: readonly Chip[] | null;
  here: string | null;
  /** Null: no timer. */
  leftMs: number | null;
  onGo: (room: string | null) => void;
}

export function RoomsBar({ chips, here, leftMs, onGo }: RoomsBarProps) {
  const t = useTexts(breakoutsTexts);
  if (!chips && leftMs === null) return null;
  return (
    <div className="rooms-bar">
      {chips && <RoomChips chips={chips} here={here} onGo={onGo} />}
      {leftMs !== null && (
        <span className={leftMs <= warnMs ? 'rooms-left rooms-left--soon' : 'rooms-left'} role="timer" aria-label={t('timeLeft')}>
          <Timer className="i" aria-hidden="true" />
          <span className="num">{formatClock(Math.max(0, leftMs))}</span>
        </span>
      )}
    </div>
  );
}
