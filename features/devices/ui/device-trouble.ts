// Owns why a camera or microphone cannot be had, in the words that browsers use for it, and which browser that is. Pure.

export type DeviceKind = 'camera' | 'microphone';
/** `blocked`: by the person or the browser. `blocked-by-system`: by the operating system. `insecure`: no HTTPS, no devices at all. `look-failed`: only the background. */
export type DeviceTrouble = 'blocked' | 'blocked-by-system' | 'missing' | 'busy' | 'insecure' | 'look-failed' | 'failed';

export function troubleOf(error: unknown): DeviceTrouble {
  const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
    case 'PermissionDeniedError':
      return /by system|by the (operating )?system/i.test(message) ? 'blocked-by-system' : 'blocked';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

/** Where the way to mend a refusal differs. On iPhones and iPads all browsers are Safari underneath, and the system decides. */
export type Browser = 'chrome' | 'edge' | 'firefox' | 'safari' | 'ios' | 'android-chrome' | 'android-edge' | 'android-firefox';

/** What a browser says of itself, as in `navigator`. */
export interface SaidOfBrowser {
  userAgent?: string;
  maxTouchPoints?: number;
}

/** iPads give themselves out as Macs, which have no screen to touch. */
const isIos = ({ userAgent = '', maxTouchPoints = 0 }: SaidOfBrowser): boolean =>
  /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);

export const isPhone = (said: SaidOfBrowser = {}): boolean => isIos(said) || /Android/.test(said.userAgent ?? '');

export function browserOf(said: SaidOfBrowser = {}): Browser {
  if (isIos(said)) return 'ios';
  const { userAgent = '' } = said;
  const isAndroid = /Android/.test(userAgent);
  if (/Edg(e|A)?\//.test(userAgent)) return isAndroid ? 'android-edge' : 'edge';
  if (/Firefox\//.test(userAgent)) return isAndroid ? 'android-firefox' : 'firefox';
  if (/Safari\//.test(userAgent) && !/Chrom(e|ium)\//.test(userAgent)) return 'safari';
  return isAndroid ? 'android-chrome' : 'chrome';
}
