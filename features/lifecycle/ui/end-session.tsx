// Owns "End Session" and the one question before it: nobody can come back in.
import { useState } from 'react';
import { AlertDialog } from '#platform/ui/alert-dialog.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { lifecycleTexts } from './texts.ts';

interface EndSessionProps {
  present: number;
  onEnd: () => Promise<unknown>;
}

export function EndSession({ present, onEnd }: EndSessionProps) {
  const t = useTexts(lifecycleTexts);
  const [isAsking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    await onEnd();
    setBusy(false);
    setAsking(false);
  };
  return (
    <>
      <button type="button" className="btn btn--danger" aria-label={t('end')} onClick={() => setAsking(true)}>
        <span className="wide">{t('end')}</span>
        <span className="narrow">{t('endShort')}</span>
      </button>
      <AlertDialog
        isOpen={isAsking}
        title={t('endTitle')}
        text={t('endText', { count: present })}
        confirmLabel={t('endConfirm')}
        cancelLabel={t('keepGoing')}
        busy={busy}
        onConfirm={end}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
