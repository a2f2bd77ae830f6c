// Owns the marks in a tile's upper corner: a poor connection, a camera that is off. One's own poor connection leads to what helps.
import { VideoOff } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { stageTexts } from './texts.ts';

interface TileMarksProps {
  isPoor: boolean;
  isCameraOff: boolean;
  /** For oneself: where advice stands. */
  onAdvice?: () => void;
}

/** Four bars, two of them faint. */
const bars = (
  <svg className="i i--s" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M4 20v-3M10 20v-7" strokeWidth="3.5" />
    <path d="M16 20V9M22 20V4" strokeWidth="3.5" strokeOpacity=".35" />
  </svg>
);

export function TileMarks({ isPoor, isCameraOff, onAdvice }: TileMarksProps) {
  const t = useTexts(stageTexts);
  if (!isPoor && !isCameraOff) return null;
  return (
    <div className="marks">
      {isPoor &&
        (onAdvice ? (
          <button type="button" className="poor" aria-label={t('poorSelf')} title={t('poorSelf')} onClick={onAdvice}>
            {bars}
          </button>
        ) : (
          <span className="poor" role="img" aria-label={t('poor')} title={t('poor')}>
            {bars}
          </span>
        ))}
      {isCameraOff && (
        <span role="img" aria-label={t('cameraOff')} title={t('cameraOff')}>
          <VideoOff className="i i--s" aria-hidden="true" />
        </span>
      )}
    </div>
  );
}
