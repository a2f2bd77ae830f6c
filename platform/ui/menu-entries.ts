// Owns what a menu is made of, so that those who offer one need nothing of how it is drawn.
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
  /** A quieter line below the label. */
  note?: string;
  /** Given: the entry is a switch (menuitemcheckbox), and this is whether it is on. */
  checked?: boolean;
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
