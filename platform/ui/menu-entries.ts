// Owns what a menu is made of, so that the button needs nothing of the list it opens.
import type { LucideIcon } from 'lucide-react';

interface EntryBase {
  id: string;
  label: string;
  icon?: LucideIcon;
}
/** Does something and closes the menu. */
export interface ActionEntry extends EntryBase {
  onAction: () => void;
  danger?: boolean;
}
/** Opens a list of choices beside itself; `hint` shows the present one. */
export interface ChoiceEntry extends EntryBase {
  choices: readonly { id: string; label: string }[];
  chosen: string;
  onChoose: (id: string) => void;
}
export interface SeparatorEntry {
  id: string;
  separator: true;
}
export type MenuEntry = ActionEntry | ChoiceEntry | SeparatorEntry;
