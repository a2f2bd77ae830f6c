// Owns what a screen reader is told by itself: that the Session has started.
import { useEffect, useRef, useState } from 'react';
import type { Phase } from '#features/lifecycle/contract.ts';
import { lifecycleTexts } from '#features/lifecycle/ui/texts.ts';
import { useTexts } from '#platform/ui/texts.ts';

export function Announcer({ phase }: { phase: Phase | undefined }) {
  const t = useTexts(lifecycleTexts);
  const before = useRef(phase);
  const [hasStarted, setStarted] = useState(false);
  useEffect(() => {
    if (before.current === 'scheduled' && phase === 'live') setStarted(true);
    before.current = phase;
  }, [phase]);
  return (
    <p className="sr" role="status">
      {hasStarted ? t('announceStarted') : ''}
    </p>
  );
}
