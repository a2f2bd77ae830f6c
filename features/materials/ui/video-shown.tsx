// Owns a video that may be shown: the player, what it says, and the bar below it. Who may steer is its caller's.
import './video.css';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useFullScreen } from '#platform/ui/full-screen.ts';
import { Spinner } from '#platform/ui/spinner.tsx';
import { currentLanguage, useTexts } from '#platform/ui/texts.ts';
import type { Playback, VideoFacts } from '../contract.ts';
import { VideoBar } from './video-bar.tsx';
import { VideoFailed } from './video-failed.tsx';
import { videoSound } from './video-sound.ts';
import { videoTexts } from './video-texts.ts';
import { YouTubeVideo } from './video-youtube.ts';

export interface ShownVideoProps {
  material: VideoFacts;
  playback: Playback;
  serverNow: () => number;
  /** Absent: only watching. Resolves to whether it was taken. */
  onSet?: (wanted: Omit<Playback, 'at'>) => Promise<boolean>;
  /** Absent: this event does not ask before YouTube is. */
  onRevoke?: () => void;
  /** Absent: not mine to stop. */
  onStop?: () => void;
}

export function ShownVideo({ material, playback, serverNow, onSet, onStop, onRevoke }: ShownVideoProps) {
  const t = useTexts(videoTexts);
  const { videoId, name } = material;
  // One player for one video: a new name, or a change of the playback, is no reason to load it again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const video = useMemo(() => {
    const title = videoTexts.t('player', { name });
    return new YouTubeVideo({ material, playback, title, language: currentLanguage(), sound: videoSound, serverNow });
  }, [videoId]);
  const now = useSyncExternalStore(video.subscribe, video.read);
  const place = useRef<HTMLDivElement>(null);
  const full = useFullScreen('presentation');
  useEffect(() => {
    if (place.current) video.open(place.current);
    return () => video.close();
  }, [video]);
  useEffect(() => video.follow(playback), [video, playback]);
  useEffect(() => video.whenTurned(onSet ? (playing) => void set({ playing }) : null));
  const set = async (change: Partial<Omit<Playback, 'at'>>) => {
    const { playing, rate } = video.wanted();
    const wanted = { playing, rate, positionMs: Math.round(video.positionMs()), ...change };
    video.press(wanted);
    if (!(await onSet?.(wanted))) video.press(null);
  };
  return (
    <div className="video">
      <div className="video-picture">
        <div ref={place} className="video-frame" />
        {now.is === 'loading' && (
          <p className="video-over video-over--quiet" role="status" aria-label={t('loading')}>
            <Spinner />
          </p>
        )}
        {now.is === 'failed' && <VideoFailed failure={now.failure ?? 'broken'} videoId={videoId} onRetry={video.retry} />}
        {now.isBlocked && (
          <div className="video-over" role="alert">
            <p>{t('blockedTitle')}</p>
            <button type="button" className="btn btn--primary btn--l" onClick={video.playHere}>
              {t('playHere')}
            </button>
          </div>
        )}
      </div>
      <VideoBar
        name={name}
        now={now}
        rate={playback.rate}
        sound={videoSound}
        onSet={onSet && now.is === 'ready' ? (change) => void set(change) : undefined}
        isFull={full.isFull}
        onFull={full.toggle}
        onRevoke={onRevoke}
        onStop={onStop}
      />
    </div>
  );
}
