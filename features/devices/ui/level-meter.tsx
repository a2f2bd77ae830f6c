// Owns the bars that show that a microphone hears something. They move without React: fifteen times a second would be too much for it.
import { useEffect, useRef } from 'react';
import { meterLevel } from '#platform/media/client/sound.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { devicesTexts } from './texts.ts';

const bars = 8;
const barIds = Array.from({ length: bars }, (_, index) => index);

function paint(root: HTMLElement | null, level: number): void {
  if (!root) return;
  const lit = Math.round(level * bars);
  root.setAttribute('aria-valuenow', String(lit));
  for (let index = 0; index < bars; index++) root.children[index]?.classList.toggle('on', index < lit);
}

export function LevelMeter({ track }: { track: MediaStreamTrack | null }) {
  const t = useTexts(devicesTexts);
  const root = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    paint(root.current, 0);
    if (!track) return;
    // A copy of its own: while muted, the one that is sent is silent, and one still wants to see that the microphone works.
    const heard = track.clone();
    heard.enabled = true;
    const stop = meterLevel(heard, (level) => paint(root.current, level));
    return () => {
      stop();
      heard.stop();
    };
  }, [track]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a meter element cannot be drawn as bars in every browser.
    <span
      ref={root}
      className="meter"
      role="meter"
      aria-label={t('level')}
      aria-valuenow={0}
      aria-valuemin={0}
      aria-valuemax={bars}
    >
      {barIds.map((id) => (
        <i key={id} />
      ))}
    </span>
  );
}
