// Owns fetching what the inside needs while one is still at the entrance, so that "Join" waits for nothing.
import { warmUpMedia } from '#platform/media/client/warm-up.ts';

type InsideModule = typeof import('./inside.tsx');

const mostAttempts = 4;
const pauseMs = 1500;
let inside: InsideModule | null = null;

const importInside = async (): Promise<InsideModule> => {
  inside = await import('./inside.tsx');
  return inside;
};

/** Null until it has arrived. React.lazy would show a fallback for 300 ms even when it is there already. */
export const arrivedInside = (): InsideModule | null => inside;

/** The network may be away for a moment just when one joins. */
export async function fetchInside(): Promise<InsideModule> {
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
  void warmUpMedia();
}

/** After what is on the screen has been painted. */
export const whenIdle = (work: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 500);

/** What anybody may come to see travels together (tools/chunks): who opens a tab or is shown something should not wait for it. */
export const fetchRestWhenIdle = (): void => void whenIdle(() => void import('./chat-tab.tsx').catch(() => undefined));

/** After the entrance has been painted: its own pictures and words come first. */
export const fetchAheadWhenIdle = (): void => void whenIdle(fetchAhead);
