// Owns a speaker's way to upload for a Session that is not over, beside its program point. The dialog itself comes when it is opened.
import { FileUp } from 'lucide-react';
import { useCallback, useState } from 'react';
import { errorText } from '#platform/ui/error-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

const fetchDialog = () => import('#session/ui/materials-before.tsx');
type MaterialsBefore = Awaited<ReturnType<typeof fetchDialog>>['MaterialsBefore'];

export function ProgramMaterials({ point }: { point: ProgramPoint }) {
  const t = useTexts(eventsTexts);
  const [Dialog, setDialog] = useState<MaterialsBefore | null>(null);
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  const close = useCallback(() => setOpen(false), []);
  const fetchAndOpen = () => {
    open();
    fetchDialog().then(
      (module) => setDialog(() => module.MaterialsBefore),
      () => showToast({ tone: 'error', title: errorText('network') }),
    );
  };
  return (
    <>
      <button type="button" className="link program-ask" aria-haspopup="dialog" onClick={fetchAndOpen}>
        <FileUp className="i i--s" aria-hidden="true" />
        {t('uploadPresentation')}
      </button>
      {Dialog && <Dialog sessionId={point.id} title={point.title} isOpen={isOpen} onOpen={open} onClose={close} />}
    </>
  );
}
