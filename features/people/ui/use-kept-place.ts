// Owns that the list of people is where one left it after a look at another tab: what was searched for, and how far it was scrolled.
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useState } from 'react';

/** Outlives the list; whoever shows the tabs holds it. */
export interface KeptPlace {
  search: string;
  top: number;
}

export function useKeptPlace(kept: KeptPlace, scroller: RefObject<HTMLElement | null>): [string, (search: string) => void] {
  const [search, setSearch] = useState(kept.search);
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = kept.top;
  }, [kept, scroller]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      // A list that is not drawn stands at its beginning; that is nobody's choice.
      if (element.clientHeight > 0) kept.top = element.scrollTop;
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [kept, scroller]);
  return [
    search,
    (next) => {
      kept.search = next;
      setSearch(next);
    },
  ];
}
