// Owns an open menu: in the browser's top layer (popover), with keys, typed letters, its place, and giving the focus back.
import type { KeyboardEvent, PointerEvent, ReactNode, RefObject } from 'react';
import { useLayoutEffect, useRef } from 'react';
import { createTyping, rowForKey, rowForLetters } from './menu-keys.ts';
import type { Box, Place, Size } from './menu-place.ts';

interface MenuListProps {
  label: string;
  /** What it stands by, and where the focus goes when it closes. */
  anchor: RefObject<HTMLElement | null>;
  place: (anchor: Box, menu: Size, view: Size) => Place;
  /** The row that has the focus at first. */
  focus?: 'first' | 'last' | 'chosen';
  className?: string;
  /** Arrow left closes a list that stands beside another. */
  isBeside?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** Its own rows, not those of a list beside it. */
const rowsOf = (menu: HTMLElement): HTMLElement[] =>
  Array.from(menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')).filter((row) => row.closest('[role="menu"]') === menu);

const isLetter = (event: KeyboardEvent) =>
  event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;

/** The mouse lights a row up as the arrow keys do, so that there is never more than one. */
export const followMouse = (event: PointerEvent<HTMLElement>): void => {
  if (event.pointerType === 'mouse') event.currentTarget.focus({ preventScroll: true });
};

export function MenuList({ label, anchor, place, focus = 'first', className = '', isBeside, onClose, children }: MenuListProps) {
  const menu = useRef<HTMLDivElement>(null);
  const typing = useRef(createTyping());

  useLayoutEffect(() => {
    const element = menu.current;
    const stand = () => {
      const box = anchor.current?.getBoundingClientRect();
      if (!element || !box) return;
      element.style.maxHeight = '';
      const size = { width: element.offsetWidth, height: element.offsetHeight };
      const { left, top, maxHeight } = place(box, size, { width: innerWidth, height: innerHeight });
      Object.assign(element.style, { left: `${left}px`, top: `${top}px`, maxHeight: `${maxHeight}px` });
    };
    // What scrolls is the page below; the menu's own rows scrolling move nothing.
    const onScroll = (event: Event) => element?.contains(event.target as Node) || stand();
    element?.showPopover();
    stand();
    window.addEventListener('resize', stand);
    document.addEventListener('scroll', onScroll, true);
    return () => {
      window.removeEventListener('resize', stand);
      document.removeEventListener('scroll', onScroll, true);
    };
  }, [anchor, place]);

  useLayoutEffect(() => {
    if (!menu.current) return;
    const rows = rowsOf(menu.current);
    const chosen = rows.find((row) => row.ariaChecked === 'true');
    (focus === 'last' ? rows.at(-1) : focus === 'chosen' ? (chosen ?? rows[0]) : rows[0])?.focus({ preventScroll: true });
  }, [focus]);

  const leave = () => {
    anchor.current?.focus({ preventScroll: true });
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // A list beside this one has had its say.
    event.stopPropagation();
    if (event.key === 'Escape' || (isBeside && event.key === 'ArrowLeft')) {
      event.preventDefault();
      leave();
      return;
    }
    if (event.key === 'Tab') {
      // From the button the browser goes on to what comes after it.
      leave();
      return;
    }
    const rows = menu.current ? rowsOf(menu.current) : [];
    const index = rows.indexOf(document.activeElement as HTMLElement);
    const labels = () => rows.map((row) => row.textContent ?? '');
    const next = isLetter(event)
      ? rowForLetters(typing.current(event.key, event.timeStamp), labels(), index)
      : rowForKey(event.key, index, rows.length);
    if (next === null) return;
    event.preventDefault();
    rows[next]?.focus();
  };
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      className={`menu ${className}`}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onToggle={(event) => event.newState === 'closed' && event.target === event.currentTarget && onClose()}
    >
      {children}
    </div>
  );
}
