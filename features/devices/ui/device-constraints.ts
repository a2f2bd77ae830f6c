// Owns how devices are asked for: which one, how large a picture, which treatment of sound; and which machine this is.
import { keepChoice, readChoice } from '#platform/ui/kept-choice.ts';
import { plainLook } from '../contract.ts';
import { type Machine, type PictureSize, pictureSizeFor } from '../picture-size.ts';
import { deviceSettings } from './device-settings.ts';
import type { DeviceKind } from './device-trouble.ts';
import { browserOf, isPhone } from './device-trouble.ts';

type WithMemory = Navigator & { deviceMemory?: number };

/** Another program may have been what made it slow: tomorrow it is tried again. */
const slowForMs = 24 * 60 * 60 * 1000;

export const noteTooSlow = (now = Date.now()): void => keepChoice('too-slow-at', String(now));

function wasTooSlow(now: number): boolean {
  const at = readChoice('too-slow-at');
  return at !== null && now - Number(at) < slowForMs;
}

function thisMachine(look: string, now: number): Machine {
  const here = globalThis.navigator as WithMemory | undefined;
  const { hardwareConcurrency, deviceMemory: memoryGb } = here ?? {};
  // Every iPhone and iPad says four, the fastest too.
  const cores = browserOf(here) === 'ios' ? undefined : hardwareConcurrency;
  return { cores, memoryGb, isPhone: isPhone(here), wasTooSlow: look !== plainLook && wasTooSlow(now) };
}

/** `look`: what the picture will go through, which is what takes the machine's time. */
export const pictureSize = (look: string, now = Date.now()): PictureSize => pictureSizeFor(thisMachine(look, now));

/** An empty id is the browser's own choice. */
export function constraintsOf(kind: DeviceKind, id: string, look: string): MediaTrackConstraints {
  const device = id ? { deviceId: { exact: id } } : {};
  if (kind === 'camera') {
    const { width, height, frameRate } = pictureSize(look);
    return { ...device, width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frameRate } };
  }
  const { echoCancellation, noiseSuppression } = deviceSettings.read();
  return { ...device, echoCancellation, noiseSuppression, autoGainControl: true };
}
