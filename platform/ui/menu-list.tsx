// Owns the open menu: keyboard, type-ahead, placing, and giving the focus back (react-aria). Loaded on demand by menu-button.tsx.
import type { RefObject } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Menu, Popover } from 'react-aria-components/Menu';
import type { MenuEntry } from './menu-entries.ts';
import { MenuRow } from './menu-row.tsx';
import { useLanguage } from './texts.ts';

interface MenuListProps {
  label: string;
  entries: readonly MenuEntry[];
  trigger: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

export function MenuList({ label, entries, trigger, onClose }: MenuListProps) {
  const language = useLanguage();
  return (
    <I18nProvider locale={language}>
      <Popover
        className="menu"
        aria-label={label}
        triggerRef={trigger}
        placement="bottom end"
        offset={6}
        isOpen
        onOpenChange={(open) => open || onClose()}
      >
        <Menu aria-label={label} autoFocus="first" onClose={onClose}>
          {entries.map((entry) => (
            <MenuRow key={entry.id} entry={entry} onDone={onClose} />
          ))}
        </Menu>
      </Popover>
    </I18nProvider>
  );
}
