// Proves how times, days, ranges and durations are written in both languages and in other zones.
import { expect, test } from 'vitest';
import { dayKey, formatClock, formatDay, formatDuration, formatRange, formatTime, formatZone } from './format.ts';

const start = '2026-12-09T12:00:00.000Z';
const end = '2026-12-10T16:00:00.000Z';

test('times are written in the zone asked for', () => {
  expect(formatTime(start, 'Europe/Berlin', 'en')).toBe('13:00');
  expect(formatTime(start, 'Asia/Kolkata', 'de')).toBe('17:30');
});

test('days carry their weekday, without the comma that English puts after it', () => {
  expect(formatDay(start, 'Europe/Berlin', 'en')).toBe('Wed 9 Dec');
  expect(formatDay(start, 'Europe/Berlin', 'de')).toBe('Mi., 9. Dez.');
});

test('the day is the viewer’s, not the event’s', () => {
  const lateEvening = '2026-12-09T23:30:00.000Z';
  expect(dayKey(lateEvening, 'Europe/London')).toBe('2026-12-09');
  expect(dayKey(lateEvening, 'Europe/Berlin')).toBe('2026-12-10');
});

test('the zone is named by its city and its short name', () => {
  expect(formatZone(start, 'Europe/Berlin', 'en')).toBe('Berlin (CET)');
  expect(formatZone('2026-07-01T12:00:00.000Z', 'Europe/Berlin', 'de')).toBe('Berlin (MESZ)');
  expect(formatZone(start, 'America/New_York', 'en')).toBe('New York (GMT-5)');
  expect(formatZone(start, 'UTC', 'en')).toBe('UTC');
});

test.each([
  ['within a month', start, end, 'Wed 9 – Thu 10 December 2026', 'Mi., 9. – Do., 10. Dezember 2026'],
  [
    'within a day',
    start,
    '2026-12-09T14:30:00.000Z',
    'Wed 9 December 2026, 13:00 – 15:30 CET',
    'Mi., 9. Dezember 2026, 13:00 – 15:30 MEZ',
  ],
  [
    'over months',
    start,
    '2027-01-10T16:00:00.000Z',
    'Wed 9 December 2026 – Sun 10 January 2027',
    'Mi., 9. Dezember 2026 – So., 10. Januar 2027',
  ],
])('a range %s', (_case, from, to, english, german) => {
  expect(formatRange(from, to, 'Europe/Berlin', 'en')).toBe(english);
  expect(formatRange(from, to, 'Europe/Berlin', 'de')).toBe(german);
});

test.each([
  [0, '0 seconds', '0:00'],
  [45_000, '45 seconds', '0:45'],
  [60_000, '1 minute', '1:00'],
  [125 * 60_000, '2 hours 5 minutes', '2:05:00'],
  [3 * 24 * 3_600_000, '3 days', '72:00:00'],
  [-5000, '0 seconds', '0:00'],
])('%d ms as words and as a clock', (ms, words, clock) => {
  expect(formatDuration(ms, 'en')).toBe(words);
  expect(formatClock(ms)).toBe(clock);
});
