// Owns the participant's way to the stage in the bar and beside the tabs: asking, withdrawing, waiting to ask again, leaving the stage.
import { Hand, LogOut, Undo2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { OwnRequestsState } from '#features/requests/contract.ts';
import { requestsTexts } from '#features/requests/ui/texts.ts';
import '#features/requests/ui/requests.css';
import { useLive, useServerNow } from '#platform/live/client/use-live.ts';
import { formatClock } from '#platform/ui/format.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { PersonSlice } from '#session/state.ts';
import { askToCome } from './ask-to-come.ts';
import type { SessionEngine } from './session-engine.ts';
import { useFocusAfterCountdown } from './use-focus-after-countdown.ts';

const RequestDialog = lazy(async () => ({ default: (await import('./request-dialog.tsx')).RequestDialog }));

export function useOwnRequests(engine: SessionEngine): OwnRequestsState | undefined {
  return useLive(engine.live, ({ slices, personId }) => {
    const own = personId ? (slices[`person:${personId}`] as PersonSlice | undefined) : undefined;
    return own?.requests;
  });
}

interface JoinRequestProps {
  engine: SessionEngine;
  /** `bar`: a tool below the stage; `tab`: a line above a tab's content. */
  place: 'bar' | 'tab';
}

export function JoinRequest({ engine, place }: JoinRequestProps) {
  const t = useTexts(requestsTexts);
  const { live, act } = engine;
  const own = useOwnRequests(engine);
  const isLive = useLive(live, ({ slices }) => slices.all?.lifecycle.phase === 'live');
  const isOpen = useLive(live, ({ slices }) => slices.all?.requests.open ?? true);
  const onStage = useLive(live, ({ slices, personId }) =>
    slices.all?.stage.onStage.some((one) => one.person === personId && one.as === 'participant'),
  );
  const now = useServerNow(live.serverNow, 1000);
  const [isAsking, setAsking] = useState(false);
  useFocusAfterCountdown(place === 'bar' && Boolean(own?.countdown), Boolean(onStage));
  const isClosed = !isOpen && !own?.invitation;
  const isOver = isAsking && (isClosed || Boolean(onStage || own?.request || own?.countdown));
  useEffect(() => {
    if (!isOver) return;
    setAsking(false);
    if (isClosed) showToast({ tone: 'wait', title: t('closed') });
  }, [isOver, isClosed, t]);
  if (engine.as !== 'participant' || !isLive || own?.countdown) return null;

  const button = (label: string, Icon: typeof Hand, onClick: () => void, isAccented = false, disabled = false) => {
    const accented = place === 'bar' ? 'tool tool--join' : 'btn btn--primary btn--s';
    const quiet = place === 'bar' ? 'tool' : 'btn btn--s';
    return (
      <button
        type="button"
        className={isAccented ? accented : quiet}
        aria-label={label}
        title={label}
        aria-disabled={disabled || undefined}
        onClick={() => !disabled && onClick()}
      >
        <Icon className="i" aria-hidden="true" />
        <span>{label}</span>
      </button>
    );
  };
  const waitMs = own?.declined ? Date.parse(own.declined.mayAskAgainAt) - now : 0;
  const line = () => {
    if (place === 'bar') return null;
    if (own?.request) return t('asked');
    if (isClosed) return t('closed');
    return waitMs > 0 ? t('askAgain', { time: formatClock(waitMs) }) : null;
  };
  const way = () => {
    if (onStage) return place === 'bar' ? button(t('leaveStage'), LogOut, () => void act('stage.leave', {})) : null;
    if (own?.request) return button(t('withdraw'), Undo2, () => void act('requests.withdraw', {}));
    if (isClosed) return null;
    return button(t('join'), Hand, () => setAsking(true), true, waitMs > 0);
  };
  const words = onStage ? null : line();
  // The same button whatever it says, so that the focus stays on it.
  const shown = way();
  if (!words && !shown) return null;
  return (
    <>
      {place === 'tab' ? (
        <div className="join-request">
          {words && <p className="muted">{words}</p>}
          {shown}
        </div>
      ) : (
        shown
      )}
      {isAsking && !isOver && (
        <Suspense fallback={null}>
          <RequestDialog
            devices={engine.devices}
            isInvited={false}
            onPreview={engine.preview}
            onSend={(chosen) => askToCome(engine, 'requests.send', chosen)}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  );
}
