// Owns the order of the events page: the one event that matters now, then what comes, then what was. Pure.
import type { EventSummary } from '#shell/events/contract.ts';

export interface OrderedEvents {
  featured: EventSummary | null;
  upcoming: EventSummary[];
  past: EventSummary[];
}

const byStart = (a: EventSummary, b: EventSummary) => a.startsAt.localeCompare(b.startsAt) || a.title.localeCompare(b.title);

export function orderEvents(events: readonly EventSummary[], nowMs: number): OrderedEvents {
  const isPast = (event: EventSummary) => Date.parse(event.endsAt) <= nowMs && event.live.length === 0;
  const open = events.filter((event) => !isPast(event)).sort(byStart);
  const featured = open.find((event) => event.live.length > 0) ?? open[0] ?? null;
  return {
    featured,
    upcoming: open.filter((event) => event !== featured),
    past: events.filter(isPast).sort((a, b) => byStart(b, a)),
  };
}

/** By title or organiser. */
export function findEvents(events: readonly EventSummary[], text: string): EventSummary[] {
  const wanted = text.trim().toLowerCase();
  return events.filter((event) => `${event.title} ${event.organiserName}`.toLowerCase().includes(wanted));
}
