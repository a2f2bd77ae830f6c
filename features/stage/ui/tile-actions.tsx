// Owns what one does about somebody on stage, on their tile: pin them for oneself; for speakers mute, and take off the stage.
import { MicOff, UserMinus } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import type { OnStage } from '../contract.ts';
import type { Pinning } from './pin-button.tsx';
import { PinButton } from './pin-button.tsx';
import { stageTexts } from './texts.ts';

export interface StageDirection {
  onMute: (person: string) => void;
  onRemove: (person: string) => void;
  onStopScreen: (person: string) => void;
}

interface TileActionsProps {
  one: OnStage;
  name: string;
  /** Absent: nobody else is there to be smaller. */
  pinning?: Pinning;
  /** For speakers, about others. */
  direction?: StageDirection;
}

export function TileActions({ one, name, pinning, direction }: TileActionsProps) {
  const t = useTexts(stageTexts);
  const mute = direction && one.microphone;
  const remove = direction && one.as === 'participant';
  if (!pinning && !mute && !remove) return null;
  return (
    <div className="tile-acts">
      {pinning && <PinButton name={name} {...pinning} />}
      {mute && (
        <button
          type="button"
          aria-label={t('muteOther', { name })}
          title={t('muteOther', { name })}
          onClick={() => direction.onMute(one.person)}
        >
          <MicOff className="i i--s" aria-hidden="true" />
        </button>
      )}
      {remove && (
        <button
          type="button"
          aria-label={t('removeFromStage')}
          title={t('removeFromStage')}
          onClick={() => direction.onRemove(one.person)}
        >
          <UserMinus className="i i--s" aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
