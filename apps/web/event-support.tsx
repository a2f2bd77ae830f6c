// Owns bringing the life ring to every page of an event, and telling it which page that is.
import { useParams, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SupportPlace } from '#features/support/contract.ts';
import { SupportRing } from '#features/support/ui/support-ring.tsx';
import { PageTools } from '#platform/ui/page-tools.ts';

const pages: Record<string, SupportPlace['page']> = {
  '': 'lobby',
  program: 'program',
  schedule: 'schedule',
  companies: 'companies',
  support: 'desk',
};

export function EventSupport({ children }: { children: ReactNode }) {
  const { slug = '' } = useParams({ strict: false });
  const tab = useRouterState({ select: ({ location }) => location.pathname.split('/')[3] ?? '' });
  return <PageTools value={<SupportRing slug={slug} page={pages[tab] ?? 'other'} look="page" />}>{children}</PageTools>;
}
