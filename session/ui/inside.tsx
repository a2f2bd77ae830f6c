// Owns one visit inside: makes the engine for as long as it lasts.
import '#features/breakouts/ui/breakouts.css';
import '#features/chat/ui/chat.css';
import '#features/people/ui/people.css';
import '#features/stage/ui/stage-tiles.css';
import { useEffect, useState } from 'react';
import type { DeviceStore } from '#features/devices/ui/device-store.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import type { Departure } from './departure.ts';
import type { Entry } from './entry-memory.ts';
import { InsideFrame } from './inside-frame.tsx';
import { openEngine } from './open-engine.ts';
import type { SessionEngine } from './session-engine.ts';

export { openEngine };

interface InsideProps {
  info: EntranceInfo;
  entry: Entry;
  devices: DeviceStore;
  /** Made by the click that led here; without one (a reload), this visit makes its own. */
  opened: SessionEngine | null;
  onDeparture: (departure: Departure) => void;
}

export function Inside({ info, entry, devices, opened, onDeparture }: InsideProps) {
  const [engine, setEngine] = useState(opened);
  // What one joined with is fixed for the visit; later changes are the engine's own memory.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new engine would be a new visit.
  useEffect(() => {
    const made = opened && !opened.isStopped ? opened : openEngine(info, entry, devices);
    setEngine(made);
    return () => made.stop();
  }, []);
  return engine && <InsideFrame info={info} engine={engine} onDeparture={onDeparture} />;
}
