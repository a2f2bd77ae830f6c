// Owns the three bars that move with my voice, where it is said that I am heard. They move without React: fifteen times a second would be too much for it.
import { useEffect, useRef } from 'react';
import { meterLevel } from '#platform/media/client/sound.ts';

interface LevelBarsProps {
  track: MediaStreamTrack | null;
  /** What is sent is still muted: its twin is not. */
  isSentMuted?: boolean;
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

export function LevelBars({ track, isSentMuted = false }: LevelBarsProps) {
  const root = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    paint(root.current, 0);
    if (!track) return;
    const twin = isSentMuted ? track.clone() : null;
    if (twin) twin.enabled = true;
    const stop = meterLevel(twin ?? track, (level) => paint(root.current, level));
    return () => {
      stop();
      twin?.stop();
    };
  }, [track, isSentMuted]);
  return (
    <span ref={root} className="level" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
