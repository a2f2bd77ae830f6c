// Proves order, groups, filters and what is live, next and mine in a program.
import { expect, test } from 'vitest';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { byDay, byTime, comingUp, filterPoints, inOrder, iRegisteredFor, iSpeakIn, liveNow, mineAhead } from './program-view.ts';

const company = { id: 'c1', slug: 'halden', name: 'Halden Robotics', tagline: '', logoUrl: '' };
const speaker = { id: 'p1', name: 'Hana Kovářovská', headline: '', organisation: '', avatarUrl: null };
const point = (id: string, startsAt: string, more: Partial<ProgramPoint> = {}): ProgramPoint => ({
  id,
  format: 'session',
  kind: 'Workshop',
  title: id,
  description: '',
  companies: [],
  speakers: [],
  startsAt,
  durationMinutes: 60,
  capacity: null,
  registered: 0,
  phase: 'scheduled',
  startedAt: null,
  endedAt: null,
  present: 0,
  iSpeak: false,
  iRegistered: false,
  ...more,
});
const noon = '2026-12-09T12:00:00.000Z';
const evening = '2026-12-09T23:30:00.000Z';
const ids = (points: ProgramPoint[]) => points.map(({ id }) => id);

test('points stand in order of time, then title', () => {
  expect(ids(inOrder([point('b', noon), point('late', evening), point('a', noon)]))).toEqual(['a', 'b', 'late']);
});

test('points that start together share a time', () => {
  expect(byTime([point('a', noon), point('b', noon), point('c', evening)]).map((group) => ids(group.points))).toEqual([
    ['a', 'b'],
    ['c'],
  ]);
});

test('days are those of the viewer’s zone', () => {
  const points = [point('a', noon), point('b', evening)];
  expect(byDay(points, 'Europe/London').map((day) => day.key)).toEqual(['2026-12-09']);
  expect(byDay(points, 'Europe/Berlin').map((day) => day.key)).toEqual(['2026-12-09', '2026-12-10']);
});

test('filters hold together, and the text finds names without their accents', () => {
  const points = [
    point('robots', noon, { companies: [company], speakers: [speaker] }),
    point('tea', evening, { kind: 'Coffee chat', description: 'With the robots team' }),
  ];
  const found = (filter: Parameters<typeof filterPoints>[1]) => ids(filterPoints(points, filter, 'Europe/Berlin'));
  expect(found({})).toEqual(['robots', 'tea']);
  expect(found({ text: 'kovarovska HALDEN' })).toEqual(['robots']);
  expect(found({ text: 'robots' })).toEqual(['robots', 'tea']);
  expect(found({ text: 'robots', kind: 'Coffee chat' })).toEqual(['tea']);
  expect(found({ company: 'halden', day: '2026-12-10' })).toEqual([]);
});

test('what has not started is coming up until the time it would have ended', () => {
  const points = [
    point('late', noon),
    point('next', evening),
    point('on', noon, { phase: 'live' }),
    point('over', noon, { phase: 'ended' }),
  ];
  expect(ids(comingUp(points, Date.parse(noon) + 30 * 60_000))).toEqual(['late', 'next']);
  expect(ids(comingUp(points, Date.parse(noon) + 60 * 60_000))).toEqual(['next']);
  expect(ids(liveNow(points))).toEqual(['on']);
});

test('what I speak in is not listed again as what I registered for', () => {
  const points = [
    point('both', noon, { iSpeak: true, iRegistered: true }),
    point('guest', noon, { iRegistered: true }),
    point('was', noon, { iRegistered: true, phase: 'ended' }),
    point('other', noon),
  ];
  expect(ids(iSpeakIn(points))).toEqual(['both']);
  expect(ids(iRegisteredFor(points))).toEqual(['guest', 'was']);
  expect(mineAhead(points)).toBe(2);
});
