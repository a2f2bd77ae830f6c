// Owns asking for what the entrance shows, and for the people behind ids.
import { queryOptions } from '@tanstack/react-query';
import { api } from '#platform/ui/api.ts';
import { noteServerTime } from '#platform/ui/clock.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';

const path = (sessionId: string) => `/api/sessions/${encodeURIComponent(sessionId)}`;
const renewMs = 10_000;

/** Renewed while one stands at the entrance; inside, the live state says more. */
export const entranceQuery = (sessionId: string, isInside: boolean) =>
  queryOptions({
    queryKey: ['sessions', sessionId],
    queryFn: async () => {
      const info = await api.get<EntranceInfo>(path(sessionId));
      noteServerTime(info.now);
      return info;
    },
    refetchInterval: isInside ? false : renewMs,
    staleTime: isInside ? Number.POSITIVE_INFINITY : renewMs / 2,
  });

/** The most that the server answers at once. */
export const peopleBatch = 100;

export async function loadPeople(sessionId: string, ids: string[]): Promise<PersonSummary[]> {
  const answer = await api.get<{ people: PersonSummary[] }>(`${path(sessionId)}/people?ids=${ids.join(',')}`);
  return answer.people;
}
