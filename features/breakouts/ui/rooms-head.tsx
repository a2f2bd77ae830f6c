// Owns the head of the panel: how many rooms, and letting people be assigned.
import { ChevronDown, Minus, Plus, Shuffle } from 'lucide-react';
import { useState } from 'react';
import { MenuButton } from '#platform/ui/menu-button.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { AssignmentKind } from '../contract.ts';
import { mostRooms } from '../contract.ts';
import { breakoutsTexts } from './texts.ts';

interface RoomsHeadProps {
  count: number;
  isOpen: boolean;
  /** The ways that make sense now. */
  kinds: readonly AssignmentKind[];
  onAdd: () => void;
  onRemoveLast: () => void;
  onAssign: (how: AssignmentKind) => void;
}

export function RoomsHead({ count, isOpen, kinds, onAdd, onRemoveLast, onAssign }: RoomsHeadProps) {
  const t = useTexts(breakoutsTexts);
  const [usual, setUsual] = useState<AssignmentKind>('even');
  const assign = (how: AssignmentKind) => {
    setUsual(how);
    onAssign(how);
  };
  return (
    <div className="rooms-head">
      <span className="stepper">
        {!isOpen && (
          <button
            type="button"
            aria-label={t('removeRoom')}
            title={t('removeRoom')}
            disabled={count === 0}
            onClick={onRemoveLast}
          >
            <Minus className="i i--s" aria-hidden="true" />
          </button>
        )}
        <output aria-label={t('count')}>{count}</output>
        <button type="button" aria-label={t('addRoom')} title={t('addRoom')} disabled={count >= mostRooms} onClick={onAdd}>
          <Plus className="i i--s" aria-hidden="true" />
        </button>
      </span>
      <span className="muted grow">{t(count === 1 ? 'roomsOne' : 'rooms')}</span>
      {!isOpen && (
        <span className="split">
          <button
            type="button"
            className="btn btn--s"
            disabled={count === 0}
            onClick={() => assign(kinds.includes(usual) ? usual : 'even')}
          >
            <Shuffle className="i i--s" aria-hidden="true" />
            {t('autoAssign')}
          </button>
          <MenuButton
            label={t('how')}
            title={t('how')}
            className="btn btn--s btn--icon"
            entries={kinds.map((how) => ({ id: how, label: t(`how-${how}`), onAction: () => assign(how) }))}
          >
            <ChevronDown className="i i--s" aria-hidden="true" />
          </MenuButton>
        </span>
      )}
    </div>
  );
}
