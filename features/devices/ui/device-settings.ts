// Owns what a person has switched on or off about their devices and keys, for all pages of this browser. Outside React.
import { keepChoice, readChoice } from '#platform/ui/kept-choice.ts';

export interface DeviceSettings {
  noiseSuppression: boolean;
  echoCancellation: boolean;
  /** One's own picture the way a mirror shows it. Others always see it the right way round. */
  mirror: boolean;
  /** M, V and Space. */
  keys: boolean;
  holdToTalk: boolean;
}

const names: readonly (keyof DeviceSettings)[] = ['noiseSuppression', 'echoCancellation', 'mirror', 'keys', 'holdToTalk'];
/** All are on until somebody switches them off. */
const read = (): DeviceSettings =>
  Object.fromEntries(names.map((name) => [name, readChoice(`setting-${name}`) !== 'off'])) as unknown as DeviceSettings;

let settings: DeviceSettings | null = null;
const listeners = new Set<() => void>();

/** The stylesheet turns every picture of oneself by this, wherever it is shown. */
function showMirror(mirror: boolean): void {
  if (typeof document !== 'undefined') document.documentElement.dataset.mirror = mirror ? 'on' : 'off';
}

export const deviceSettings = {
  read(): DeviceSettings {
    if (!settings) {
      settings = read();
      showMirror(settings.mirror);
    }
    return settings;
  },
  change(name: keyof DeviceSettings, on: boolean): void {
    keepChoice(`setting-${name}`, on ? null : 'off');
    settings = { ...deviceSettings.read(), [name]: on };
    showMirror(settings.mirror);
    for (const listener of [...listeners]) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
