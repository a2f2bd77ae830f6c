// Owns the picture of oneself in the settings, with the level of one's microphone.
import { VideoOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { rawOf, trackOf } from './device-status.ts';
import type { DevicesSnapshot } from './device-store.ts';
import { LevelMeter } from './level-meter.tsx';
import { settingsTexts } from './settings-texts.ts';

export function SettingsPicture({ devices }: { devices: DevicesSnapshot }) {
  const t = useTexts(settingsTexts);
  const video = useRef<HTMLVideoElement>(null);
  const camera = trackOf(devices.camera);
  useEffect(() => {
    if (video.current) video.current.srcObject = camera ? new MediaStream([camera]) : null;
  }, [camera]);
  const isStarting = devices.camera.is === 'starting';
  return (
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
  );
}
