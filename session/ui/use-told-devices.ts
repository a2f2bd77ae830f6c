// Owns that somebody who uses their devices is told what happens to them. The words are fetched only then.
import { useEffect } from 'react';
import type { DeviceStore } from '#features/devices/ui/device-store.ts';

/** `onSettings`: where there is a place to choose devices other than the one before one's eyes. It must not change. */
export function useToldDevices(devices: DeviceStore, onSettings?: () => void): void {
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isOver = false;
    void import('#features/devices/ui/tell-devices.ts').then(({ tellDevices }) => {
      if (!isOver) stop = tellDevices(devices, onSettings);
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [devices, onSettings]);
}
