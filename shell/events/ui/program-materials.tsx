// Owns a speaker's way to upload for a Session that is not over, beside its program point. The dialog itself comes when it is opened.
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { errorText } from '#platform/ui/error-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

const fetchDialog = () => import('#session/ui/materials-before.tsx');
type MaterialsBefore = Awaited<ReturnType<typeof fetchDialog>>['MaterialsBefore'];

export function ProgramMaterials({ point }: { point: ProgramPoint }) {
  const t = useTexts(eventsTexts);
  const [Open, setOpen] = useState<MaterialsBefore | null>(null);
  const open = () => {
    fetchDialog().then(
      (module) => setOpen(() => module.MaterialsBefore),
      () => showToast({ tone: 'error', title: errorText('network') }),
    );
  };
  return (
    <>
      <button type="button" className="link program-ask" aria-haspopup="dialog" onClick={open}>
        <FileUp className="i i--s" aria-hidden="true" />
        {t('uploadPresentation')}
      </button>
      {Open && <Open sessionId={point.id} title={point.title} onClose={() => setOpen(null)} />}
    </>
  );
}
