// Owns an invitation to the stage: what it says, declining it, and the look at oneself before accepting.
import { lazy, Suspense, useState } from 'react';
import { requestsTexts } from '#features/requests/ui/texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { askToCome } from './ask-to-come.ts';
import type { SessionEngine } from './session-engine.ts';

const RequestDialog = lazy(async () => ({ default: (await import('./request-dialog.tsx')).RequestDialog }));

export function Invitation({ engine }: { engine: SessionEngine }) {
  const t = useTexts(requestsTexts);
  const [isAccepting, setAccepting] = useState(false);
  return (
    <>
      <section className="invitation" role="alert">
        <p>
          <b>{t('invitedTitle')}</b>
          <br />
          <span className="muted">{t('invitedText')}</span>
        </p>
        <button type="button" className="btn" onClick={() => void engine.act('requests.decline-invitation', {})}>
          {t('declineInvitation')}
        </button>
        <button type="button" className="btn btn--primary" onClick={() => setAccepting(true)}>
          {t('acceptInvitation')}
        </button>
      </section>
      {isAccepting && (
        <Suspense fallback={null}>
          <RequestDialog
            devices={engine.devices}
            isInvited
            onPreview={engine.preview}
            onSend={(chosen) => askToCome(engine, 'requests.accept-invitation', chosen)}
            onClose={() => setAccepting(false)}
          />
        </Suspense>
      )}
    </>
  );
}
