// Owns which trouble with devices needs explaining at length. Missing and busy devices are explained beside their picker.
import type { DevicesSnapshot } from './device-store.ts';
import type { DeviceTrouble } from './device-trouble.ts';

const helped: readonly DeviceTrouble[] = ['blocked', 'blocked-by-system', 'insecure'];

export interface Explainable {
  trouble: DeviceTrouble;
  camera: boolean;
  microphone: boolean;
}

export function explainable({ camera, microphone }: DevicesSnapshot): Explainable | null {
  const of = (status: DevicesSnapshot['camera']) =>
    status.is === 'trouble' && helped.includes(status.trouble) ? status.trouble : null;
  const trouble = of(camera) ?? of(microphone);
  return trouble ? { trouble, camera: of(camera) !== null, microphone: of(microphone) !== null } : null;
}
