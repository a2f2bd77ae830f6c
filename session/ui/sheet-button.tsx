// Owns a button in the bar that opens and closes a sheet beside the stage.
import type { LucideIcon } from 'lucide-react';
import { useId, useSyncExternalStore } from 'react';
import type { SheetName } from './side-sheet.ts';
import { sideSheet } from './side-sheet.ts';

interface SheetButtonProps {
  sheet: SheetName;
  icon: LucideIcon;
  name: string;
  /** What stands beside the icon where there is room. */
  label?: string;
  /** What there is to know before it is opened. */
  note?: string | null;
  /** How many wait behind it; the name says for what. */
  badge?: number;
}

export function SheetButton({ sheet, icon: Icon, name, label = name, note = null, badge = 0 }: SheetButtonProps) {
  const id = useId();
  const isOpen = useSyncExternalStore(sideSheet.subscribe, () => sideSheet.read().open === sheet);
  return (
    <button
      type="button"
      className={isOpen ? 'tool tool--open' : 'tool'}
      aria-label={name}
      title={note ?? name}
      aria-describedby={note ? id : undefined}
      aria-expanded={isOpen}
      data-sheet={sheet}
      onClick={() => sideSheet.toggle(sheet)}
    >
      <Icon className="i" aria-hidden="true" />
      <span>{label}</span>
      {note && (
        <span id={id} hidden>
          {note}
        </span>
      )}
      {badge > 0 && <b className="badge badge--wait num">{badge}</b>}
    </button>
  );
}
