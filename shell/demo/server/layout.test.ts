// The demo's times: relative to now, in the event's zone, also around midnight and when clocks change.
import { describe, expect, it } from 'vitest';
import { balticCareerDays } from './baltic-career-days.ts';
import { instantOf, layOut } from './layout.ts';

const berlin = 'Europe/Berlin';

describe('instantOf', () => {
  it.each([
    ['2026-11-24T13:03:20Z', 10, 1, '2026-11-24T13:13:00.000Z'],
    ['2026-11-24T13:03:40Z', 10, 1, '2026-11-24T13:14:00.000Z'],
    ['2026-11-24T13:03:20Z', -195, 15, '2026-11-24T09:45:00.000Z'],
  ])('from %s, %i minutes in steps of %i: %s', (now, inMinutes, toMinutes, then) => {
    expect(instantOf({ inMinutes, toMinutes }, new Date(now), berlin)).toBe(then);
  });

  it.each([
    ['a winter day', '2026-11-24T13:03:20Z', 1, '10:00', '2026-11-25T09:00:00.000Z'],
    ['a summer day', '2026-07-01T13:03:20Z', 0, '09:00', '2026-07-01T07:00:00.000Z'],
    ['late in the evening it is already tomorrow there', '2026-11-24T23:30:00Z', 0, '09:00', '2026-11-25T08:00:00.000Z'],
    ['clocks go forward in between', '2026-03-28T12:00:00Z', 1, '10:00', '2026-03-29T08:00:00.000Z'],
    ['clocks go back in between', '2026-10-24T12:00:00Z', 1, '10:00', '2026-10-25T09:00:00.000Z'],
    ['the hour that clocks skip', '2026-03-28T12:00:00Z', 1, '03:00', '2026-03-29T01:00:00.000Z'],
  ] as const)('%s', (_what, now, day, at, then) => {
    expect(instantOf({ day, at }, new Date(now), berlin)).toBe(then);
  });
});

describe('layOut', () => {
  it.each(['2026-11-24T01:00:00Z', '2026-11-24T12:00:00Z', '2026-11-24T22:30:00Z'])(
    'at %s the event holds all its Sessions',
    (at) => {
      const now = new Date(at);
      const { startsAt, endsAt, points } = layOut(balticCareerDays, now);
      expect([...points.values()].every((one) => one >= startsAt && one < endsAt)).toBe(true);
      const inMinutes = (key: string) => (Date.parse(points.get(key) as string) - now.getTime()) / 60_000;
      expect(Math.abs(inMinutes('robots-that-ask-for-help') - 10)).toBeLessThanOrEqual(0.5);
      expect(inMinutes('coffee-with-the-gripper-team')).toBeGreaterThan(117);
      expect(inMinutes('coffee-with-the-gripper-team')).toBeLessThan(123);
      expect(inMinutes('welcome')).toBeLessThan(-60);
    },
  );
});
