// Owns the picture of one shared screen, large or small: the element that it arrives in, and what stands there until it does.
import './screens.css';
import { MonitorUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { MediaClient } from '#platform/media/client/media-client.ts';
import { screenPlace } from '#platform/media/client/people-on-screen.ts';
import { Spinner } from '#platform/ui/spinner.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { showsItself } from './choose-screen.ts';
import { screenTexts } from './screen-texts.ts';

export interface ScreenVideoProps {
  person: string;
  media: MediaClient;
  /** My own: what is sent of it. Null: somebody else's. */
  own: MediaStreamTrack | null;
}

export function ScreenVideo({ person, media, own }: ScreenVideoProps) {
  const t = useTexts(screenTexts);
  const video = useRef<HTMLVideoElement>(null);
  const [hasPicture, setPicture] = useState(false);
  const isWords = own !== null && showsItself(own);
  useEffect(() => {
    if (!isWords && video.current) return media.showVideo(screenPlace(person), video.current);
  }, [isWords, person, media]);
  if (isWords) {
    return (
      <p className="screen-words">
        <MonitorUp className="i" aria-hidden="true" />
        <span>{t('wholeScreen')}</span>
      </p>
    );
  }
  return (
    <>
      <video ref={video} autoPlay playsInline muted onLoadedData={() => setPicture(true)} onEmptied={() => setPicture(false)} />
      {!hasPicture && (
        <p className="screen-words" role="status" aria-label={t('waiting')}>
          <Spinner />
        </p>
      )}
    </>
  );
}
