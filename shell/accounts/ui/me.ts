// Owns who is signed in, as the browser knows it: the one query, and what follows from its answer (language, time zone).
import type { QueryClient } from '@tanstack/react-query';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '#platform/ui/api.ts';
import { chooseLanguage } from '#platform/ui/language-choice.ts';
import { setViewerTimeZone } from '#platform/ui/viewer.ts';
import type { DemoPerson, MeAnswer, OwnProfile } from '#shell/accounts/contract.ts';

const path = '/api/accounts';

/** The profile decides for a person on every machine; the browser's own choice holds only while nobody is signed in. */
function adopt(answer: MeAnswer): MeAnswer {
  if (answer.me) chooseLanguage(answer.me.language);
  setViewerTimeZone(answer.me?.timeZone ?? null);
  return answer;
}

export const meQuery = queryOptions({
  queryKey: ['accounts', 'me'],
  queryFn: async () => adopt(await api.get<MeAnswer>(`${path}/me`)),
  staleTime: 60_000,
});

export const demoPeopleQuery = queryOptions({
  queryKey: ['accounts', 'demo-people'],
  queryFn: () => api.get<{ people: DemoPerson[] }>(`${path}/demo-people`),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Somebody signed in, or changed their profile. */
export function acceptMe(client: QueryClient, answer: MeAnswer): void {
  client.setQueryData(meQuery.queryKey, adopt(answer));
}

/** Nobody is signed in any more: nothing of the last person may stay behind. `leave` goes to a page that asks for nothing of theirs. */
export async function forgetMe(client: QueryClient, leave: () => Promise<void>): Promise<void> {
  const nobody: MeAnswer = { me: null, demo: client.getQueryData(meQuery.queryKey)?.demo ?? false };
  client.setQueryData(meQuery.queryKey, adopt(nobody));
  await leave();
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] });
}

/** Inside pages that only signed-in people reach. */
export function useMe(): OwnProfile | null {
  return useQuery(meQuery).data?.me ?? null;
}
