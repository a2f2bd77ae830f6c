// Owns fetching parts of the page that may not fail: again until they arrive, and those that are needed suddenly as soon as the page is idle.
import type { ComponentType } from 'react';
import { useEffect, useSyncExternalStore } from 'react';

const firstPauseMs = 1500;
const longestPauseMs = 30_000;

/** A failed import rejects React.lazy for good, and the page with it; this one waits for the network to come back. */
export async function untilArrived<Module>(load: () => Promise<Module>, pauseMs = firstPauseMs): Promise<Module> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    return untilArrived(load, Math.min(longestPauseMs, pauseMs * 2));
  }
}

const whenIdle = (work: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 500);

/** A part of the page, null until it has arrived. */
interface Arriving<Props> {
  ask(): void;
  read(): ComponentType<Props> | null;
  subscribe(listener: () => void): () => void;
}

export function arriving<Module, Props>(
  load: () => Promise<Module>,
  partOf: (module: Module) => ComponentType<Props>,
): Arriving<Props> {
  let part: ComponentType<Props> | null = null;
  let isAsked = false;
  const listeners = new Set<() => void>();
  const fetch = async () => {
    part = partOf(await untilArrived(load));
    for (const listener of [...listeners]) listener();
  };
  return {
    ask() {
      if (isAsked) return;
      isAsked = true;
      void fetch();
    },
    read: () => part,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Asked for at once where it is needed, else when the page is idle. */
export function useArriving<Props>(part: Arriving<Props>, isNeeded: boolean): ComponentType<Props> | null {
  useEffect(() => {
    if (isNeeded) part.ask();
    else whenIdle(part.ask);
  }, [part, isNeeded]);
  return useSyncExternalStore(part.subscribe, part.read);
}
