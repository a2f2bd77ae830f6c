// Owns the sheet "Settings" of a Session: the devices' own settings, with how this person's connection is.
import { useSyncExternalStore } from 'react';
import { SettingsPanel } from '#features/devices/ui/settings-panel.tsx';
import { useLive } from '#platform/live/client/use-live.ts';
import { useMedia } from '#platform/media/client/use-media.ts';
import type { SheetProps } from './side-sheet-place.tsx';

export function SettingsSheet({ engine }: SheetProps) {
  const self = useLive(engine.live, ({ personId }) => personId);
  const { onStage, inRoom, isComing } = useSyncExternalStore(engine.subscribe, engine.readSwitches);
  const connection = useMedia(engine.media, ({ status, poor }) => {
    // Who waits for the start has none yet.
    if (status.is === 'idle') return null;
    if (status.is !== 'connected') return 'away';
    return self && poor.has(self) ? 'poor' : 'good';
  });
  return <SettingsPanel store={engine.devices} connection={connection} isListener={!onStage && !inRoom && !isComing} />;
}
