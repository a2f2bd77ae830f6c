// Owns a button that opens a menu of entries (WAI-ARIA menu button). What the menu does once it is open is menu-list.tsx's.
import type { ReactNode } from 'react';
import { useCallback, useRef, useState } from 'react';
import type { MenuEntry } from './menu-entries.ts';
import { MenuList } from './menu-list.tsx';
import { placeBelow } from './menu-place.ts';
import { MenuRow } from './menu-row.tsx';

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
  const [opened, setOpened] = useState<'first' | 'last' | null>(null);
  /** Pressing the button closes the menu as pressing anywhere does; the click that follows must not open it again. */
  const wasOpenWhenPressed = useRef(false);
  const close = useCallback(() => setOpened(null), []);
  const done = useCallback(() => {
    trigger.current?.focus({ preventScroll: true });
    setOpened(null);
  }, []);
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-label={label}
        title={title}
        aria-haspopup="menu"
        aria-expanded={opened !== null}
        onPointerDown={() => {
          wasOpenWhenPressed.current = opened !== null;
        }}
        onClick={() => {
          setOpened(wasOpenWhenPressed.current ? null : 'first');
          wasOpenWhenPressed.current = false;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpened(event.key === 'ArrowUp' ? 'last' : 'first');
        }}
      >
        {children}
      </button>
      {opened && (
        <MenuList label={label} anchor={trigger} place={placeBelow} focus={opened} onClose={close}>
          {entries.map((entry) => (
            <MenuRow key={entry.id} entry={entry} onDone={done} />
          ))}
        </MenuList>
      )}
    </>
  );
}
