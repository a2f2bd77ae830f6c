// Owns how instants, days and durations are written: by language, in a named IANA zone. Which zone is the viewer's is viewer.ts.
import type { Language } from './texts.ts';

const locales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making an Intl format costs more than using it, and a program has hundreds of times. */
function dateFormat(language: Language, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locales[language], { ...options, timeZone });
  formats.set(key, made);
  return made;
}

/** British dates carry a comma after the weekday that the drawn pages do without. */
const write = (language: Language, text: string) => (language === 'en' ? text.replace(/^(\p{L}+),/u, '$1') : text);

export const formatTime = (iso: string, timeZone: string, language: Language): string =>
  dateFormat(language, timeZone, { hour: '2-digit', minute: '2-digit' }).format(Date.parse(iso));

export type DayStyle = 'short' | 'long';
const dayOptions: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  long: { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' },
};
export const formatDay = (iso: string, timeZone: string, language: Language, style: DayStyle = 'short'): string =>
  write(language, dateFormat(language, timeZone, dayOptions[style]).format(Date.parse(iso)));

/** The calendar day in the zone, as a key to group by: 2026-12-09. */
export function dayKey(iso: string, timeZone: string): string {
  const parts = dateFormat('en', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(Date.parse(iso));
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** "CET", "GMT+5:30": what the zone is called at that instant. */
export function zoneName(iso: string, timeZone: string, language: Language): string {
  const parts = dateFormat(language, timeZone, { timeZoneName: 'short' }).formatToParts(Date.parse(iso));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

/** "Berlin (CET)". Zones without a city keep their name. */
export function formatZone(iso: string, timeZone: string, language: Language): string {
  const city = (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
  const name = zoneName(iso, timeZone, language);
  return city === name ? city : `${city} (${name})`;
}

/** "Wed 9 – Thu 10 December 2026"; within one day "Wed 9 December 2026, 17:30 – 20:00 CET". */
export function formatRange(startsAt: string, endsAt: string, timeZone: string, language: Language): string {
  const end = formatDay(endsAt, timeZone, language, 'long');
  if (dayKey(startsAt, timeZone) === dayKey(endsAt, timeZone)) {
    const times = `${formatTime(startsAt, timeZone, language)} – ${formatTime(endsAt, timeZone, language)}`;
    return `${end}, ${times} ${zoneName(startsAt, timeZone, language)}`;
  }
  const month = (iso: string) => dayKey(iso, timeZone).slice(0, 7);
  if (month(startsAt) !== month(endsAt)) return `${formatDay(startsAt, timeZone, language, 'long')} – ${end}`;
  const start = dateFormat(language, timeZone, { weekday: 'short', day: 'numeric' }).formatToParts(Date.parse(startsAt));
  const weekday = start.find((part) => part.type === 'weekday')?.value ?? '';
  const day = start.find((part) => part.type === 'day')?.value ?? '';
  return `${language === 'de' ? `${weekday}, ${day}.` : `${weekday} ${day}`} – ${end}`;
}

const pad = (value: number) => String(value).padStart(2, '0');

/** As a clock: "12:04", "1:02:09". For what ticks. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

type DurationUnit = 'day' | 'hour' | 'minute' | 'second';
const unit = (value: number, name: DurationUnit, language: Language) =>
  new Intl.NumberFormat(locales[language], { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);

/** In words: "3 days", "2 hours 5 minutes", "45 seconds". The two largest units that matter. */
export function formatDuration(ms: number, language: Language): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return unit(seconds, 'second', language);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return unit(minutes, 'minute', language);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return unit(Math.round(hours / 24), 'day', language);
  const rest = minutes % 60;
  return rest === 0 ? unit(hours, 'hour', language) : `${unit(hours, 'hour', language)} ${unit(rest, 'minute', language)}`;
}

export const formatNumber = (value: number, language: Language): string => new Intl.NumberFormat(locales[language]).format(value);
