// Owns what speakers see of requests beside the stage: the button with the count, the list under it, who is announced, and who decided first.
import { Hand } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { WaitingRequest } from '#features/requests/contract.ts';
import { requestsTexts } from '#features/requests/ui/texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { ApiError } from '#platform/ui/api.ts';
import { errorText } from '#platform/ui/error-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { RequestNewsLine } from './request-news-line.tsx';
import { useChosenOpen } from './requests-memory.ts';
import type { SessionEngine } from './session-engine.ts';

const RequestsList = lazy(async () => ({ default: (await import('#features/requests/ui/requests-list.tsx')).RequestsList }));
const ComingLines = lazy(async () => ({ default: (await import('#features/requests/ui/coming-lines.tsx')).ComingLines }));

const nobody: readonly WaitingRequest[] = [];

interface StageRequestsProps {
  engine: SessionEngine;
  directory: Directory<PersonSummary>;
  /** Its list opens only when asked: something else has all the room. */
  isQuiet?: boolean;
}

export function StageRequests({ engine, directory, isQuiet = false }: StageRequestsProps) {
  const t = useTexts(requestsTexts);
  const { live, act } = engine;
  const received = useLive(live, ({ slices }) => slices.backstage?.requests);
  const requests = useLive(live, ({ slices }) => slices.all?.requests);
  const speakers = useLive(live, ({ slices }) => slices.all?.lifecycle.speakers) ?? [];
  const onScreen = useLive(live, ({ slices }) => slices.all?.stage.onStage.filter((one) => one.as === 'participant').length ?? 0);
  const isLive = useLive(live, ({ slices }) => slices.all?.lifecycle.phase === 'live');
  const [isOpen, setOpen] = useChosenOpen(engine, isQuiet ? 'quiet' : 'usual');
  const [isHeld, setHeld] = useState(false);
  const waiting = received?.waiting ?? nobody;
  const people = useDirectory(directory, speakers);
  if (!received || !requests || !isLive) return null;

  const decide = async (person: string, how: 'approve' | 'decline') => {
    try {
      await live.submit(`requests.${how}`, { person });
    } catch (error) {
      const { code, details } = error instanceof ApiError ? error : new ApiError(0, 'internal');
      const name = people.get(String(details?.by ?? ''))?.name;
      const words = () =>
        details?.how === 'declined' ? t('alreadyDeclined', { name: name ?? '' }) : t('alreadyApproved', { name: name ?? '' });
      showToast({ tone: 'error', title: code === 'request-decided' && name ? words() : errorText(code, details) });
    }
  };
  const { countdowns, invitations } = received;
  // It opens by itself for the first request, and closes after the last one when nobody is at it; what the speaker chose holds.
  const isShown = isOpen ?? ((!isQuiet && waiting.length + countdowns.length > 0) || isHeld);
  const invited = invitations.length > 0 ? `, ${t('invitedCount', { count: invitations.length })}` : '';
  return (
    <>
      <button
        type="button"
        className={waiting.length > 0 ? 'requests-toggle requests-toggle--waiting' : 'requests-toggle'}
        aria-expanded={isShown}
        onClick={() => setOpen(!isShown)}
      >
        <Hand className="i i--s" aria-hidden="true" />
        {t('waiting', { count: waiting.length })}
        {invited}
      </button>
      <RequestNewsLine engine={engine} directory={directory} waiting={waiting} settled={received.settled} />
      <Suspense fallback={null}>
        {isShown ? (
          <RequestsList
            requests={requests}
            received={received}
            onScreen={onScreen}
            directory={directory}
            serverNow={live.serverNow}
            onDecide={(person, how) => void decide(person, how)}
            onTakeBack={(person) => void act('requests.withdraw-invitation', { person })}
            onSetOpen={(open) => void act('requests.set-open', { open })}
            onSetLimit={(limit) => void act('requests.set-limit', { limit })}
            onHeld={setHeld}
          />
        ) : (
          countdowns.length > 0 && (
            <div className="coming-closed">
              <ComingLines countdowns={countdowns} directory={directory} serverNow={live.serverNow} />
            </div>
          )
        )}
      </Suspense>
    </>
  );
}
