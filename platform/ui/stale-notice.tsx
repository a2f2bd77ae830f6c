// Owns the words above content that could not be renewed: it stays readable, and says that it may be old.
import { CloudOff } from 'lucide-react';
import { errorTextOf } from './error-texts.ts';
import { Notice } from './notice.tsx';
import { partsTexts } from './parts-texts.ts';
import { useTexts } from './texts.ts';

export function StaleNotice({ error }: { error: unknown }) {
  const t = useTexts(partsTexts);
  return (
    <Notice icon={CloudOff} tone="wait" role="status" title={t('staleTitle')}>
      {errorTextOf(error)}
    </Notice>
  );
}
