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

const typingIn = 'input, textarea, select, [contenteditable="true"]';
/** What Escape closes by itself. */
const closable = 'dialog[open], [role="menu"]';

/** The focus comes here, where Escape means the way back; but not from somebody who is typing, and never onto a button: the next key would press it. */
function useFocusHere() {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!document.activeElement?.matches(typingIn)) section.current?.focus({ preventScroll: true });
  }, []);
  return section;
}

function useEscape(onEscape: () => void): void {
  const latest = useRef(onEscape);
  latest.current = onEscape;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(closable)) return;
      event.preventDefault();
      latest.current();
    };
    // Before a sheet beside the stage takes it for its own.
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

export function CountdownCurtain(props: CountdownCurtainProps) {
  const { countdown, name, microphone, camera, cameraTrack, level, serverNow, onCancel } = props;
  const t = useTexts(requestsTexts);
  const now = useServerNow(serverNow, 200);
  const video = useTwin(camera ? cameraTrack : null);
  const section = useFocusHere();
  useEscape(onCancel);
  const leftMs = Math.min(countdownMs, Math.max(0, Date.parse(countdown.dueAt) - now));
  const seconds = Math.ceil(leftMs / 1000);
  const note = microphone
    ? camera
      ? t('everybodyWill', { name })
      : t('everybodyWillHear', { name })
    : t(camera ? 'everybodyWillSee' : 'everybodyWillKnow', { name });
  const MicIcon = microphone ? Mic : MicOff;
  return (
    <section ref={section} className="curtain" aria-label={t('onScreenIn')} tabIndex={-1}>
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
        <button type="button" className="cancel" aria-keyshortcuts="Escape" onClick={onCancel}>
          {t('cancel')}{' '}
          <span className="kbd" aria-hidden="true">
            Esc
          </span>
        </button>
      </div>
    </section>
  );
}
