// Owns the page for addresses that no route has.
import { MissingPage } from '#platform/ui/missing-page.tsx';
import { PageFrame } from '#platform/ui/page-frame.tsx';

export function MissingRoute() {
  return (
    <PageFrame>
      <MissingPage />
    </PageFrame>
  );
}
