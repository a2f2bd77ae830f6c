// Owns which rows a list shows while it must not move: what stands there stays, what is new comes last. When that is so, use-is-held.ts says.
import { useLayoutEffect, useRef } from 'react';

export function heldIds(before: readonly string[], now: readonly string[]): readonly string[] {
  const known = new Set(before);
  const fresh = now.filter((id) => !known.has(id));
  return fresh.length > 0 ? [...before, ...fresh] : before;
}

/** Also has ids that are not in `now` any more. `of` names the list: with another search nothing is held. */
export function useHeldIds(now: readonly string[], isHeld: boolean, of = ''): readonly string[] {
  const last = useRef<{ of: string; ids: readonly string[] } | null>(null);
  const ids = isHeld && last.current?.of === of ? heldIds(last.current.ids, now) : now;
  useLayoutEffect(() => {
    last.current = { of, ids };
  });
  return ids;
}
