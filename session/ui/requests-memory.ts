// Owns what a speaker's visit remembers of requests while their list is drawn now beside the tabs, now beside a sheet: what was chosen, and who is no news.
import { useCallback, useEffect, useState } from 'react';
import type { WaitingRequest } from '#features/requests/contract.ts';
import { chime } from '#features/requests/ui/chime.ts';
import type { SessionEngine } from './session-engine.ts';

type Place = 'usual' | 'quiet';

interface Kept {
  /** What the speaker chose about the list; null: it opens and closes by itself. Where it is quiet is another choice. */
  isOpen: Record<Place, boolean | null>;
  /** Requests that were announced. Who asks again is news again. */
  told: Set<string>;
}

const visits = new WeakMap<SessionEngine, Kept>();

function keptOf(engine: SessionEngine): Kept {
  const known = visits.get(engine);
  if (known) return known;
  const made: Kept = { isOpen: { usual: null, quiet: null }, told: new Set() };
  visits.set(engine, made);
  return made;
}

export function useChosenOpen(engine: SessionEngine, place: Place): [boolean | null, (isOpen: boolean) => void] {
  const [isOpen, setOpen] = useState(() => keptOf(engine).isOpen[place]);
  const choose = useCallback(
    (next: boolean) => {
      keptOf(engine).isOpen[place] = next;
      setOpen(next);
    },
    [engine, place],
  );
  return [isOpen, choose];
}

export interface RequestNews {
  /** Grows with each: the same words twice are news twice. */
  turn: number;
  persons: readonly string[];
}

const requestKey = ({ person, askedAt }: WaitingRequest) => `${person} ${askedAt}`;

/** Who has asked since the last time, all of them. Sounds once for those who come together. */
export function useNewRequests(engine: SessionEngine, waiting: readonly WaitingRequest[]): RequestNews {
  const [news, setNews] = useState<RequestNews>({ turn: 0, persons: [] });
  useEffect(() => {
    const { told } = keptOf(engine);
    const fresh = waiting.filter((one) => !told.has(requestKey(one)));
    if (fresh.length === 0) return;
    for (const one of fresh) told.add(requestKey(one));
    chime();
    setNews(({ turn }) => ({ turn: turn + 1, persons: fresh.map((one) => one.person) }));
  }, [engine, waiting]);
  return news;
}
