// Owns whether the support sheet is open in this tab, and whether it is drawn by now. It stays so over a reload, and from one page of the event to the next.
import { useLayoutEffect, useSyncExternalStore } from 'react';

const key = 'stagedoor.support-open';
const listeners = new Set<() => void>();

function recall(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
let openFor = recall();
/** Its code may still be on the way. */
let isDrawn = false;

function tell(): void {
  for (const listener of [...listeners]) listener();
}

export function openSheet(slug: string | null): void {
  openFor = slug;
  try {
    if (slug) sessionStorage.setItem(key, slug);
    else sessionStorage.removeItem(key);
  } catch {
    // Without storage it is closed after a reload.
  }
  tell();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useIsSheetOpen = (slug: string): boolean => useSyncExternalStore(subscribe, () => openFor === slug);
export const useIsSheetDrawn = (): boolean => useSyncExternalStore(subscribe, () => isDrawn);

/** For the sheet itself. */
export function useNoteDrawn(): void {
  useLayoutEffect(() => {
    isDrawn = true;
    tell();
    return () => {
      isDrawn = false;
      tell();
    };
  }, []);
}
