// Owns how a program is looked at: order, groups by day and time, filters, what is live, next and mine. Pure.
import { dayKey } from '#platform/ui/format.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';

export interface ProgramFilter {
  /** A day key in the viewer's zone. */
  day?: string;
  /** A company's slug. */
  company?: string;
  kind?: string;
  text?: string;
}
export interface TimeGroup {
  startsAt: string;
  points: ProgramPoint[];
}
export interface DayGroup {
  key: string;
  /** Some instant of the day, to write it from. */
  startsAt: string;
  times: TimeGroup[];
}

export const endsAtMs = (point: ProgramPoint): number => Date.parse(point.startsAt) + point.durationMinutes * 60_000;

export const inOrder = (points: readonly ProgramPoint[]): ProgramPoint[] =>
  [...points].sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.title.localeCompare(b.title) || a.id.localeCompare(b.id));

/** `points` in order. */
export function byTime(points: readonly ProgramPoint[]): TimeGroup[] {
  const groups: TimeGroup[] = [];
  for (const point of points) {
    const last = groups.at(-1);
    if (last?.startsAt === point.startsAt) last.points.push(point);
    else groups.push({ startsAt: point.startsAt, points: [point] });
  }
  return groups;
}

/** `points` in order. Days are the viewer's: near midnight they differ from the event's. */
export function byDay(points: readonly ProgramPoint[], timeZone: string): DayGroup[] {
  const days: DayGroup[] = [];
  for (const group of byTime(points)) {
    const key = dayKey(group.startsAt, timeZone);
    const last = days.at(-1);
    if (last?.key === key) last.times.push(group);
    else days.push({ key, startsAt: group.startsAt, times: [group] });
  }
  return days;
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Every word must be found somewhere: in the title, the description, a company or a speaker. Accents do not matter. */
function matchesText(point: ProgramPoint, text: string): boolean {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const names = [...point.companies, ...point.speakers].map((named) => named.name);
  const heap = fold([point.title, point.kind, point.description, ...names].join(' '));
  return words.every((word) => heap.includes(word));
}

export const filterPoints = (points: readonly ProgramPoint[], filter: ProgramFilter, timeZone: string): ProgramPoint[] =>
  points.filter(
    (point) =>
      (!filter.day || dayKey(point.startsAt, timeZone) === filter.day) &&
      (!filter.company || point.companies.some((company) => company.slug === filter.company)) &&
      (!filter.kind || point.kind === filter.kind) &&
      matchesText(point, filter.text ?? ''),
  );

export const kindsOf = (points: readonly ProgramPoint[]): string[] =>
  [...new Set(points.map((point) => point.kind))].filter(Boolean).sort();

export const liveNow = (points: readonly ProgramPoint[]): ProgramPoint[] => points.filter((point) => point.phase === 'live');

/** Not started, and not so late that nobody would wait for it any more. */
export const comingUp = (points: readonly ProgramPoint[], nowMs: number): ProgramPoint[] =>
  points.filter((point) => point.phase === 'scheduled' && endsAtMs(point) > nowMs);

export const iSpeakIn = (points: readonly ProgramPoint[]): ProgramPoint[] => points.filter((point) => point.iSpeak);
export const iRegisteredFor = (points: readonly ProgramPoint[]): ProgramPoint[] =>
  points.filter((point) => point.iRegistered && !point.iSpeak);

/** What still lies before me: the count beside "My Schedule". */
export const mineAhead = (points: readonly ProgramPoint[]): number =>
  points.filter((point) => (point.iSpeak || point.iRegistered) && point.phase !== 'ended').length;
