// Owns the viewer's time zone for everything that shows a time. Accounts set it from the profile; until then it is the browser's.
import { useSyncExternalStore } from 'react';
import type { DayStyle } from './format.ts';
import { formatDay, formatDuration, formatNumber, formatRange, formatTime, formatZone } from './format.ts';
import { useLanguage } from './texts.ts';

export const browserTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

let timeZone = browserTimeZone();
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** An unknown zone (from an old browser, or typed by hand) would make every Intl format throw. */
function isTimeZone(name: string): boolean {
  try {
    return Boolean(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

export function setViewerTimeZone(name: string | null): void {
  const next = name && isTimeZone(name) ? name : browserTimeZone();
  if (next === timeZone) return;
  timeZone = next;
  for (const listener of listeners) listener();
}

export const viewerTimeZone = (): string => timeZone;
export const useTimeZone = (): string => useSyncExternalStore(subscribe, viewerTimeZone);

/** The formats of format.ts in the viewer's language and zone. */
export function useFormat() {
  const language = useLanguage();
  const zone = useTimeZone();
  return {
    zone,
    time: (iso: string) => formatTime(iso, zone, language),
    day: (iso: string, style?: DayStyle) => formatDay(iso, zone, language, style),
    range: (startsAt: string, endsAt: string) => formatRange(startsAt, endsAt, zone, language),
    zoneAt: (iso: string) => formatZone(iso, zone, language),
    duration: (ms: number) => formatDuration(ms, language),
    number: (value: number) => formatNumber(value, language),
  };
}
