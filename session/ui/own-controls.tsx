// Owns what somebody on stage has for themself in the bar: the two switches, their keys, and being told what happens to their devices.
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { deviceSettings } from '#features/devices/ui/device-settings.ts';
import { rawOf, trackOf } from '#features/devices/ui/device-status.ts';
import { useDeviceKeys } from '#features/devices/ui/use-device-keys.ts';
import { DeviceSwitches } from '#features/stage/ui/device-switches.tsx';
import type { Switch } from './my-part.ts';
import type { SessionEngine } from './session-engine.ts';
import { sideSheet } from './side-sheet.ts';
import { useToldDevices } from './use-told-devices.ts';

interface OwnControlsProps {
  engine: SessionEngine;
  onSettings: () => void;
}

/** Told as long as somebody may be seen or heard. */
function useTold({ engine, onSettings }: OwnControlsProps): void {
  const { devices } = engine;
  const microphone = useSyncExternalStore(devices.subscribe, () => rawOf(devices.read().microphone));
  useToldDevices(devices, onSettings);
  useEffect(() => {
    if (!microphone) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    const isMuted = () => !engine.readSwitches().microphone;
    const onUnmute = () => isMuted() && void engine.toggle('microphone');
    void Promise.all([import('#features/devices/ui/hearing.ts'), import('#features/devices/ui/tell-devices.ts')]).then(
      ([{ watchVoice }, { tellVoice }]) => {
        if (!isOver) stop = watchVoice(microphone, isMuted, (news) => tellVoice(news, { onUnmute, onSettings }));
      },
    );
    return () => {
      isOver = true;
      stop?.();
    };
  }, [engine, microphone, onSettings]);
}

export function OwnControls({ engine, onSettings }: OwnControlsProps) {
  const switches = useSyncExternalStore(engine.subscribe, engine.readSwitches);
  const microphoneTrack = useSyncExternalStore(engine.devices.subscribe, () => trackOf(engine.devices.read().microphone));
  const hasKeys = useSyncExternalStore(deviceSettings.subscribe, () => deviceSettings.read().keys);
  const toggle = useCallback((name: Switch) => void engine.toggle(name), [engine]);
  useDeviceKeys({ onToggle: toggle, isMicrophoneOn: () => engine.readSwitches().microphone });
  useTold({ engine, onSettings });
  // Off the stage nobody's camera stays open for a preview.
  useEffect(
    () => () => {
      if (sideSheet.read().open === 'backgrounds') sideSheet.close({ focusBack: false });
    },
    [],
  );
  return (
    <DeviceSwitches
      microphone={switches.microphone}
      camera={switches.camera}
      microphoneTrack={microphoneTrack}
      onToggle={toggle}
      hasKeys={hasKeys}
    />
  );
}
