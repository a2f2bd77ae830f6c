// Owns reading events: asked again every few seconds while somebody looks, so that "Live" appears by itself.
import { queryOptions } from '@tanstack/react-query';
import { api } from '#platform/ui/api.ts';
import type { EventDetail, EventSummary } from '#shell/events/contract.ts';

const renewMs = 15_000;

export const eventsQuery = queryOptions({
  queryKey: ['events'],
  queryFn: () => api.get<{ events: EventSummary[] }>('/api/events'),
  refetchInterval: renewMs,
  staleTime: renewMs / 3,
});

export const eventQuery = (slug: string) =>
  queryOptions({
    queryKey: ['events', slug],
    queryFn: () => api.get<EventDetail>(`/api/events/${encodeURIComponent(slug)}`),
    refetchInterval: renewMs,
    staleTime: renewMs / 3,
  });
