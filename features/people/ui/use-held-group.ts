// Owns a group of the list as it stands while nobody in it may move: who has left it keeps their place.
import { useMemo } from 'react';
import { useHeldIds } from '#platform/ui/held-ids.ts';

export interface HeldGroup {
  shown: readonly string[];
  /** Who is really there. */
  here: readonly string[];
  isGone: (id: string) => boolean;
}

export function useHeldGroup(ids: readonly string[], isHeld: boolean, search: string): HeldGroup {
  const shown = useHeldIds(ids, isHeld, search);
  // Of thousands who are all there, nobody need be looked up.
  const known = useMemo(() => (shown === ids ? null : new Set(ids)), [shown, ids]);
  return { shown, here: ids, isGone: (id) => known !== null && !known.has(id) };
}
