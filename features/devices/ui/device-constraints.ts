// Owns how devices are asked for: which one, how large a picture, which treatment of sound.
import { readChoice } from '#platform/ui/kept-choice.ts';
import { type Machine, type PictureSize, pictureSizeFor } from '../picture-size.ts';
import { deviceSettings } from './device-settings.ts';
import type { DeviceKind } from './device-trouble.ts';
import { isPhone } from './device-trouble.ts';

type WithMemory = Navigator & { deviceMemory?: number };

function thisMachine(): Machine {
  const { hardwareConcurrency: cores, deviceMemory: memoryGb, userAgent = '' } = (globalThis.navigator ?? {}) as WithMemory;
  return { cores, memoryGb, isPhone: isPhone(userAgent), wasTooSlow: readChoice('too-slow') !== null };
}

export const pictureSize = (): PictureSize => pictureSizeFor(thisMachine());

/** An empty id is the browser's own choice. */
export function constraintsOf(kind: DeviceKind, id: string): MediaTrackConstraints {
  const device = id ? { deviceId: { exact: id } } : {};
  if (kind === 'camera') {
    const { width, height, frameRate } = pictureSize();
    return { ...device, width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frameRate } };
  }
  const { echoCancellation, noiseSuppression } = deviceSettings.read();
  return { ...device, echoCancellation, noiseSuppression, autoGainControl: true };
}
