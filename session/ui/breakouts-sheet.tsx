// Owns what the sheet "Breakout Rooms" receives of the state.
import { RoomsPanel } from '#features/breakouts/ui/rooms-panel.tsx';
import { useLive } from '#platform/live/client/use-live.ts';
import type { SheetProps } from './side-sheet-place.tsx';

const none: readonly string[] = [];

export function BreakoutsSheet({ info, engine, directory }: SheetProps) {
  const { live, act } = engine;
  const breakouts = useLive(live, ({ slices }) => slices.all?.breakouts);
  const plan = useLive(live, ({ slices }) => slices.backstage?.breakouts);
  const present = useLive(live, ({ slices }) => slices.all?.people.present);
  const support = useLive(live, ({ slices }) => slices.all?.lifecycle.support) ?? none;
  const isLive = useLive(live, ({ slices }) => slices.all?.lifecycle.phase === 'live');
  return (
    breakouts &&
    plan &&
    present && (
      <RoomsPanel
        sessionId={info.point.id}
        breakouts={breakouts}
        plan={plan}
        present={present}
        support={support}
        isLive={isLive}
        directory={directory}
        serverNow={live.serverNow}
        act={act}
      />
    )
  );
}
