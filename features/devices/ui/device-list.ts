// Owns the lists of cameras, microphones and speakers as a picker shows them, and which of each was chosen last time.
import { keepChoice, readChoice } from '#platform/ui/kept-choice.ts';

export type PickerKind = 'camera' | 'microphone' | 'speaker';
export interface DeviceChoice {
  id: string;
  /** Empty until the browser may tell names: after the first permission. */
  label: string;
  /** Shared by what is one piece of hardware; tells which device an alias stands for. */
  group: string;
}
export type DeviceLists = Record<PickerKind, readonly DeviceChoice[]>;
/** An empty id means the system's default. */
export type ChosenDevices = Record<PickerKind, string>;

export const noDevices: DeviceLists = { camera: [], microphone: [], speaker: [] };
const pickerKinds: Record<MediaDeviceKind, PickerKind> = {
  videoinput: 'camera',
  audioinput: 'microphone',
  audiooutput: 'speaker',
};

/** "default" and "communications" are Chromium's aliases of devices that are in the list anyway. */
const isAlias = (id: string) => id === 'default' || id === 'communications';

export function listsOf(infos: readonly MediaDeviceInfo[]): DeviceLists {
  const lists: Record<PickerKind, DeviceChoice[]> = { camera: [], microphone: [], speaker: [] };
  for (const { kind, deviceId, label, groupId } of infos) {
    if (deviceId && !isAlias(deviceId)) lists[pickerKinds[kind]].push({ id: deviceId, label, group: groupId });
  }
  return lists;
}

/** Which of the listed devices a track comes from. */
export function deviceOf(list: readonly DeviceChoice[], track: MediaStreamTrack | null): DeviceChoice | undefined {
  const { deviceId, groupId } = track?.getSettings() ?? {};
  return list.find((one) => one.id === deviceId) ?? list.find((one) => groupId && one.group === groupId);
}

export const readChosen = (): ChosenDevices => ({
  camera: readChoice('camera') ?? '',
  microphone: readChoice('microphone') ?? '',
  speaker: readChoice('speaker') ?? '',
});

export const keepChosen = (kind: PickerKind, id: string): void => keepChoice(kind, id || null);
