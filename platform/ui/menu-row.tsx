// Owns one row of a menu: an action, a switch, a line, or a list of choices beside it.
import { Check } from 'lucide-react';
import { MenuChoices } from './menu-choices.tsx';
import type { MenuEntry } from './menu-entries.ts';
import { followMouse } from './menu-list.tsx';

/** `onDone` closes the whole menu and gives the focus back. */
export function MenuRow({ entry, onDone }: { entry: MenuEntry; onDone: () => void }) {
  if ('separator' in entry) return <hr />;
  if ('choices' in entry) return <MenuChoices entry={entry} onDone={onDone} />;
  const { icon: Icon, label, note, danger, checked, onAction } = entry;
  const role = checked === undefined ? { role: 'menuitem' } : { role: 'menuitemcheckbox', 'aria-checked': checked };
  return (
    <button
      type="button"
      {...role}
      tabIndex={-1}
      aria-label={note && label}
      aria-description={note}
      className={danger ? 'menu-danger' : undefined}
      onPointerMove={followMouse}
      onClick={() => {
        onDone();
        onAction();
      }}
    >
      {Icon && <Icon className="i" aria-hidden="true" />}
      {note ? (
        <span>
          {label}
          <small>{note}</small>
        </span>
      ) : (
        label
      )}
      {checked !== undefined && (
        <span className="menu-mark menu-mark--end">{checked && <Check className="i" aria-hidden="true" />}</span>
      )}
    </button>
  );
}
