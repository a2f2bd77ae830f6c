// Owns the picture of oneself before going in, with the switches for camera and microphone and the microphone's level.
import { Eye, Mic, MicOff, Video, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore } from 'react';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { deviceSettings } from './device-settings.ts';
import { trackOf } from './device-status.ts';
import type { DeviceStore, DevicesSnapshot } from './device-store.ts';
import type { DeviceKind } from './device-trouble.ts';
import { explainable } from './explainable.ts';
import { LevelMeter } from './level-meter.tsx';
import { devicesTexts } from './texts.ts';

const DeviceHelp = lazy(async () => ({ default: (await import('./device-help.tsx')).DeviceHelp }));

interface CameraPreviewProps {
  store: DeviceStore;
  devices: DevicesSnapshot;
  wanted: Record<DeviceKind, boolean>;
  onToggle: (kind: DeviceKind) => void;
  /** What stands beside the switches. */
  children?: ReactNode;
}

export function CameraPreview({ store, devices, wanted, onToggle, children }: CameraPreviewProps) {
  const t = useTexts(devicesTexts);
  const video = useRef<HTMLVideoElement>(null);
  const camera = trackOf(devices.camera);
  useEffect(() => {
    if (video.current) video.current.srcObject = camera ? new MediaStream([camera]) : null;
  }, [camera]);
  const hasKeys = useSyncExternalStore(deviceSettings.subscribe, () => deviceSettings.read().keys);
  const help = explainable(devices);
  const isOn = (kind: DeviceKind) => wanted[kind] && devices[kind].is !== 'trouble';
  const press = (kind: DeviceKind) => (devices[kind].is === 'trouble' && wanted[kind] ? store.checkAgain() : onToggle(kind));
  const micLabel = t(isOn('microphone') ? 'mute' : 'unmute');
  const cameraLabel = t(isOn('camera') ? 'cameraOffAction' : 'cameraOnAction');
  const MicIcon = isOn('microphone') ? Mic : MicOff;
  const CameraIcon = isOn('camera') ? Video : VideoOff;
  return (
    <div className="preview">
      {help ? (
        <Suspense fallback={null}>
          <DeviceHelp devices={devices} onCheckAgain={() => store.checkAgain()} />
        </Suspense>
      ) : camera ? (
        <>
          <video ref={video} className="mirrored" aria-label={t('preview')} autoPlay playsInline muted />
          <p className="seen">
            <Eye className="i i--s" aria-hidden="true" />
            {t('onlyYou')}
          </p>
        </>
      ) : (
        <p className="no-picture">
          {devices.camera.is === 'starting' ? <Spinner /> : <VideoOff className="i i--l" aria-hidden="true" />}
          {t(devices.camera.is === 'starting' ? 'cameraStarting' : 'cameraIsOff')}
        </p>
      )}
      <div className="over">
        <div className="round duo">
          <button
            type="button"
            aria-label={micLabel}
            title={hasKeys ? `${micLabel} (M)` : micLabel}
            onClick={() => press('microphone')}
          >
            <MicIcon className="i i--l" aria-hidden="true" />
          </button>
          <LevelMeter track={trackOf(devices.microphone)} />
        </div>
        <button
          type="button"
          className={isOn('camera') ? 'round' : 'round round--off'}
          aria-label={cameraLabel}
          title={hasKeys ? `${cameraLabel} (V)` : cameraLabel}
          onClick={() => press('camera')}
        >
          <CameraIcon className="i i--l" aria-hidden="true" />
        </button>
        {children}
      </div>
    </div>
  );
}
