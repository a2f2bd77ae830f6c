// Owns the sheet "Virtual backgrounds" of a Session.
import { BackgroundsPanel } from './backgrounds-panel.tsx';
import type { SheetProps } from './side-sheet-place.tsx';

export function BackgroundsSheet({ engine }: SheetProps) {
  return <BackgroundsPanel devices={engine.devices} />;
}
