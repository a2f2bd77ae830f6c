// Owns how large a page can be: the space that its surroundings leave, and how many pixels the screen has for it, also after zooming the browser.
import type { RefObject } from 'react';
import { useLayoutEffect, useState } from 'react';

export interface Space {
  width: number;
  height: number;
  /** The screen's pixels for one of ours, with the fingers' zoom. */
  ratio: number;
}

const mostRatio = 4;
const ratioNow = () => Math.min(mostRatio, devicePixelRatio * (visualViewport?.scale ?? 1));

/** The space of `outer` above `below`. */
export function useSpace(outer: RefObject<HTMLElement | null>, below: RefObject<HTMLElement | null>): Space {
  const [space, setSpace] = useState<Space>({ width: 0, height: 0, ratio: 1 });
  useLayoutEffect(() => {
    const [around, under] = [outer.current, below.current];
    if (!around || !under) return;
    const measure = () => {
      const style = getComputedStyle(around);
      const inner = (size: number, ...sides: string[]) =>
        Math.max(
          0,
          sides.reduce((left, side) => left - (Number.parseFloat(side) || 0), size),
        );
      const isOver = getComputedStyle(under).position === 'absolute';
      const taken = isOver ? [] : [`${under.offsetHeight}`, style.rowGap];
      const next = {
        width: inner(around.clientWidth, style.paddingLeft, style.paddingRight),
        height: inner(around.clientHeight, style.paddingTop, style.paddingBottom, ...taken),
        ratio: ratioNow(),
      };
      setSpace((now) => (now.width === next.width && now.height === next.height && now.ratio === next.ratio ? now : next));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(around);
    observer.observe(under);
    window.addEventListener('resize', measure);
    visualViewport?.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
      visualViewport?.removeEventListener('resize', measure);
    };
  }, [outer, below]);
  return space;
}
