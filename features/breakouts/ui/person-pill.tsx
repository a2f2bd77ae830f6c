// Owns one person in the panel: dragged with the mouse, or moved by the menu behind them.

import { Avatar } from '#platform/ui/avatar.tsx';
import { MenuButton } from '#platform/ui/menu-button.tsx';
import type { MenuEntry } from '#platform/ui/menu-entries.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { breakoutsTexts } from './texts.ts';

interface PersonPillProps {
  id: string;
  /** Undefined while the name is on its way. */
  person: PersonSummary | undefined;
  isAway: boolean;
  /** What they are, where it is not a participant. */
  mark?: string;
  entries: readonly MenuEntry[];
  onDrag: (id: string | null) => void;
}

export function PersonPill({ id, person, isAway, mark, entries, onDrag }: PersonPillProps) {
  const t = useTexts(breakoutsTexts);
  const name = person?.name ?? '';
  const about = [name, person?.organisation].filter(Boolean).join(' · ');
  return (
    <li
      className={isAway ? 'pill pill--away' : 'pill'}
      draggable
      onDragStart={(event) => {
        // Without any data, some browsers drag nothing.
        event.dataTransfer.setData('text/plain', name);
        event.dataTransfer.effectAllowed = 'move';
        onDrag(id);
      }}
      onDragEnd={() => onDrag(null)}
    >
      {/* Beside the button, not in it: not every browser lets a button be dragged. */}
      <Avatar person={person ?? { id, name: '' }} size="s" />
      <MenuButton label={t('movePerson', { name })} title={about} className="pill-button" entries={entries}>
        <span className="cut" dir="auto">
          <bdi>{name || ' '}</bdi>
        </span>
        {mark && <span className="tag">{mark}</span>}
        {isAway && <span className="quiet">{t('away')}</span>}
      </MenuButton>
    </li>
  );
}
