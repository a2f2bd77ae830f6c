// Owns looking up what a person may send to support with their first message. Asks for no permission, and sends nothing.
import { api } from '#platform/ui/api.ts';
import { currentLanguage } from '#platform/ui/texts.ts';
import { browserTimeZone } from '#platform/ui/viewer.ts';
import type { DevicePermission, Diagnostics } from '../contract.ts';
import { supportPath } from '../contract.ts';
import { browserName, systemName } from './browser-names.ts';
import { keptErrors } from './error-ring.ts';
import type { Surroundings } from './surroundings.ts';

const kinds: Record<MediaDeviceKind, Diagnostics['devices'][number]['kind']> = {
  videoinput: 'camera',
  audioinput: 'microphone',
  audiooutput: 'speaker',
};
const mostDevices = 30;
const longestLabel = 120;

async function permissionOf(name: 'camera' | 'microphone'): Promise<DevicePermission> {
  try {
    // Firefox does not know these names, and says so by throwing.
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    return 'unknown';
  }
}

async function devices(): Promise<Diagnostics['devices']> {
  const infos = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  return infos
    .filter((one) => one.deviceId !== 'default' && one.deviceId !== 'communications')
    .slice(0, mostDevices)
    .map((one) => ({ kind: kinds[one.kind], label: one.label.slice(0, longestLabel) }));
}

async function roundTripMs(slug: string): Promise<number | null> {
  const startedAt = performance.now();
  try {
    await api.get(supportPath(slug));
    return Math.round(performance.now() - startedAt);
  } catch {
    return null;
  }
}

interface NetworkEstimate {
  effectiveType?: string;
  downlink?: number;
}

export async function collectDiagnostics(slug: string, readCall: Surroundings['readCall'] = null): Promise<Diagnostics> {
  const [camera, microphone, found, roundTrip] = await Promise.all([
    permissionOf('camera'),
    permissionOf('microphone'),
    devices(),
    roundTripMs(slug),
  ]);
  const estimate = (navigator as Navigator & { connection?: NetworkEstimate }).connection;
  return {
    browser: browserName(navigator.userAgent),
    system: systemName(navigator.userAgent),
    language: currentLanguage(),
    timeZone: browserTimeZone(),
    screen: `${innerWidth} × ${innerHeight}`,
    camera,
    microphone,
    devices: found,
    connection: {
      online: navigator.onLine,
      roundTripMs: roundTrip,
      kind: estimate?.effectiveType ?? null,
      downlinkMbps: estimate?.downlink ?? null,
    },
    call: readCall?.() ?? null,
    errors: keptErrors(),
  };
}
