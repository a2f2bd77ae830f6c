// Owns fetching what the inside needs while one is still at the entrance, so that "Join" waits for nothing.
import { loadLivekit } from '#platform/media/client/load-livekit.ts';

const importInside = () => import('./inside.tsx');

const mostAttempts = 4;
const pauseMs = 1500;

/** The network may be away for a moment just when one joins. */
export async function fetchInside(): ReturnType<typeof importInside> {
  for (let attempt = 1; attempt < mostAttempts; attempt++) {
    try {
      return await importInside();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return importInside();
}

/** Failing here is no loss: joining asks again. */
export function fetchAhead(): void {
  void importInside().catch(() => undefined);
  void loadLivekit().catch(() => undefined);
}

const whenIdle = (work: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 500);

/** After the entrance has been painted: its own pictures and words come first. */
export const fetchAheadWhenIdle = (): void => void whenIdle(fetchAhead);
