// Owns a presented video as its place receives it: shown, or first the question whether YouTube may be connected to.
import { useState } from 'react';
import { keepChoice, readChoice } from '#platform/ui/kept-choice.ts';
import { VideoConsent } from './video-consent.tsx';
import type { ShownVideoProps } from './video-shown.tsx';
import { ShownVideo } from './video-shown.tsx';

interface VideoPlayerProps extends Omit<ShownVideoProps, 'onRevoke'> {
  /** Under which agreeing is kept; null: this event does not ask. */
  consent: string | null;
}

export function VideoPlayer({ consent, ...props }: VideoPlayerProps) {
  const key = consent && `video-consent-${consent}`;
  const [agreed, setAgreed] = useState(() => key === null || readChoice(key) === 'yes');
  const agree = (yes: boolean) => {
    if (key) keepChoice(key, yes ? 'yes' : null);
    setAgreed(yes);
  };
  if (!agreed) return <VideoConsent name={props.material.name} onAgree={() => agree(true)} onStop={props.onStop} />;
  return <ShownVideo {...props} onRevoke={key ? () => agree(false) : undefined} />;
}
