// Owns turning pages by the arrow keys, wherever the focus is but in what has arrow keys of its own.
import { useEffect, useRef } from 'react';

const hasOwnArrows =
  'input, textarea, select, video, iframe, [contenteditable="true"], [role="menu"], [role="tablist"], [role="tab"], [role="listbox"], [role="combobox"], [role="radiogroup"], [role="slider"], dialog[open], .page-space--zoomed';
const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 };

interface PageKeys {
  page: number;
  go: (page: number) => void;
  /** The person's own setting. */
  areOn: () => boolean;
}

export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = steps[event.key];
      if (
        !step ||
        !latest.current.areOn() ||
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.shiftKey
      )
        return;
      const at = event.target instanceof Element ? event.target : null;
      if (at?.closest(hasOwnArrows)) return;
      // Lists scroll by these keys.
      if (event.key.startsWith('Page') && at?.closest('.panel')) return;
      event.preventDefault();
      latest.current.go(latest.current.page + step);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
