// Owns what speakers learn of rooms that ask for help, whatever stands in the panel: the queue, its sound, and what a screen reader says.
import { lazy, Suspense, useEffect, useRef } from 'react';
import { roomAnnouncements } from '#features/breakouts/ui/announcements.ts';
import { chime } from '#features/requests/ui/chime.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import { untilArrived } from './arriving.ts';
import type { SessionEngine } from './session-engine.ts';
import { useFocusOnStage } from './use-focus-on-stage.ts';

const HelpCalls = lazy(async () => ({
  default: (await untilArrived(() => import('#features/breakouts/ui/help-calls.tsx'))).HelpCalls,
}));

export function RoomHelp({ engine, directory }: { engine: SessionEngine; directory: Directory<PersonSummary> }) {
  const t = useTexts(roomAnnouncements);
  const keptFocus = useFocusOnStage();
  const { live, act } = engine;
  const calls = useLive(live, ({ slices }) => slices.backstage?.breakouts.help);
  const rooms = useLive(live, ({ slices }) => slices.backstage?.breakouts.rooms);
  const count = calls?.length ?? 0;
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) chime();
    before.current = count;
  }, [count]);
  if (!calls) return null;
  const nameOf = (room: string) => rooms?.find((one) => one.id === room)?.name ?? '';
  const newest = calls.at(-1);
  return (
    <div className="room-help" {...keptFocus}>
      <p className="sr" role="status">
        {newest ? t('help', { room: nameOf(newest.room) }) : ''}
      </p>
      {count > 0 && (
        <Suspense fallback={null}>
          <HelpCalls
            calls={calls}
            nameOf={nameOf}
            directory={directory}
            serverNow={live.serverNow}
            onGo={(room) => void act('breakouts.go', { room })}
            onDismiss={(room) => void act('breakouts.dismiss-help', { room })}
          />
        </Suspense>
      )}
    </div>
  );
}
