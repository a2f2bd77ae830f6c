// Owns the chips above the stage by which one goes from room to room.
import { Hand } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { breakoutsTexts } from './texts.ts';

export interface Chip {
  /** Null: the main call. */
  room: string | null;
  name: string;
  count: number;
  asksForHelp: boolean;
  isClosing: boolean;
}

interface RoomChipsProps {
  chips: readonly Chip[];
  here: string | null;
  onGo: (room: string | null) => void;
}

export function RoomChips({ chips, here, onGo }: RoomChipsProps) {
  const t = useTexts(breakoutsTexts);
  const list = useRef<HTMLElement>(null);
  const calling = chips.findLast((chip) => chip.asksForHelp)?.room;
  // Where they don't all fit, who calls must not be out of sight, nor where one is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is looked for when one of them changes.
  useEffect(() => {
    const chip = list.current?.querySelector('.chip--help') ?? list.current?.querySelector('[aria-current]');
    chip?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [calling, here]);
  return (
    <nav ref={list} className="chips" aria-label={t('nav')}>
      {chips.map(({ room, name, count, asksForHelp, isClosing }) => {
        const label = t('chip', { room: name, count });
        return (
          <button
            key={room ?? 'main'}
            type="button"
            className={asksForHelp ? 'chip chip--help' : 'chip'}
            aria-current={room === here ? 'true' : undefined}
            aria-label={asksForHelp ? `${label}, ${t('chipHelp')}` : label}
            title={asksForHelp ? `${label}, ${t('chipHelp')}` : label}
            disabled={isClosing && room !== here}
            onClick={() => room !== here && onGo(room)}
          >
            {asksForHelp && <Hand className="i i--s" aria-hidden="true" />}
            <span className="cut" dir="auto">
              {name}
            </span>
            <span className="num">{count}</span>
          </button>
        );
      })}
    </nav>
  );
}
