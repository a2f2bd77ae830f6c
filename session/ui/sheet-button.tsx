// Owns a button in the bar that opens and closes a sheet beside the stage.
import type { LucideIcon } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { SheetName } from './side-sheet.ts';
import { sideSheet } from './side-sheet.ts';

interface SheetButtonProps {
  sheet: SheetName;
  icon: LucideIcon;
  name: string;
  /** What stands beside the icon where there is room. */
  label?: string;
}

export function SheetButton({ sheet, icon: Icon, name, label = name }: SheetButtonProps) {
  const isOpen = useSyncExternalStore(sideSheet.subscribe, () => sideSheet.read().open === sheet);
  return (
    <button
      type="button"
      className={isOpen ? 'tool tool--open' : 'tool'}
      aria-label={name}
      title={name}
      aria-expanded={isOpen}
      onClick={() => sideSheet.toggle(sheet)}
    >
      <Icon className="i" aria-hidden="true" />
      <span>{label}</span>
    </button>
  );
}
