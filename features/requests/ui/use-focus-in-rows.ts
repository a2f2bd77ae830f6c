// Owns where the focus goes when the request that has it is settled, by whomever: to the next one that waits, and never from anywhere else.
import type { FocusEvent, RefObject } from 'react';
import { useEffect, useRef } from 'react';

interface FocusedRow {
  id: string;
  index: number;
}

/** `shown` are the rows as they stand, those included that only keep their place. The list gets the two handlers. */
export function useFocusInRows(
  list: RefObject<HTMLElement | null>,
  shown: readonly string[],
  isWaiting: (id: string) => boolean,
) {
  const focused = useRef<FocusedRow | null>(null);
  useEffect(() => {
    const row = focused.current;
    if (!row || isWaiting(row.id)) return;
    focused.current = null;
    const active = document.activeElement;
    const isLost = active === document.body || active?.closest<HTMLElement>('[data-person]')?.dataset.person === row.id;
    if (!isLost) return;
    const place = shown.includes(row.id) ? shown.indexOf(row.id) : row.index;
    const next = shown.slice(place).find(isWaiting) ?? shown.slice(0, place).findLast(isWaiting);
    const element = next === undefined ? null : list.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(next)}"]`);
    // On a button, a key that is still held down would decide about somebody of whom nobody has read the name yet.
    (element ?? list.current)?.focus({ preventScroll: true });
  });
  return {
    onFocus({ target }: FocusEvent) {
      const id = target.closest<HTMLElement>('[data-person]')?.dataset.person;
      focused.current = id ? { id, index: shown.indexOf(id) } : null;
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
