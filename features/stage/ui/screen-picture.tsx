// Owns a shared screen in focus: large, whose it is, full screen, and ending it. Who may do that is its caller's.
import { AppWindow, Maximize, Minimize, MonitorX } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { screenTexts } from './screen-texts.ts';
import type { ScreenVideoProps } from './screen-video.tsx';
import { ScreenVideo } from './screen-video.tsx';
import { stageTexts } from './texts.ts';

interface ScreenPictureProps extends ScreenVideoProps {
  name: string;
  isFull: boolean;
  /** Absent: the browser has no full screen. */
  onFull?: () => void;
  /** Mine: another window in its place. */
  onAnother?: () => void;
  /** Absent: not mine to end. */
  onStop?: () => void;
}

export function ScreenPicture({ name, isFull, onFull, onAnother, onStop, ...video }: ScreenPictureProps) {
  const t = useTexts(screenTexts);
  const isMine = video.own !== null;
  const Full = isFull ? Minimize : Maximize;
  const full = stageTexts.t(isFull ? 'exitFullScreen' : 'fullScreen');
  const stop = t(isMine ? 'stop' : 'endOther');
  return (
    <div className="screen">
      <div className="screen-space">
        <ScreenVideo {...video} />
      </div>
      <div className="screen-bar">
        <span className="cut" dir="auto" title={name}>
          {isMine ? t('youShare') : t('shares', { name })}
        </span>
        {onAnother && (
          <button type="button" className="ghost" aria-label={t('another')} title={t('another')} onClick={onAnother}>
            <AppWindow className="i" aria-hidden="true" />
            <span>{t('another')}</span>
          </button>
        )}
        {onFull && (
          <button type="button" className="ghost" aria-label={full} title={full} onClick={onFull}>
            <Full className="i" aria-hidden="true" />
          </button>
        )}
        {onStop && (
          <button type="button" className="ghost" aria-label={stop} title={stop} onClick={onStop}>
            <MonitorX className="i" aria-hidden="true" />
          </button>
        )}
      </div>
    </div>
  );
}
