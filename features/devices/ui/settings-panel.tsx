// Owns the settings of one's devices while inside: which ones, how they are treated, what keys do, how the connection is.
import { Signal, SignalLow, VideoOff } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { Notice } from '#platform/ui/notice.tsx';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { DeviceHelp } from './device-help.tsx';
import { DevicePickers } from './device-pickers.tsx';
import { deviceSettings } from './device-settings.ts';
import type { DeviceStore } from './device-store.ts';
import { rawOf, trackOf } from './device-store.ts';
import { LevelMeter } from './level-meter.tsx';
import { SettingSwitch } from './setting-switch.tsx';
import { settingsTexts } from './settings-texts.ts';

interface SettingsPanelProps {
  store: DeviceStore;
  connection: 'good' | 'poor' | 'away';
}

export function SettingsPanel({ store, connection }: SettingsPanelProps) {
  const t = useTexts(settingsTexts);
  const devices = useSyncExternalStore(store.subscribe, store.read);
  const keys = useSyncExternalStore(deviceSettings.subscribe, () => deviceSettings.read().keys);
  const video = useRef<HTMLVideoElement>(null);
  const camera = trackOf(devices.camera);
  useEffect(() => {
    if (video.current) video.current.srcObject = camera ? new MediaStream([camera]) : null;
  }, [camera]);
  const isStarting = devices.camera.is === 'starting';
  return (
    <div className="settings-panel">
      <div className="settings-picture">
        {camera ? (
          <video ref={video} className="mirrored" aria-label={t('preview')} autoPlay playsInline muted />
        ) : (
          <p>
            {isStarting ? <Spinner /> : <VideoOff className="i i--l" aria-hidden="true" />}
            {t(isStarting ? 'cameraStarting' : 'cameraOff')}
          </p>
        )}
        <div className="settings-level">
          <LevelMeter track={rawOf(devices.microphone)} />
        </div>
      </div>
      <DeviceHelp devices={devices} onCheckAgain={() => store.checkAgain()} />
      <DevicePickers store={store} devices={devices} />
      <h3>{t('sound')}</h3>
      <SettingSwitch name="noiseSuppression" label={t('noiseSuppression')} text={t('noiseSuppressionText')} />
      <SettingSwitch name="echoCancellation" label={t('echoCancellation')} text={t('echoCancellationText')} />
      <h3>{t('picture')}</h3>
      <SettingSwitch name="mirror" label={t('mirror')} text={t('mirrorText')} />
      <h3>{t('keyboard')}</h3>
      <SettingSwitch name="keys" label={t('keys')} text={t('keysText')} />
      <SettingSwitch name="holdToTalk" label={t('holdToTalk')} text={t('holdToTalkText')} isIdle={!keys} />
      <h3>{t('connection')}</h3>
      <Notice
        icon={connection === 'good' ? Signal : SignalLow}
        tone={connection === 'poor' ? 'wait' : 'plain'}
        title={t(connection)}
        role="status"
      >
        {connection === 'poor' && t('poorText')}
      </Notice>
    </div>
  );
}
