// Owns how diagnostics are put into words: every field, the same before sending and at the desk.
import type { Translate } from '#platform/ui/texts.ts';
import type { Diagnostics } from '../contract.ts';
import type { supportTexts } from './texts.ts';

type Words = Parameters<typeof supportTexts.t>[0];
type T = Translate<Record<Words, string>>;
export interface DiagnosticsRow {
  key: string;
  label: string;
  values: string[];
}

const deviceWord = { camera: 'deviceCamera', microphone: 'deviceMicrophone', speaker: 'deviceSpeaker' } as const;

function deviceLines(devices: Diagnostics['devices'], t: T): string[] {
  if (devices.length === 0) return [t('none')];
  const named = devices.filter((one) => one.label);
  if (named.length > 0) return named.map(({ kind, label }) => t(deviceWord[kind], { label }));
  const count = (kind: string) => devices.filter((one) => one.kind === kind).length;
  return [t('devicesUnnamed', { cameras: count('camera'), microphones: count('microphone'), speakers: count('speaker') })];
}

const qualityWord = { good: 'qualityGood', poor: 'qualityPoor', unknown: 'unknown' } as const;

function callRows(call: Diagnostics['call'], t: T): DiagnosticsRow[] {
  if (!call) return [];
  const { state, quality, soundBlocked } = call;
  const values = [t(`call-${state}`), ...(soundBlocked ? [t('soundBlocked')] : [])];
  return [
    { key: 'call', label: t('call'), values },
    { key: 'quality', label: t('quality'), values: [t(qualityWord[quality])] },
  ];
}

export function diagnosticsRows(one: Diagnostics, t: T, timeOf: (iso: string) => string): DiagnosticsRow[] {
  const { online, kind, downlinkMbps, roundTripMs } = one.connection;
  const estimate = kind && downlinkMbps !== null ? [t('estimate', { kind, speed: downlinkMbps })] : [];
  const errors = one.errors.map(({ at, text }) => `${timeOf(at)} ${text}`);
  return [
    { key: 'connection', label: t('connection'), values: [t(online ? 'online' : 'offline'), ...estimate] },
    { key: 'roundTrip', label: t('roundTrip'), values: [roundTripMs === null ? t('unknown') : t('ms', { count: roundTripMs })] },
    ...callRows(one.call, t),
    { key: 'camera', label: t('camera'), values: [t(one.camera)] },
    { key: 'microphone', label: t('microphone'), values: [t(one.microphone)] },
    { key: 'devices', label: t('devices'), values: deviceLines(one.devices, t) },
    { key: 'browser', label: t('browser'), values: [one.browser] },
    { key: 'system', label: t('system'), values: [one.system] },
    { key: 'screen', label: t('screen'), values: [one.screen] },
    { key: 'language', label: t('language'), values: [one.language] },
    { key: 'timeZone', label: t('timeZone'), values: [one.timeZone] },
    { key: 'errors', label: t('errors'), values: errors.length > 0 ? errors : [t('none')] },
  ];
}
