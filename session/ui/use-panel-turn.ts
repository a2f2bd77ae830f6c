// Owns when the panel beside the stage is drawn: after the first picture, which would otherwise wait for it on the same thread.
import { startTransition, useEffect, useState } from 'react';

/** Nobody waits longer for the panel than this, picture or not. */
const longestMs = 800;

/** `isExpected`: somebody is on the stage with their camera on. */
export function usePanelTurn(isExpected: boolean): boolean {
  const [isTurn, setTurn] = useState(false);
  useEffect(() => {
    if (isTurn) return;
    const take = () => startTransition(() => setTurn(true));
    if (!isExpected) return take();
    // Events of videos do not bubble; they can be caught on their way down.
    document.addEventListener('loadeddata', take, { capture: true, once: true });
    const timer = setTimeout(take, longestMs);
    return () => {
      document.removeEventListener('loadeddata', take, { capture: true });
      clearTimeout(timer);
    };
  }, [isTurn, isExpected]);
  return isTurn;
}
