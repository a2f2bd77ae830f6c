// Owns the bar below a video: steering it for everybody (for those who may), where it is, one's own volume, full screen, and stopping.
import { EyeOff, Maximize, Minimize, Pause, Play, SquareX, Volume2, VolumeX } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import type { Playback } from '../contract.ts';
import { VideoPosition } from './video-position.tsx';
import type { VideoSound } from './video-sound.ts';
import { videoTexts } from './video-texts.ts';
import type { VideoSnapshot } from './video-youtube.ts';

interface VideoBarProps {
  name: string;
  now: VideoSnapshot;
  rate: number;
  sound: VideoSound;
  onSet?: (change: Partial<Omit<Playback, 'at'>>) => void;
  isFull: boolean;
  onFull?: () => void;
  /** Takes agreeing to YouTube back. */
  onRevoke?: () => void;
  onStop?: () => void;
}

/** What every player offers. */
const rates: readonly number[] = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

export function VideoBar({ name, now, rate, sound, onSet, isFull, onFull, onRevoke, onStop }: VideoBarProps) {
  const t = useTexts(videoTexts);
  const { volume, isMuted } = useSyncExternalStore(sound.subscribe, sound.read);
  const Turn = now.isPlaying ? Pause : Play;
  const Loud = isMuted || volume === 0 ? VolumeX : Volume2;
  const Full = isFull ? Minimize : Maximize;
  const isOver = now.duration !== null && now.position >= now.duration;
  const turn = t(now.isPlaying ? 'pause' : 'play');
  const mute = t(isMuted ? 'unmute' : 'mute');
  const full = t(isFull ? 'exitFullScreen' : 'fullScreen');
  const turnOver = () => onSet?.({ playing: !now.isPlaying, ...(isOver && !now.isPlaying && { positionMs: 0 }) });
  return (
    <div className="video-bar">
      {onSet && (
        <button type="button" className="ghost ghost--on" aria-label={turn} title={turn} onClick={turnOver}>
          <Turn className="i" aria-hidden="true" />
        </button>
      )}
      {now.is === 'ready' && <VideoPosition now={now} onSeek={onSet && ((positionMs) => onSet({ positionMs }))} />}
      {onSet && !now.isLive && (
        <select
          className="video-rate"
          aria-label={t('rate')}
          title={t('rate')}
          value={rate}
          onChange={(event) => onSet({ rate: Number(event.target.value) })}
        >
          {rates.map((one) => (
            <option key={one} value={one}>
              {one.toLocaleString(document.documentElement.lang)}×
            </option>
          ))}
        </select>
      )}
      <bdi className="video-name cut" title={name}>
        {name}
      </bdi>
      <button type="button" className="ghost" aria-label={mute} title={mute} onClick={() => sound.change({ isMuted: !isMuted })}>
        <Loud className="i" aria-hidden="true" />
      </button>
      <input
        type="range"
        className="video-volume"
        aria-label={t('volume')}
        title={t('volume')}
        min={0}
        max={100}
        step={5}
        value={isMuted ? 0 : volume}
        onChange={(event) => sound.change({ volume: Number(event.target.value), isMuted: false })}
      />
      {onRevoke && (
        <button type="button" className="ghost" aria-label={t('consentTake')} title={t('consentTake')} onClick={onRevoke}>
          <EyeOff className="i" aria-hidden="true" />
        </button>
      )}
      {onFull && (
        <button type="button" className="ghost" aria-label={full} title={full} onClick={onFull}>
          <Full className="i" aria-hidden="true" />
        </button>
      )}
      {onStop && (
        <button type="button" className="ghost" aria-label={t('stop')} title={t('stop')} onClick={onStop}>
          <SquareX className="i" aria-hidden="true" />
          <span className="video-stop">{t('stop')}</span>
        </button>
      )}
    </div>
  );
}
