// Owns the words when the page is too old for the server and reloading by itself did not help.
import { RefreshCw } from 'lucide-react';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { sessionTexts } from './texts.ts';

export function OutdatedNotice() {
  const t = useTexts(sessionTexts);
  return (
    <div className="outdated card" role="alert">
      <EmptyState icon={RefreshCw} level={2} title={t('outdatedTitle')} text={t('outdatedText')}>
        <button type="button" className="btn btn--primary" onClick={() => location.reload()}>
          {t('reload')}
        </button>
      </EmptyState>
    </div>
  );
}
