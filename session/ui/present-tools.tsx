// Owns what the bar has for materials: the menu "Present" for speakers, and for everybody else the way to what may be downloaded.
import { Files } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { materialsTitle } from '#features/materials/ui/title.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import type { SessionEngine } from './session-engine.ts';
import { SheetButton } from './sheet-button.tsx';

const PresentMenu = lazy(async () => ({ default: (await import('./present-menu.tsx')).PresentMenu }));

export function PresentTools({ engine, sessionId }: { engine: SessionEngine; sessionId: string }) {
  const mayDirect = useLive(engine.live, ({ slices }) => slices.backstage !== undefined);
  const hasDownloads = useLive(engine.live, ({ slices }) => (slices.all?.materials.downloads.length ?? 0) > 0);
  if (mayDirect)
    return (
      <Suspense fallback={null}>
        <PresentMenu engine={engine} sessionId={sessionId} />
      </Suspense>
    );
  return hasDownloads && <SheetButton sheet="materials" icon={Files} name={materialsTitle()} />;
}
