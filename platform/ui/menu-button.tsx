// Owns a button that opens a menu. The menu itself is fetched when somebody reaches for it (menu-list.tsx).
import type { ReactNode } from 'react';
import { lazy, Suspense, useRef, useState } from 'react';
import type { MenuEntry } from './menu-entries.ts';
import { Spinner } from './spinner.tsx';

const fetchMenu = () => import('./menu-list.tsx');
const MenuList = lazy(() => fetchMenu().then((module) => ({ default: module.MenuList })));
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
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-label={label}
        title={title}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {isOpen && (
        <Suspense fallback={<Spinner />}>
          <MenuList label={label} entries={entries} trigger={trigger} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
