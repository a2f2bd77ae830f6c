// Owns the page that stands where another one failed: while loading its data or its code, or while drawing it.
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { Failure } from '#platform/ui/failure.tsx';
import { PageFrame } from '#platform/ui/page-frame.tsx';

export function FailedPage({ error }: ErrorComponentProps) {
  const router = useRouter();
  const retry = useCallback(() => void router.invalidate(), [router]);
  return (
    <PageFrame>
      <Failure error={error} onRetry={retry} />
    </PageFrame>
  );
}
