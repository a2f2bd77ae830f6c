// Owns when a list may move: not while a pointer is over it, the keyboard is in it, a finger has just been on it, or it is being scrolled.
import type { RefObject } from 'react';
import { useEffect, useState } from 'react';

/** After the last touch or scroll one still reads. */
const settleMs = 1500;

/** True while nothing in the list may change its place. `around`: a pointer in this part of the page holds it too, for what stands below the list. */
export function useIsHeld(list: RefObject<HTMLElement | null>, around?: string): boolean {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    const inner = list.current;
    if (!inner) return;
    const element = (around && inner.closest<HTMLElement>(around)) || inner;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let isSettling = false;
    const look = () => {
      // A mouse leaves the focus where it clicked; only the keyboard means to be there.
      const isInside = inner.contains(document.activeElement) && Boolean(document.activeElement?.matches(':focus-visible'));
      setHeld(isOver || isSettling || isInside);
    };
    const settle = () => {
      isSettling = true;
      clearTimeout(timer);
      timer = setTimeout(() => {
        isSettling = false;
        look();
      }, settleMs);
      look();
    };
    const onPointer = ({ pointerType }: PointerEvent) => {
      if (pointerType === 'touch') settle();
      else {
        isOver = true;
        look();
      }
    };
    const onLeave = ({ pointerType }: PointerEvent) => {
      if (pointerType !== 'touch') isOver = false;
      look();
    };
    // When the focus has moved on, not while it is between two places.
    const onFocus = () => setTimeout(look);
    const listen: [string, (event: never) => void][] = [
      ['pointerenter', onPointer],
      ['pointermove', onPointer],
      ['pointerdown', onPointer],
      ['pointerleave', onLeave],
      ['pointercancel', onLeave],
      ['focusin', onFocus],
      ['focusout', onFocus],
      ['scroll', settle],
    ];
    for (const [name, listener] of listen) element.addEventListener(name, listener as EventListener, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const [name, listener] of listen) element.removeEventListener(name, listener as EventListener);
    };
  }, [list, around]);
  return isHeld;
}
