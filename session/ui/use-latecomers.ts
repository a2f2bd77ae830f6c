// Owns how many have come since rooms were opened and are in none: they wait in the main call for a speaker.
import { useMemo } from 'react';
import { useLive } from '#platform/live/client/use-live.ts';
import type { SessionEngine } from './session-engine.ts';

const nobody: Readonly<Record<string, 'speaker' | 'participant'>> = {};

export function useLatecomers({ live }: SessionEngine): number {
  const breakouts = useLive(live, ({ slices }) => slices.all?.breakouts);
  const present = useLive(live, ({ slices }) => slices.all?.people.present) ?? nobody;
  const open = breakouts && breakouts.is !== 'none' ? breakouts : null;
  const opening = open?.opening;
  // After a reload whoever is here has been here: the panel lists them among those in the main call.
  // biome-ignore lint/correctness/useExhaustiveDependencies: who was here at the opening, not now.
  const before = useMemo(() => new Set(Object.keys(present)), [opening]);
  if (!open) return 0;
  return Object.keys(present).filter((id) => present[id] === 'participant' && !before.has(id) && !(id in open.where)).length;
}
