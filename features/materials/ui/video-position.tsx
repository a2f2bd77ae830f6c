// Owns where a video is: for those who may steer a slider that sends it elsewhere, for all the time in figures.
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { videoClock } from './video-clock.ts';
import { videoTexts } from './video-texts.ts';
import type { VideoSnapshot } from './video-youtube.ts';

interface VideoPositionProps {
  now: VideoSnapshot;
  onSeek?: (positionMs: number) => void;
}

export function VideoPosition({ now, onSeek }: VideoPositionProps) {
  const t = useTexts(videoTexts);
  const slider = useRef<HTMLInputElement>(null);
  /** Where the hand is, which has not let go yet. */
  const [held, setHeld] = useState<number | null>(null);
  const seek = useRef(onSeek);
  seek.current = onSeek;
  const { position, duration, isLive } = now;
  const canSeek = onSeek !== undefined && duration !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the slider comes and goes with it.
  useEffect(() => {
    // The browser says "change" when the hand lets go; React hears every step on the way.
    const letGo = () => {
      if (slider.current) seek.current?.(Number(slider.current.value) * 1000);
      setHeld(null);
    };
    const element = slider.current;
    element?.addEventListener('change', letGo);
    return () => element?.removeEventListener('change', letGo);
  }, [canSeek]);
  if (isLive) return <span className="video-time">{t('live')}</span>;
  const shown = held ?? position;
  const words = duration === null ? videoClock(shown) : `${videoClock(shown)} / ${videoClock(duration)}`;
  const spoken = duration === null ? words : t('positionOf', { position: videoClock(shown), duration: videoClock(duration) });
  return (
    <>
      <span className="video-time">{words}</span>
      {canSeek && (
        <input
          ref={slider}
          type="range"
          className="video-position"
          aria-label={t('position')}
          aria-valuetext={spoken}
          min={0}
          max={duration}
          step={1}
          value={shown}
          onChange={(event) => setHeld(Number(event.target.value))}
        />
      )}
    </>
  );
}
