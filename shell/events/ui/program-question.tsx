// Owns the way to ask before the Session, beside a program point that has not begun. The dialog itself comes when it is opened.
import { MessageCircleQuestion } from 'lucide-react';
import { useState } from 'react';
import { errorText } from '#platform/ui/error-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { ProgramPoint } from '#shell/events/contract.ts';
import { eventsTexts } from './texts.ts';

const fetchDialog = () => import('#session/ui/ask-before.tsx');
type AskBefore = Awaited<ReturnType<typeof fetchDialog>>['AskBefore'];

export function ProgramQuestion({ point }: { point: ProgramPoint }) {
  const t = useTexts(eventsTexts);
  const [Open, setOpen] = useState<AskBefore | null>(null);
  const open = () => {
    fetchDialog().then(
      (module) => setOpen(() => module.AskBefore),
      () => showToast({ tone: 'error', title: errorText('network') }),
    );
  };
  return (
    <>
      <button type="button" className="link program-ask" aria-haspopup="dialog" onClick={open}>
        <MessageCircleQuestion className="i i--s" aria-hidden="true" />
        {t('askQuestion')}
      </button>
      {Open && <Open sessionId={point.id} title={point.title} onClose={() => setOpen(null)} />}
    </>
  );
}
