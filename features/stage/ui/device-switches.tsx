// Owns the two buttons at the lower left that say whether I am heard and seen, with the moving level of my microphone.
import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { LevelBars } from './level-bars.tsx';
import { stageTexts } from './texts.ts';

interface DeviceSwitchesProps {
  microphone: boolean;
  camera: boolean;
  /** What the level is measured on. */
  microphoneTrack: MediaStreamTrack | null;
  onToggle: (name: 'microphone' | 'camera') => void;
  /** M and V work. */
  hasKeys: boolean;
}

export function DeviceSwitches({ microphone, camera, microphoneTrack, onToggle, hasKeys }: DeviceSwitchesProps) {
  const t = useTexts(stageTexts);
  const micName = t(microphone ? 'mute' : 'unmute');
  const cameraName = t(camera ? 'cameraOffAction' : 'cameraOnAction');
  const MicIcon = microphone ? Mic : MicOff;
  const CameraIcon = camera ? Video : VideoOff;
  return (
    <>
      <button
        type="button"
        className={microphone ? 'tool tool--device' : 'tool tool--device tool--off'}
        aria-label={micName}
        aria-keyshortcuts={hasKeys ? 'm' : undefined}
        title={hasKeys ? `${micName} (M)` : micName}
        onClick={() => onToggle('microphone')}
      >
        <MicIcon className="i" aria-hidden="true" />
        <span>{t(microphone ? 'shortMute' : 'shortUnmute')}</span>
        {microphone && <LevelBars track={microphoneTrack} />}
      </button>
      <button
        type="button"
        className={camera ? 'tool tool--device' : 'tool tool--device tool--off'}
        aria-label={cameraName}
        aria-keyshortcuts={hasKeys ? 'v' : undefined}
        title={hasKeys ? `${cameraName} (V)` : cameraName}
        onClick={() => onToggle('camera')}
      >
        <CameraIcon className="i" aria-hidden="true" />
        <span>{t('shortCamera')}</span>
      </button>
    </>
  );
}
