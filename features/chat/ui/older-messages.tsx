// Owns the line above the oldest message: more is at the server.
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { chatTexts } from './texts.ts';

export function OlderMessages({ isLoading, onLoad }: { isLoading: boolean; onLoad: () => void }) {
  const t = useTexts(chatTexts);
  return (
    <p className="log-older">
      {isLoading ? (
        <>
          <Spinner /> {t('loadingOlder')}
        </>
      ) : (
        <button type="button" className="btn btn--quiet btn--s" onClick={onLoad}>
          {t('older')}
        </button>
      )}
    </p>
  );
}
