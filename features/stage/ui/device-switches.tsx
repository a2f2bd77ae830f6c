// Owns the two buttons at the lower left that say whether I am heard and seen, with the moving level of my microphone.
import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { meterLevel } from '#platform/media/client/sound.ts';
import { useTexts } from '#platform/ui/texts.ts';
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

/** How tall the three bars are at full level, in px: the middle one leads. */
const bars = [10, 16, 12];
const leastPx = 3;

function paint(root: HTMLElement | null, level: number): void {
  bars.forEach((full, index) => {
    const bar = root?.children[index] as HTMLElement | undefined;
    if (bar) bar.style.height = `${Math.round(leastPx + (full - leastPx) * level)}px`;
  });
}

export function DeviceSwitches({ microphone, camera, microphoneTrack, onToggle, hasKeys }: DeviceSwitchesProps) {
  const t = useTexts(stageTexts);
  const level = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    paint(level.current, 0);
    if (microphone && microphoneTrack) return meterLevel(microphoneTrack, (value) => paint(level.current, value));
  }, [microphone, microphoneTrack]);
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
        {microphone && (
          <span ref={level} className="level" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        )}
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
