// Owns what follows when a sign-in, sign-up or demo sign-in succeeds: the person is known, and on the page they wanted.
import type { UseMutationResult } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { api } from '#platform/ui/api.ts';
import type { MeAnswer } from '#shell/accounts/contract.ts';
import { acceptMe } from './me.ts';

export interface SignInRequest {
  path: 'sign-in' | 'sign-up' | 'demo-sign-in';
  body: Record<string, unknown>;
}

/** Only addresses of our own: anything else could lead a person who has just signed in to a look-alike. */
export const safeReturn = (to: string | undefined): string =>
  to?.startsWith('/') && !to.startsWith('//') && !to.startsWith('/\\') ? to : '/events';

export function useSignIn(returnTo: string | undefined): UseMutationResult<MeAnswer, Error, SignInRequest> {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: ({ path, body }: SignInRequest) => api.post<MeAnswer>(`/api/accounts/${path}`, body),
    onSuccess: (answer) => {
      acceptMe(client, answer);
      router.history.push(safeReturn(returnTo));
    },
  });
}
