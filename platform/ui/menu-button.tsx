// Owns a button that opens a menu. The menu itself is fetched when somebody reaches for it (menu-list.tsx).
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { errorText } from './error-texts.ts';
import type { MenuEntry } from './menu-entries.ts';
import { partsTexts } from './parts-texts.ts';
import { showToast } from './toast-store.ts';

const fetchMenu = () => import('./menu-list.tsx');
type MenuList = Awaited<ReturnType<typeof fetchMenu>>['MenuList'];
/** Pointing at or tabbing to the button is a good sign that it will be pressed. Failing here is no loss. */
const fetchAhead = () => void fetchMenu().catch(() => undefined);

interface MenuButtonProps {
  /** Accessible name of the button, and of the menu. */
  label: string;
  entries: readonly MenuEntry[];
  className?: string;
  title?: string;
  children: ReactNode;
}

export function MenuButton({ label, entries, className = 'btn', title, children }: MenuButtonProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [OpenList, setOpenList] = useState<MenuList | null>(null);
  const open = () => {
    fetchMenu().then(
      (module) => setOpenList(() => module.MenuList),
      () => showToast({ tone: 'error', title: partsTexts.t('menuFailed'), text: errorText('network') }),
    );
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-label={label}
        title={title}
        aria-haspopup="menu"
        aria-expanded={OpenList !== null}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onClick={open}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          open();
        }}
      >
        {children}
      </button>
      {OpenList && <OpenList label={label} entries={entries} trigger={trigger} onClose={() => setOpenList(null)} />}
    </>
  );
}
