// Owns where the focus goes when what had it disappears: not out of the page.
import type { FocusEvent } from 'react';
import { useEffect, useRef } from 'react';

/** Handlers for the element around what may disappear; that element may disappear itself, not the component. */
export function useFocusHandover(heir: () => HTMLElement | null | undefined) {
  const isWithin = useRef(false);
  useEffect(() => {
    if (!isWithin.current || document.activeElement !== document.body) return;
    isWithin.current = false;
    heir()?.focus({ preventScroll: true });
  });
  return {
    onFocus() {
      isWithin.current = true;
    },
    onBlur({ target, currentTarget }: FocusEvent<HTMLElement>) {
      // Some browsers report a blur for what is being removed: that is the case this exists for.
      setTimeout(() => {
        if (target.isConnected) isWithin.current = currentTarget.contains(document.activeElement);
      });
    },
  };
}
