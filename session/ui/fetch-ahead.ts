// Owns fetching what the inside needs while one is still at the entrance, so that "Join" waits for nothing.
import { loadLivekit } from '#platform/media/client/load-livekit.ts';

export const importInside = () => import('./inside.tsx');

/** Failing here is no loss: joining asks again. */
export function fetchAhead(): void {
  void importInside().catch(() => undefined);
  void loadLivekit().catch(() => undefined);
}

const whenIdle = (work: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 500);

/** After the entrance has been painted: its own pictures and words come first. */
export const fetchAheadWhenIdle = (): void => void whenIdle(fetchAhead);
