// Owns the way out when a browser or the system refuses devices: what to press, in this browser, and a button to look again.
import { VideoOff } from 'lucide-react';
import { Notice } from '#platform/ui/notice.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { DevicesSnapshot } from './device-store.ts';
import type { Browser } from './device-trouble.ts';
import { browserOf } from './device-trouble.ts';
import { explainable } from './explainable.ts';
import { helpTexts } from './help-texts.ts';

const steps = {
  chrome: ['chrome1', 'chrome2', 'come'],
  edge: ['edge1', 'edge2', 'come'],
  firefox: ['firefox1', 'firefox2', 'firefox3'],
  safari: ['safari1', 'safari2', 'safari3'],
  ios: ['ios1', 'ios2', 'ios3'],
  'android-chrome': ['android1', 'android2', 'android3'],
  'android-edge': ['androidEdge1', 'android2', 'android3'],
  'android-firefox': ['androidFirefox1', 'androidFirefox2', 'android3'],
} as const satisfies Record<Browser, readonly string[]>;

interface DeviceHelpProps {
  devices: DevicesSnapshot;
  onCheckAgain: () => void;
}

export function DeviceHelp({ devices, onCheckAgain }: DeviceHelpProps) {
  const t = useTexts(helpTexts);
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
          {steps[browserOf(navigator)].map((step, index) => (
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
