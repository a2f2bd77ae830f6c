// Owns the number of people who wait for support, for the tab's badge. The desk itself is features/support's.
import { queryOptions } from '@tanstack/react-query';
import type { DeskAnswer } from '#features/support/contract.ts';
import { supportPath, supportWaitingKey } from '#features/support/contract.ts';
import { api } from '#platform/ui/api.ts';
import type { EventDetail } from '#shell/events/contract.ts';

const renewMs = 5000;

export const isOfSupportTeam = ({ myRoles }: Pick<EventDetail, 'myRoles'>): boolean =>
  myRoles.includes('support') || myRoles.includes('organiser');

export const supportWaitingQuery = (event: Pick<EventDetail, 'slug' | 'myRoles'>) =>
  queryOptions({
    queryKey: supportWaitingKey(event.slug),
    queryFn: async () => (await api.get<DeskAnswer>(`${supportPath(event.slug)}/desk`)).waiting,
    enabled: isOfSupportTeam(event),
    refetchInterval: renewMs,
  });
