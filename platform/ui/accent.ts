// Owns the accent of the event one is at: the organiser chooses hue and chroma, lightness stays ours so that contrast holds.
import { useEffect } from 'react';

const quietest = 0.04;
const strongest = 0.19;

/** For as long as the calling page is shown. The tokens are computed on the root, so it must be set there. */
export function useAccent(accent: { hue: number; chroma: number } | undefined): void {
  const hue = accent?.hue;
  const chroma = accent?.chroma;
  useEffect(() => {
    if (hue === undefined || chroma === undefined) return;
    const { style } = document.documentElement;
    style.setProperty('--accent-hue', String(hue));
    style.setProperty('--accent-chroma', String(Math.min(strongest, Math.max(quietest, chroma))));
    return () => {
      style.removeProperty('--accent-hue');
      style.removeProperty('--accent-chroma');
    };
  }, [hue, chroma]);
}
