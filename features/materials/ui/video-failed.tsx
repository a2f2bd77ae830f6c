// Owns saying why a video can't be shown, and the way on.
import { useTexts } from '#platform/ui/texts.ts';
import { videoTexts } from './video-texts.ts';
import type { VideoFailure } from './video-youtube.ts';

interface VideoFailedProps {
  failure: VideoFailure;
  videoId: string;
  onRetry: () => void;
}

export function VideoFailed({ failure, videoId, onRetry }: VideoFailedProps) {
  const t = useTexts(videoTexts);
  const isThere = failure === 'forbidden' || failure === 'broken';
  return (
    <div className="video-over" role="alert">
      <p>{t(`failed-${failure}`)}</p>
      <p className="video-words video-words--quiet">{t(`hint-${failure}`)}</p>
      <div className="video-acts">
        {failure !== 'forbidden' && (
          <button type="button" className="btn" onClick={onRetry}>
            {t('tryAgain')}
          </button>
        )}
        {isThere && (
          <a className="btn" href={`https://www.youtube.com/watch?v=${videoId}`} target="_blank" rel="noopener noreferrer">
            {t('openThere')}
          </a>
        )}
      </div>
    </div>
  );
}
