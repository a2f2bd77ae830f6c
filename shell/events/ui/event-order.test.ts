// Proves which event is featured, and the order of the others.
import { expect, test } from 'vitest';
import type { EventSummary } from '#shell/events/contract.ts';
import { findEvents, orderEvents } from './event-order.ts';

const event = (title: string, startsAt: string, endsAt: string, live = 0): EventSummary => ({
  id: title,
  slug: title,
  title,
  organiserName: 'Fehmarn University Network',
  startsAt,
  endsAt,
  timeZone: 'Europe/Berlin',
  bannerUrl: '',
  accent: { hue: 290, chroma: 0.19 },
  myRoles: [],
  speakingIn: 0,
  live: Array.from({ length: live }, (_, index) => ({ sessionId: String(index), title: '', logoUrl: null, present: 0 })),
});
const now = Date.parse('2026-12-09T12:00:00Z');
const past = event('past', '2026-12-01T08:00:00Z', '2026-12-02T08:00:00Z');
const older = event('older', '2026-11-01T08:00:00Z', '2026-11-02T08:00:00Z');
const soon = event('soon', '2026-12-10T08:00:00Z', '2026-12-10T18:00:00Z');
const later = event('later', '2027-01-10T08:00:00Z', '2027-01-10T18:00:00Z');

test('the next event is featured, the others follow by time, the past backwards', () => {
  const ordered = orderEvents([older, later, past, soon], now);
  expect(ordered.featured).toBe(soon);
  expect(ordered.upcoming).toEqual([later]);
  expect(ordered.past).toEqual([past, older]);
});

test('an event with something live is featured before all others, even after its planned end', () => {
  const overrun = event('overrun', '2026-12-08T08:00:00Z', '2026-12-09T11:00:00Z', 1);
  const ordered = orderEvents([soon, overrun], now);
  expect(ordered.featured).toBe(overrun);
  expect(ordered.past).toEqual([]);
});

test('nothing is featured where all is past', () => {
  expect(orderEvents([past], now)).toEqual({ featured: null, upcoming: [], past: [past] });
});

test('events are found by title and organiser', () => {
  expect(findEvents([past, soon], 'SOON')).toEqual([soon]);
  expect(findEvents([past, soon], 'fehmarn')).toEqual([past, soon]);
});
