// Owns which order a list of questions shows, from one drawing to the next: the rank's, or the held one.
import { useLayoutEffect, useReducer, useRef } from 'react';
import type { HeldOrder, ShownQuestion } from './held-order.ts';
import { freshOrder, heldOrder } from './held-order.ts';

/** `of` names the list: with another tab or search nothing is held. */
export function useHeldOrder<Q extends { number: number }>(
  ranked: readonly Q[],
  find: (number: number) => Q | undefined,
  isHeld: boolean,
  of: string,
): HeldOrder<Q> & { sortAgain: () => void } {
  const last = useRef<{ of: string; shown: readonly ShownQuestion<Q>[] } | null>(null);
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const before = isHeld && last.current?.of === of ? last.current.shown : null;
  const order = before ? heldOrder(before, ranked, find) : freshOrder(ranked);
  useLayoutEffect(() => {
    last.current = { of, shown: order.shown };
  });
  const sortAgain = () => {
    last.current = null;
    renderAgain();
  };
  return { ...order, sortAgain };
}
