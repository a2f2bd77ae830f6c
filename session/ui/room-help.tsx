// Owns what speakers see of rooms that ask for help, whatever stands in the panel: the queue, and its sound.
import { lazy, Suspense, useEffect, useRef } from 'react';
import { chime } from '#features/requests/ui/chime.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';

const HelpCalls = lazy(async () => ({ default: (await import('#features/breakouts/ui/help-calls.tsx')).HelpCalls }));

export function RoomHelp({ engine, directory }: { engine: SessionEngine; directory: Directory<PersonSummary> }) {
  const { live, act } = engine;
  const calls = useLive(live, ({ slices }) => slices.backstage?.breakouts.help);
  const rooms = useLive(live, ({ slices }) => slices.backstage?.breakouts.rooms);
  const count = calls?.length ?? 0;
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) chime();
    before.current = count;
  }, [count]);
  if (!calls || count === 0) return null;
  return (
    <Suspense fallback={null}>
      <HelpCalls
        calls={calls}
        nameOf={(room) => rooms?.find((one) => one.id === room)?.name ?? ''}
        directory={directory}
        serverNow={live.serverNow}
        onGo={(room) => void act('breakouts.go', { room })}
        onDismiss={(room) => void act('breakouts.dismiss-help', { room })}
      />
    </Suspense>
  );
}
