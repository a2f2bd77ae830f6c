// Owns reading a live store from React: a screen renders again only when the part that it selects has changed.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Slices } from '#platform/log/contract.ts';
import type { LiveSnapshot, LiveStore } from './live-store.ts';

/** The selector must return a part of the snapshot, or a value that is equal by identity while nothing changed. */
export function useLive<S extends Slices, Part>(store: LiveStore<S>, select: (snapshot: LiveSnapshot<S>) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.read()));
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
