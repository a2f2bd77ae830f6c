// Owns when a list may move: not while a pointer is over it, the keyboard is in it, a finger has just been on it, or it is being scrolled.
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import type { Question } from '../contract.ts';
import type { HeldOrder, ShownQuestion } from './held-order.ts';
import { freshOrder, heldOrder } from './held-order.ts';

/** After the last touch or scroll one still reads. */
const settleMs = 1500;

/** True while nothing in the list may change its place. */
export function useIsHeld(list: RefObject<HTMLElement | null>): boolean {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let isSettling = false;
    const look = () => {
      // A mouse leaves the focus where it clicked; only the keyboard means to be there.
      const isInside = element.contains(document.activeElement) && Boolean(document.activeElement?.matches(':focus-visible'));
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
  }, [list]);
  return isHeld;
}

/** `of` names the list: with another tab or search nothing is held. */
export function useHeldOrder(
  ranked: readonly Question[],
  find: (number: number) => Question | undefined,
  isHeld: boolean,
  of: string,
): HeldOrder & { sortAgain: () => void } {
  const last = useRef<{ of: string; shown: readonly ShownQuestion[] } | null>(null);
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const before = isHeld && last.current?.of === of ? last.current.shown : null;
  const order = before ? heldOrder(before, ranked, find) : freshOrder(ranked);
  useLayoutEffect(() => {
    last.current = { of, shown: order.shown };
  });
  const sortAgain = () => {
    last.current = null;
    renderAgain();
  };
  return { ...order, sortAgain };
}
