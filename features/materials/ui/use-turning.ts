// Owns which page I see: the presenter's, the one that I turn to as the presenter (before the server has answered), or one of my own.
import { useEffect, useRef, useState } from 'react';
import { NewestOnly } from './newest-only.ts';

interface Turning {
  pages: number;
  /** Where the presenter is. */
  page: number;
  /** What I turn, everybody sees. */
  mayTurn: boolean;
  onTurn(page: number): Promise<boolean>;
}

export interface ShownPage {
  page: number;
  /** I look at pages for myself. */
  isAlone: boolean;
  go(page: number): void;
  follow(): void;
}

/** A press that another of my tabs overruled must not stay shown. */
const forgetPressAfterMs = 2000;

export function useTurning({ pages, page, mayTurn, onTurn }: Turning): ShownPage {
  const [pressed, setPressed] = useState<number | null>(null);
  const [own, setOwn] = useState<number | null>(null);
  const turn = useRef(onTurn);
  turn.current = onTurn;
  const [turns] = useState(
    () =>
      new NewestOnly<number>(
        (next) => turn.current(next),
        (next) => setPressed((now) => (now === next ? null : now)),
      ),
  );
  // Who begins or ends to present sees what all see.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change that counts.
  useEffect(() => {
    setPressed(null);
    setOwn(null);
  }, [mayTurn]);
  useEffect(() => {
    if (pressed === null) return;
    if (pressed === page) setPressed(null);
    const timer = setTimeout(() => setPressed(null), forgetPressAfterMs);
    return () => clearTimeout(timer);
  }, [pressed, page]);
  const shown = mayTurn ? (pressed ?? page) : (own ?? page);
  return {
    page: shown,
    isAlone: !mayTurn && own !== null,
    go: (to) => {
      const next = Math.min(pages, Math.max(1, to));
      if (next === shown) return;
      if (!mayTurn) {
        setOwn(next);
        return;
      }
      setPressed(next);
      turns.ask(next);
    },
    follow: () => setOwn(null),
  };
}
