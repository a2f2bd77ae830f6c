// Owns the moment in which the curtain goes up for those who wait: when LiveKit has answered, since drawing the stage would hold that up on the same thread.
import { useEffect, useState } from 'react';
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import type { MediaClient } from '#platform/media/client/media-client.ts';

type Phase = LifecycleState['phase'];

/** The stage is shown this long after the start, answered or not. */
const longestMs = 300;

/** The phase to draw: the state's, only that the start is shown a moment later. */
export function useCurtain(phase: Phase | undefined, media: MediaClient): Phase | undefined {
  const [shown, setShown] = useState(phase);
  const isStart = shown === 'scheduled' && phase === 'live';
  useEffect(() => {
    if (!isStart) {
      setShown(phase);
      return;
    }
    let isCurrent = true;
    void media.whenAnswered(longestMs).then(() => isCurrent && setShown('live'));
    return () => {
      isCurrent = false;
    };
  }, [phase, isStart, media]);
  return isStart ? shown : phase;
}
