// Owns reading one's own conversation from React. Its code comes once the page is idle: most people never need it.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Correspondence, CorrespondenceSnapshot } from './correspondence.ts';

const unknown: CorrespondenceSnapshot = { phase: 'asking', talk: null, personId: null, unread: 0, lastAnswer: null };
const readUnknown = () => unknown;
const never = () => () => undefined;
const retryMs = 3000;

const whenIdle = (work: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 500);

export function useCorrespondence(slug: string): CorrespondenceSnapshot & { one: Correspondence | null } {
  const [one, setOne] = useState<Correspondence | null>(null);
  useEffect(() => {
    let release = () => undefined as undefined;
    let gone = false;
    const fetch = async () => {
      try {
        const { shareCorrespondence } = await import('./correspondence.ts');
        if (gone) return;
        const share = shareCorrespondence(slug);
        release = () => void share.release() as undefined;
        setOne(share.one);
      } catch {
        // The network is away for a moment.
        if (!gone) setTimeout(() => void fetch(), retryMs);
      }
    };
    whenIdle(() => void fetch());
    return () => {
      gone = true;
      setOne(null);
      release();
    };
  }, [slug]);
  return { ...useSyncExternalStore(one?.subscribe ?? never, one?.read ?? readUnknown), one };
}
