// Owns full screen of one element, where the browser has it.
import type { RefObject } from 'react';
import { useEffect, useState } from 'react';

export function useFullScreen(element: RefObject<HTMLElement | null>): { isFull: boolean; toggle?: () => void } {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const onChange = () => setFull(document.fullscreenElement !== null && document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, [element]);
  // Phones of one make have none: no button is better than a dead one.
  if (!document.fullscreenEnabled) return { isFull };
  const toggle = () => {
    const done = isFull ? document.exitFullscreen() : element.current?.requestFullscreen();
    void done?.catch(() => undefined);
  };
  return { isFull, toggle };
}
