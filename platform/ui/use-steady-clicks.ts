// Owns steady clicks for as long as a list is drawn. What a click is held back for is steady-clicks.ts's.
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { SteadyClicks } from './steady-clicks.ts';

/** `rows` selects what moves. Returns a function to call when the focus has been put on another row. */
export function useSteadyClicks(list: RefObject<HTMLElement | null>, rows: string): () => void {
  const clicks = useRef<SteadyClicks | null>(null);
  useEffect(() => {
    if (!list.current) return;
    const made = new SteadyClicks(list.current, rows);
    clicks.current = made;
    return () => made.stop();
  }, [list, rows]);
  useLayoutEffect(() => clicks.current?.look());
  const focusMoved = useRef(() => clicks.current?.focusMoved());
  return focusMoved.current;
}
