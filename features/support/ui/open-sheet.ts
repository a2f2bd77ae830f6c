// Owns whether the support sheet is open in this tab. It stays so over a reload, and from one page of the event to the next.
import { useSyncExternalStore } from 'react';

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

export function openSheet(slug: string | null): void {
  openFor = slug;
  try {
    if (slug) sessionStorage.setItem(key, slug);
    else sessionStorage.removeItem(key);
  } catch {
    // Without storage it is closed after a reload.
  }
  for (const listener of [...listeners]) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useIsSheetOpen = (slug: string): boolean => useSyncExternalStore(subscribe, () => openFor === slug);
