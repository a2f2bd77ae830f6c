// Owns asking for what the desk lists: each second while it is looked at, and only what has changed comes over the wire.
import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import { api } from '#platform/ui/api.ts';
import type { AnswersAnswer, DeskAnswer, ResolvedAnswer } from '../contract.ts';
import { supportPath } from '../contract.ts';

const renewMs = 1000;

export const deskQuery = (client: QueryClient, slug: string) => {
  const queryKey = ['support-desk', slug] as const;
  return queryOptions({
    queryKey,
    queryFn: async (): Promise<DeskAnswer> => {
      const known = client.getQueryData<DeskAnswer>(queryKey);
      const path = `${supportPath(slug)}/desk${known ? `?known=${encodeURIComponent(known.tag)}` : ''}`;
      const answer = await api.get<DeskAnswer | { tag: string; unchanged: true }>(path);
      return 'unchanged' in answer && known ? known : (answer as DeskAnswer);
    },
    refetchInterval: renewMs,
    // Somebody may wait while the desk is behind another window: then the sound calls.
    refetchIntervalInBackground: true,
    retry: false,
    staleTime: 0,
  });
};

export const resolvedQuery = (slug: string, text: string) =>
  queryOptions({
    queryKey: ['support-resolved', slug, text],
    queryFn: () => api.get<ResolvedAnswer>(`${supportPath(slug)}/resolved?text=${encodeURIComponent(text)}`),
    staleTime: 0,
  });

export const answersQuery = (slug: string) =>
  queryOptions({
    queryKey: ['support-answers', slug],
    queryFn: () => api.get<AnswersAnswer>(`${supportPath(slug)}/answers`),
    staleTime: 60_000,
  });
