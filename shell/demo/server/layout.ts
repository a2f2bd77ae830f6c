// Owns making instants of the demo's relative times. Pure.
import type { DemoEvent, DemoTime } from './content.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export function instantOf(time: DemoTime, now: Date, timeZone: string): string {
  if ('inMinutes' in time) {
    const stepMs = time.toMinutes * minuteMs;
    return new Date(Math.round((now.getTime() + time.inMinutes * minuteMs) / stepMs) * stepMs).toISOString();
  }
  const today = new Date(now.getTime() + offsetMs(now.getTime(), timeZone)).toISOString().slice(0, 10);
  const wall = Date.parse(`${today}T${time.at}:00Z`) + time.day * dayMs;
  // The offset is the day's own: it may change in between. Twice, for the hours around the change.
  const guess = wall - offsetMs(wall, timeZone);
  return new Date(wall - offsetMs(guess, timeZone)).toISOString();
}

/** How far clocks in the zone are ahead of UTC at an instant. */
function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return wall - Math.floor(at / 1000) * 1000;
}

export interface EventLayout {
  startsAt: string;
  endsAt: string;
  /** By the point's key. */
  points: Map<string, string>;
}

/** An event lasts at least as long as its program: late in the evening "in two hours" may be tomorrow. */
export function layOut({ from, to, timeZone, points }: DemoEvent, now: Date): EventLayout {
  const times = points.map((point) => ({ ...point, startsAt: instantOf(point.time, now, timeZone) }));
  const ends = times.map((point) => new Date(Date.parse(point.startsAt) + point.durationMinutes * minuteMs).toISOString());
  return {
    startsAt: [instantOf(from, now, timeZone), ...times.map((point) => point.startsAt)].sort()[0] as string,
    endsAt: [instantOf(to, now, timeZone), ...ends].sort().at(-1) as string,
    points: new Map(times.map((point) => [point.key, point.startsAt])),
  };
}
