// Owns how a camera or microphone stands, and the track that others get of it.
import type { DeviceTrouble } from './device-trouble.ts';

export type DeviceStatus =
  | { is: 'off' }
  | { is: 'starting' }
  /** `track` is what others get, `raw` what the device gives. `silenced`: the system or a switch on the device holds it back. */
  | { is: 'on'; track: MediaStreamTrack; raw: MediaStreamTrack; silenced: boolean }
  /** `isTold`: there is a notice of it too (device-notice.ts). */
  | { is: 'trouble'; trouble: DeviceTrouble; isTold?: true };

export const trackOf = (status: DeviceStatus): MediaStreamTrack | null => (status.is === 'on' ? status.track : null);
export const rawOf = (status: DeviceStatus): MediaStreamTrack | null => (status.is === 'on' ? status.raw : null);
