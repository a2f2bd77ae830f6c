// Owns reading a live store from React: a screen renders again only when the part that it selects has changed.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Slices } from '#platform/log/contract.ts';
import type { LiveSnapshot, LiveStore } from './live-store.ts';

/** What a frame changes in the media call goes first, and frames that arrive together are drawn once. */
function inNextTurn(listener: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      listener();
    });
  };
}

/** The selector must return a part of the snapshot, or a value that is equal by identity while nothing changed. */
export function useLive<S extends Slices, Part>(store: LiveStore<S>, select: (snapshot: LiveSnapshot<S>) => Part): Part {
  return useSyncExternalStore(
    useCallback((listener: () => void) => store.subscribe(inNextTurn(listener)), [store]),
    () => select(store.read()),
  );
}

/** The server's time in milliseconds, renewed at each full interval so that several clocks change together. */
export function useServerNow(serverNow: () => number, intervalMs: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const current = serverNow();
      setNow(current);
      timer = setTimeout(tick, intervalMs - (current % intervalMs));
    };
    tick();
    return () => clearTimeout(timer);
  }, [serverNow, intervalMs]);
  return now;
}
