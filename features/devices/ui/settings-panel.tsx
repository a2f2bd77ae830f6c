// Owns the settings of one's devices while inside: which ones, how they are treated, what keys do, how the connection is.
import { Signal, SignalLow } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { Notice } from '#platform/ui/notice.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { DeviceHelp } from './device-help.tsx';
import { DevicePickers } from './device-pickers.tsx';
import { deviceSettings } from './device-settings.ts';
import type { DeviceStore } from './device-store.ts';
import { SettingSwitch } from './setting-switch.tsx';
import { SettingsPicture } from './settings-picture.tsx';
import { settingsTexts } from './settings-texts.ts';

interface SettingsPanelProps {
  store: DeviceStore;
  /** Null: there is none to have. */
  connection: 'good' | 'poor' | 'away' | null;
  /** Nobody sees or hears them: there is less to set. */
  isListener: boolean;
}

export function SettingsPanel({ store, connection, isListener }: SettingsPanelProps) {
  const t = useTexts(settingsTexts);
  const devices = useSyncExternalStore(store.subscribe, store.read);
  const keys = useSyncExternalStore(deviceSettings.subscribe, () => deviceSettings.read().keys);
  useEffect(() => store.listAll(), [store]);
  return (
    <div className="settings-panel">
      {!isListener && (
        <>
          <SettingsPicture devices={devices} />
          <DeviceHelp devices={devices} onCheckAgain={() => store.checkAgain()} />
        </>
      )}
      <DevicePickers store={store} devices={devices} isListener={isListener} />
      {!isListener && (
        <>
          <h3>{t('sound')}</h3>
          <SettingSwitch name="noiseSuppression" label={t('noiseSuppression')} text={t('noiseSuppressionText')} />
          <SettingSwitch name="echoCancellation" label={t('echoCancellation')} text={t('echoCancellationText')} />
          <h3>{t('picture')}</h3>
          <SettingSwitch name="mirror" label={t('mirror')} text={t('mirrorText')} />
        </>
      )}
      <h3>{t('keyboard')}</h3>
      <SettingSwitch name="keys" label={t('keys')} text={t('keysText')} />
      {!isListener && <SettingSwitch name="holdToTalk" label={t('holdToTalk')} text={t('holdToTalkText')} isIdle={!keys} />}
      {connection && (
        <>
          <h3>{t('connection')}</h3>
          <Notice
            icon={connection === 'good' ? Signal : SignalLow}
            tone={connection === 'poor' ? 'wait' : 'plain'}
            title={t(connection)}
            role="status"
          >
            {connection === 'poor' && t('poorText')}
          </Notice>
        </>
      )}
    </div>
  );
}
