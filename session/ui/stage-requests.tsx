// Owns what speakers see of requests beside the stage: the button with the count, the list under it, the sound, and who decided first.
import { Hand } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { chime } from '#features/requests/ui/chime.ts';
import { requestsTexts } from '#features/requests/ui/texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { ApiError } from '#platform/ui/api.ts';
import { errorText } from '#platform/ui/error-texts.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';

const RequestsList = lazy(async () => ({ default: (await import('#features/requests/ui/requests-list.tsx')).RequestsList }));

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
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const waiting = received?.waiting ?? [];
  const newest = waiting.at(-1)?.person;
  const people = useDirectory(directory, newest ? [newest, ...speakers] : speakers);
  const before = useRef(waiting.length);
  useEffect(() => {
    if (waiting.length > before.current) chime();
    before.current = waiting.length;
  }, [waiting.length]);
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
  // It opens by itself for the first request; what the speaker chose later holds.
  const isShown = isOpen ?? (!isQuiet && waiting.length + received.countdowns.length > 0);
  const name = newest && people.get(newest)?.name;
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
      </button>
      <p className="sr" role="status">
        {name ? t('newRequest', { name }) : ''}
      </p>
      {isShown && (
        <Suspense fallback={null}>
          <RequestsList
            requests={requests}
            received={received}
            onScreen={onScreen}
            directory={directory}
            serverNow={live.serverNow}
            onDecide={(person, how) => void decide(person, how)}
            onSetOpen={(open) => void act('requests.set-open', { open })}
            onSetLimit={(limit) => void act('requests.set-limit', { limit })}
          />
        </Suspense>
      )}
    </>
  );
}
