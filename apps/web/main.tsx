// Starts the web: language, data, routes. What is on the pages is the capabilities'.
import '#platform/ui/css/main.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLanguage } from '#platform/ui/language-choice.ts';
import { followRoutesWithFocus } from '#platform/ui/route-focus.ts';
import { forgetMe } from '#shell/accounts/ui/me.ts';
import { createQueryClient } from './query-client.ts';
import { createAppRouter } from './routes.tsx';

const spoken = startLanguage();
const client = createQueryClient((ended) => void forgetMe(ended, () => router.invalidate()));
const router = createAppRouter(client);
followRoutesWithFocus(router);

const root = document.getElementById('root');
if (root) {
  void spoken.then(() =>
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </StrictMode>,
    ),
  );
}
