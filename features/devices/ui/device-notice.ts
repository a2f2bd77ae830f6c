// Owns what a device store has to say beyond its state: things that happened, for whoever tells the person.
import type { PickerKind } from './device-list.ts';
import type { DeviceKind, DeviceTrouble } from './device-trouble.ts';

export type DeviceNotice =
  /** A change that was asked for failed; what was in use still is. */
  | { is: 'kept'; kind: DeviceKind; trouble: DeviceTrouble }
  /** What was in use is gone; `now` took over, if anything did. */
  | { is: 'unplugged'; kind: DeviceKind; label: string; now: string | null }
  /** What was in use was taken away without having been pulled out: by the browser, the system or another program. */
  | { is: 'lost'; kind: DeviceKind; trouble: DeviceTrouble }
  /** Somebody plugged something in: one piece of hardware, perhaps of several kinds. */
  | { is: 'arrived'; label: string; devices: readonly { kind: PickerKind; id: string }[] }
  /** The system, or a switch on the device, keeps everything from us. */
  | { is: 'silenced'; kind: DeviceKind }
  | { is: 'look-failed' }
  | { is: 'look-too-slow' };
