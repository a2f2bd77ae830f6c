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

export const noChoice: ChosenDevices = { camera: '', microphone: '', speaker: '' };
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

/** What is new in the lists, as pieces of hardware: a headset is a microphone and a speaker. Nothing where no names were known before. */
export function arrivals(
  before: DeviceLists,
  after: DeviceLists,
): { label: string; devices: { kind: PickerKind; id: string }[] }[] {
  const found = new Map<string, { label: string; devices: { kind: PickerKind; id: string }[] }>();
  for (const kind of ['microphone', 'camera', 'speaker'] as const) {
    if (before[kind].length === 0 && kind !== 'camera') continue;
    if (!Object.values(before).some((list) => list.some((one) => one.label))) continue;
    for (const one of after[kind]) {
      if (!one.label || before[kind].some(({ id }) => id === one.id)) continue;
      const key = one.group || one.id;
      const piece = found.get(key) ?? { label: one.label, devices: [] };
      piece.devices.push({ kind, id: one.id });
      found.set(key, piece);
    }
  }
  return [...found.values()];
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
