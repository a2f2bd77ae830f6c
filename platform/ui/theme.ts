// Owns the choice between light, dark, and what the system says. Before the first paint apps/web/public/theme.js has applied it.
import { useSyncExternalStore } from 'react';
import { keepChoice, readChoice } from './kept-choice.ts';

export type Theme = 'system' | 'light' | 'dark';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];

const kept = readChoice('theme');
let theme: Theme = kept === 'light' || kept === 'dark' ? kept : 'system';
const listeners = new Set<() => void>();

export function setTheme(next: Theme): void {
  theme = next;
  keepChoice('theme', next === 'system' ? null : next);
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useTheme = (): Theme => useSyncExternalStore(subscribe, () => theme);
