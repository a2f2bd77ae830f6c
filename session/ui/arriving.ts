// Owns fetching parts of the page that may not fail: again until they arrive, and those that are needed suddenly as soon as the page is idle.
import type { ComponentType } from 'react';
import { useEffect, useSyncExternalStore } from 'react';

const firstPauseMs = 1500;
const longestPauseMs = 30_000;

const importAnew = (url: string): Promise<unknown> => import(/* @vite-ignore */ url);

/**
 * A failed import rejects React.lazy for good, and the page with it; this one waits for the network to come back.
 * Browsers may remember a module that could not be fetched as one that never can: under another name it is asked for anew.
 */
export async function untilArrived<Module>(
  load: () => Promise<Module>,
  anew: (url: string) => Promise<unknown> = importAnew,
): Promise<Module> {
  let next = load;
  for (let attempt = 1, pauseMs = firstPauseMs; ; attempt += 1, pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    try {
      return await next();
    } catch (error) {
      const url = /https?:\/\/[^\s?]+\.js/.exec(String(error))?.[0];
      if (url) next = () => anew(`${url}?attempt=${attempt}`) as Promise<Module>;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
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
