// Owns where the focus goes when the row that has it leaves the list: to the row that took its place.
import type { FocusEvent, RefObject } from 'react';
import { useEffect, useRef } from 'react';

interface FocusedRow {
  id: string;
  index: number;
}

/** `order` are the ids of all rows as they stand, drawn or not. The list gets the two handlers. */
export function useKeptFocus(list: RefObject<HTMLElement | null>, order: readonly string[]) {
  const focused = useRef<FocusedRow | null>(null);
  useEffect(() => {
    const row = focused.current;
    if (!row || document.activeElement !== document.body || order.includes(row.id)) return;
    focused.current = null;
    const next = order[Math.min(row.index, order.length - 1)];
    const element = next && list.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(next)}"] button`);
    (element || list.current)?.focus();
  });
  return {
    onFocus({ target }: FocusEvent) {
      const id = target.closest<HTMLElement>('[data-person]')?.dataset.person;
      focused.current = id ? { id, index: order.indexOf(id) } : null;
    },
    onBlur({ target }: FocusEvent) {
      const before = focused.current;
      // Some browsers report a blur for what is being removed: that is the case this exists for.
      setTimeout(() => {
        if (target.isConnected && focused.current === before && !target.matches(':focus')) focused.current = null;
      });
    },
  };
}
