// Owns how answers of the HTTP API are kept and asked for again, and what happens when the login has ended meanwhile.
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '#platform/ui/api.ts';

const mostRetries = 2;
/** A no stays a no; only a server that is away or stumbled is worth asking again. */
const worthAsking = (error: Error) => !(error instanceof ApiError) || error.status === 0 || error.status >= 500;

export function createQueryClient(onSignedOut: (client: QueryClient) => void): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.code === 'signed-out') onSignedOut(client);
      },
    }),
    defaultOptions: {
      queries: {
        // Browsers guess wrongly whether there is a network; the answer itself tells.
        networkMode: 'always',
        retry: (failures, error) => failures < mostRetries && worthAsking(error),
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}
