// Owns reading who is seen where I am. On the way to another place, the former one stays on screen until the next is there.
import { useMemo, useRef } from 'react';
import type { OnStage } from '#features/stage/contract.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useMedia } from '#platform/media/client/use-media.ts';
import { peopleHere, sameIfSame } from './room-view.ts';
import type { SessionEngine } from './session-engine.ts';

export function usePeopleHere({ live, media }: SessionEngine): readonly OnStage[] {
  const select = useMemo(() => {
    let before: OnStage[] = [];
    return ({ slices, personId }: ReturnType<typeof live.read>) => {
      before = sameIfSame(before, peopleHere(slices, personId));
      return before;
    };
  }, []);
  const people = useLive(live, select);
  const isMoving = useMedia(media, ({ moving }) => moving);
  const shown = useRef(people);
  if (!isMoving) shown.current = people;
  return shown.current;
}
