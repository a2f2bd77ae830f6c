// Owns "Start Session": until it is possible it stays in reach, and says from when it is.
import { useId, useState } from 'react';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { BusyButton } from '#platform/ui/busy-button.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useFormat } from '#platform/ui/viewer.ts';
import type { LifecycleState } from '../contract.ts';
import { startPossibleAt } from '../contract.ts';
import { lifecycleTexts } from './texts.ts';

interface StartSessionProps {
  lifecycle: LifecycleState;
  serverNow: () => number;
  /** Resolves when it was accepted or refused. */
  onStart: () => Promise<unknown>;
}

export function StartSession({ lifecycle, serverNow, onStart }: StartSessionProps) {
  const t = useTexts(lifecycleTexts);
  const format = useFormat();
  const id = useId();
  const [busy, setBusy] = useState(false);
  const possibleAt = startPossibleAt(lifecycle);
  const isPossible = useServerNow(serverNow, 1000) >= Date.parse(possibleAt);
  const reason = t('possibleFrom', { time: format.time(possibleAt) });
  const start = async () => {
    if (!isPossible) return;
    setBusy(true);
    await onStart();
    setBusy(false);
  };
  return (
    <>
      {!isPossible && (
        <span className="start-reason quiet num" id={id}>
          {reason}
        </span>
      )}
      <BusyButton
        className="btn btn--primary"
        busy={busy}
        aria-disabled={!isPossible || undefined}
        aria-describedby={isPossible ? undefined : id}
        title={isPossible ? undefined : reason}
        onClick={start}
      >
        {t(busy ? 'starting' : 'start')}
      </BusyButton>
    </>
  );
}
