// Owns one switch of the device settings with its explanation.
import { useId, useSyncExternalStore } from 'react';
import type { DeviceSettings } from './device-settings.ts';
import { deviceSettings } from './device-settings.ts';

interface SettingSwitchProps {
  name: keyof DeviceSettings;
  label: string;
  text: string;
  /** It means nothing as long as another one is off. */
  isIdle?: boolean;
}

export function SettingSwitch({ name, label, text, isIdle = false }: SettingSwitchProps) {
  const id = useId();
  const on = useSyncExternalStore(deviceSettings.subscribe, () => deviceSettings.read()[name]);
  return (
    <div className="setting">
      <span className="setting-words">
        <b id={`${id}-label`}>{label}</b>
        <span className="muted" id={`${id}-text`}>
          {text}
        </span>
      </span>
      <button
        type="button"
        className="switch"
        role="switch"
        aria-checked={on && !isIdle}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-text`}
        disabled={isIdle}
        onClick={() => deviceSettings.change(name, !on)}
      />
    </div>
  );
}
