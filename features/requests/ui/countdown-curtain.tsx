// Owns the five seconds before one is on screen: one's own picture in the light, the time that is left, and the way back.
import { Mic, MicOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { CountdownFacts } from '../contract.ts';
import { countdownMs } from '../contract.ts';
import { requestsTexts } from './texts.ts';
import './requests.css';

interface CountdownCurtainProps {
  countdown: CountdownFacts;
  name: string;
  microphone: boolean;
  camera: boolean;
  cameraTrack: MediaStreamTrack | null;
  /** Shows that the microphone hears something. */
  level: ReactNode;
  serverNow: () => number;
  onCancel: () => void;
}

/** What is published is still muted, and would be black here: its twin is not. */
function useTwin(track: MediaStreamTrack | null) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (!track || !video.current) return;
    const twin = track.clone();
    twin.enabled = true;
    video.current.srcObject = new MediaStream([twin]);
    return () => twin.stop();
  }, [track]);
  return video;
}

export function CountdownCurtain(props: CountdownCurtainProps) {
  const { countdown, name, microphone, camera, cameraTrack, level, serverNow, onCancel } = props;
  const t = useTexts(requestsTexts);
  const now = useServerNow(serverNow, 200);
  const video = useTwin(camera ? cameraTrack : null);
  const cancel = useRef<HTMLButtonElement>(null);
  const leftMs = Math.min(countdownMs, Math.max(0, Date.parse(countdown.dueAt) - now));
  const seconds = Math.ceil(leftMs / 1000);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    cancel.current?.focus({ preventScroll: true });
    return () => before?.focus?.({ preventScroll: true });
  }, []);
  const note = microphone
    ? camera
      ? t('everybodyWill', { name })
      : t('everybodyWillHear', { name })
    : t(camera ? 'everybodyWillSee' : 'everybodyWillKnow', { name });
  const MicIcon = microphone ? Mic : MicOff;
  return (
    <section
      className="curtain"
      aria-label={t('onScreenIn')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <div className="beam" aria-hidden="true" />
      <div className="moment">
        <div className="own">
          {camera && cameraTrack && (
            <video ref={video} className="mirrored" aria-label={t('preview')} autoPlay playsInline muted />
          )}
          <p className="own-plate">
            <MicIcon className="i i--s" aria-hidden="true" />
            {microphone && level}
            {t(microphone ? 'micOn' : 'micOff')}
          </p>
        </div>
        <div className="tick">
          <svg viewBox="0 0 120 120" aria-hidden="true">
            <circle cx="60" cy="60" r="55" />
            <circle
              className="arc"
              cx="60"
              cy="60"
              r="55"
              pathLength="100"
              strokeDasharray={`${leftMs / (countdownMs / 100)} 100`}
            />
          </svg>
          <p role="timer" aria-label={t('onScreenIn')} aria-live="assertive">
            <span>{t('onScreenIn')}</span>
            <strong>{seconds}</strong>
          </p>
        </div>
        <p className="note">{note}</p>
        <button ref={cancel} type="button" className="cancel" aria-keyshortcuts="Escape" onClick={onCancel}>
          {t('cancel')}{' '}
          <span className="kbd" aria-hidden="true">
            Esc
          </span>
        </button>
      </div>
    </section>
  );
}
