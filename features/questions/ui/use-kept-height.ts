// Owns that a row whose words go keeps its height, so that nothing below it moves under a hand.
import type { CSSProperties, RefObject } from 'react';
import { useRef } from 'react';

interface KeptHeight {
  row: RefObject<HTMLLIElement | null>;
  style: CSSProperties | undefined;
}

export function useKeptHeight(isGone: boolean): KeptHeight {
  const row = useRef<HTMLLIElement>(null);
  const height = useRef<number | undefined>(undefined);
  // Only now is the row still as high as its words made it: after this drawing they are gone.
  if (isGone) height.current ??= row.current?.getBoundingClientRect().height;
  else height.current = undefined;
  return { row, style: isGone ? { minHeight: height.current } : undefined };
}
