// Owns handing the event that one is at to its tabs.
import { createContext, use } from 'react';
import type { EventDetail } from '#shell/events/contract.ts';

export const EventContext = createContext<EventDetail | null>(null);

export function useEventDetail(): EventDetail {
  const event = use(EventContext);
  if (!event) throw new Error('this page part stands outside an event');
  return event;
}
