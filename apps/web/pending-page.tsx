// Owns what one sees while a page's code or first answer is on its way for more than a moment.
import { PageFrame } from '#platform/ui/page-frame.tsx';
import { partsTexts } from '#platform/ui/parts-texts.ts';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';

export function PendingPage() {
  const t = useTexts(partsTexts);
  return (
    <PageFrame>
      <p className="pending muted" role="status">
        <Spinner />
        {t('loading')}
      </p>
    </PageFrame>
  );
}
