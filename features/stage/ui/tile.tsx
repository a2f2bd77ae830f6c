// Owns one person on stage: their picture when their camera is on, their name, and what others must know (muted, off, poor, speaking).
import { MicOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { MediaClient } from '#platform/media/client/media-client.ts';
import { useMedia } from '#platform/media/client/use-media.ts';
import { Avatar } from '#platform/ui/avatar.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { OnStage } from '../contract.ts';
import type { Pinning } from './pin-button.tsx';
import { stageTexts } from './texts.ts';
import type { StageDirection } from './tile-actions.tsx';
import { TileActions } from './tile-actions.tsx';
import { TileMarks } from './tile-marks.tsx';

interface TileProps {
  one: OnStage;
  /** Undefined while the name is on its way. */
  person: PersonSummary | undefined;
  isSelf: boolean;
  media: MediaClient;
  pinning?: Pinning;
  /** What a speaker may do about this person. */
  direction?: StageDirection;
  /** Where advice about one's own poor connection stands. */
  onAdvice: () => void;
}

export function Tile({ one, person, isSelf, media, pinning, direction, onAdvice }: TileProps) {
  const t = useTexts(stageTexts);
  const video = useRef<HTMLVideoElement>(null);
  const isSpeaking = useMedia(media, (snapshot) => snapshot.speaking.has(one.person)) && one.microphone;
  const isPoor = useMedia(media, (snapshot) => snapshot.poor.has(one.person));
  const { camera } = one;
  useEffect(() => {
    if (camera && video.current) return media.showVideo(one.person, video.current);
  }, [camera, one.person, media]);
  const name = person?.name ?? t('unknown');
  const classes = ['tile', !camera && 'tile--off', isSpeaking && 'tile--speaking', pinning?.isPinned && 'tile--pinned']
    .filter(Boolean)
    .join(' ');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; this groups a picture with its name.
    <div className={classes} role="group" aria-label={isSelf ? t('selfName', { name }) : name}>
      <Avatar person={person ?? { id: one.person, name: '' }} />
      {/* Transparent until its first frame, so that the person behind it is never a black hole. */}
      {camera && <video ref={video} className={isSelf ? 'mirrored' : undefined} autoPlay playsInline muted />}
      <div className="plate">
        {!one.microphone && <MicOff className="i" role="img" aria-label={t('microphoneOff')} />}
        <span className="cut" dir="auto" title={name}>
          {isSelf ? t('you') : <bdi>{name}</bdi>} {person?.organisation && <small>{person.organisation}</small>}
        </span>
      </div>
      <TileActions one={one} name={isSelf ? t('yourself') : name} pinning={pinning} direction={isSelf ? undefined : direction} />
      <TileMarks isPoor={isPoor} isCameraOff={!camera} onAdvice={isSelf ? onAdvice : undefined} />
    </div>
  );
}
