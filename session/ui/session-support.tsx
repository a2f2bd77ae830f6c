// Owns bringing the life ring to every face of a Session: entrance, inside, closed.
import type { ReactNode } from 'react';
import type { SupportPlace } from '#features/support/contract.ts';
import { SupportRing } from '#features/support/ui/support-ring.tsx';
import { PageTools } from '#platform/ui/page-tools.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';

interface SessionSupportProps {
  info: EntranceInfo;
  page: SupportPlace['page'];
  children: ReactNode;
}

export function SessionSupport({ info, page, children }: SessionSupportProps) {
  const look = page === 'inside' ? 'bar' : 'page';
  return (
    <PageTools value={<SupportRing slug={info.event.slug} page={page} sessionId={info.point.id} look={look} />}>
      {children}
    </PageTools>
  );
}
