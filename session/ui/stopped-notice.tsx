// Owns the words when the page can go on only by being loaded anew: too old for the server, or one of too many that the person opened.
import { RefreshCw } from 'lucide-react';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { sessionTexts } from './texts.ts';

export function StoppedNotice({ why }: { why: 'outdated' | 'tooMany' }) {
  const t = useTexts(sessionTexts);
  return (
    <div className="outdated card" role="alert">
      <EmptyState icon={RefreshCw} level={2} title={t(`${why}Title`)} text={t(`${why}Text`)}>
        <button type="button" className="btn btn--primary" onClick={() => location.reload()}>
          {t('reload')}
        </button>
      </EmptyState>
    </div>
  );
}
