// Owns what stands in place of content that could not be had: the server is away (we keep trying), or something broke.
import { CloudOff, Wrench } from 'lucide-react';
import { useEffect } from 'react';
import { ApiError } from './api.ts';
import { EmptyState } from './empty-state.tsx';
import { errorTextOf } from './error-texts.ts';
import { MissingPage } from './missing-page.tsx';
import { partsTexts } from './parts-texts.ts';
import { useTexts } from './texts.ts';

const retryMs = 5000;
const isAway = (error: unknown) => error instanceof ApiError && (error.status === 0 || error.status >= 502);

interface FailureProps {
  error: unknown;
  onRetry: () => void;
}

export function Failure({ error, onRetry }: FailureProps) {
  const t = useTexts(partsTexts);
  const away = isAway(error);
  useEffect(() => {
    if (!away) return;
    const timer = setInterval(onRetry, retryMs);
    return () => clearInterval(timer);
  }, [away, onRetry]);
  if (error instanceof ApiError && error.status === 404) return <MissingPage />;
  const text = away ? t('awayText') : error instanceof ApiError ? errorTextOf(error) : t('brokenText');
  return (
    <div role="alert">
      <EmptyState icon={away ? CloudOff : Wrench} level={1} title={t(away ? 'awayTitle' : 'brokenTitle')} text={text}>
        <button type="button" className="btn btn--primary" onClick={onRetry}>
          {t('tryAgain')}
        </button>
      </EmptyState>
    </div>
  );
}
