// Owns how rows get to their new places: they glide there, briefly, and not at all where motion is not wanted. Only what is in sight moves.
import type { RefObject } from 'react';
import { useLayoutEffect, useRef } from 'react';

const glideMs = 180;

/** `order` changes whenever rows change places; each row carries its number in `data-number`. */
export function useReorderMotion(list: RefObject<HTMLElement | null>, order: string): void {
  const tops = useRef(new Map<string, number>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: places are looked at when the order has changed.
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const before = tops.current;
    const now = new Map<string, number>();
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const [from, to] = [element.scrollTop, element.scrollTop + element.clientHeight];
    const gliding: [HTMLElement, number][] = [];
    for (const row of element.querySelectorAll<HTMLElement>('[data-number]')) {
      const top = row.offsetTop;
      const number = row.dataset.number ?? '';
      now.set(number, top);
      const was = before.get(number);
      const isInSight = top < to && top + row.offsetHeight > from;
      if (was !== undefined && was !== top && isInSight)
        gliding.push([row, Math.max(-element.clientHeight, Math.min(element.clientHeight, was - top))]);
    }
    tops.current = now;
    if (isStill) return;
    for (const [row, by] of gliding) {
      row.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }], { duration: glideMs, easing: 'ease-out' });
    }
  }, [list, order]);
}
