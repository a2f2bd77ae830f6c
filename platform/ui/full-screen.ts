// Owns full screen of a Session: the whole page fills the screen, and one part of it has all the room, so that what is urgent stays in sight and can be pressed (browsers let nobody press what is outside the element in full screen). How it looks then is session-frame.css's.
import { useEffect, useSyncExternalStore } from 'react';

/** `presentation`: what is presented; `stage`: with the people beside it. */
export type FullPart = 'presentation' | 'stage';

let full: FullPart | null = null;
const listeners = new Set<() => void>();

function set(next: FullPart | null): void {
  if (full === next) return;
  full = next;
  for (const listener of [...listeners]) listener();
}

// Escape and the browser's own ways end it too.
const onChange = () => {
  if (!document.fullscreenElement) set(null);
};

export const fullScreen = {
  read: (): FullPart | null => full,
  subscribe(listener: () => void): () => void {
    if (listeners.size === 0) document.addEventListener('fullscreenchange', onChange);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      document.removeEventListener('fullscreenchange', onChange);
      // It ends with the Session.
      fullScreen.leave();
      full = null;
    };
  },
  async enter(part: FullPart): Promise<void> {
    try {
      if (!document.fullscreenElement) await document.documentElement.requestFullscreen();
      set(document.fullscreenElement && part);
    } catch {
      // The browser wants none now: everything stays as it is.
    }
  },
  /** Without a part: whichever it is. */
  leave(part = full): void {
    if (full === part && document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  },
};

/** Which part fills the screen now. */
export const useFullPart = (): FullPart | null => useSyncExternalStore(fullScreen.subscribe, fullScreen.read);

/** Phones of one make have no full screen: no `toggle`, since no button is better than a dead one. */
export function useFullScreen(part: FullPart): { isFull: boolean; toggle?: () => void } {
  const isFull = useFullPart() === part;
  if (!document.fullscreenEnabled) return { isFull };
  return { isFull, toggle: () => (isFull ? fullScreen.leave(part) : void fullScreen.enter(part)) };
}

/** It ends with what filled it. */
export function useFullScreenUntilGone(part: FullPart): void {
  useEffect(() => () => fullScreen.leave(part), [part]);
}
