// Owns the way out when a browser or the system refuses devices: what to press, in this browser, and a button to look again.
import { VideoOff } from 'lucide-react';
import { Notice } from '#platform/ui/notice.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { DevicesSnapshot } from './device-store.ts';
import type { Browser, DeviceTrouble } from './device-trouble.ts';
import { browserOf } from './device-trouble.ts';
import { devicesTexts } from './texts.ts';

const steps = {
  chrome: ['chrome1', 'chrome2', 'come'],
  edge: ['edge1', 'edge2', 'come'],
  firefox: ['firefox1', 'firefox2', 'firefox3'],
  safari: ['safari1', 'safari2', 'safari3'],
  ios: ['ios1', 'ios2', 'ios3'],
} as const satisfies Record<Browser, readonly string[]>;

const helped: readonly DeviceTrouble[] = ['blocked', 'blocked-by-system', 'insecure'];

/** The trouble that needs explaining at length, if there is one. Missing and busy devices are explained beside their picker. */
export function explainable({
  camera,
  microphone,
}: DevicesSnapshot): { trouble: DeviceTrouble; camera: boolean; microphone: boolean } | null {
  const of = (status: DevicesSnapshot['camera']) =>
    status.is === 'trouble' && helped.includes(status.trouble) ? status.trouble : null;
  const trouble = of(camera) ?? of(microphone);
  return trouble ? { trouble, camera: of(camera) !== null, microphone: of(microphone) !== null } : null;
}

interface DeviceHelpProps {
  devices: DevicesSnapshot;
  onCheckAgain: () => void;
}

export function DeviceHelp({ devices, onCheckAgain }: DeviceHelpProps) {
  const t = useTexts(devicesTexts);
  const found = explainable(devices);
  if (!found) return null;
  const { trouble, camera, microphone } = found;
  const blocked = camera && microphone ? t('blockedBoth') : t(camera ? 'blockedCamera' : 'blockedMicrophone');
  const title = trouble === 'blocked' ? blocked : t(trouble === 'insecure' ? 'insecure' : 'blockedSystem');
  const text = trouble === 'blocked' ? t('blockedText') : t(trouble === 'insecure' ? 'insecureText' : 'blockedSystemText');
  return (
    <div className="device-help">
      <Notice icon={VideoOff} tone="error" role="alert" title={title}>
        {text}
      </Notice>
      {trouble === 'blocked' && (
        <ol className="steps">
          {steps[browserOf(navigator.userAgent)].map((step, index) => (
            <li key={step}>
              <span aria-hidden="true">{index + 1}</span>
              {t(step)}
            </li>
          ))}
        </ol>
      )}
      {trouble !== 'insecure' && (
        <button type="button" className="btn btn--primary" onClick={onCheckAgain}>
          {t('checkAgain')}
        </button>
      )}
    </div>
  );
}
