// Owns what one does about somebody on their tile: pin them for oneself; for speakers mute, take off the stage, or bring back from a breakout room.
import { CornerUpLeft, MicOff, UserMinus } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import type { OnStage } from '../contract.ts';
import type { Pinning } from './pin-button.tsx';
import { PinButton } from './pin-button.tsx';
import { stageTexts } from './texts.ts';

export interface StageDirection {
  onMute: (person: string) => void;
  onStopScreen: (person: string) => void;
  /** On the stage. */
  onRemove?: (person: string) => void;
  /** In a breakout room: to the main call. */
  onSendBack?: (person: string) => void;
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
  const mute = one.microphone ? direction?.onMute : undefined;
  const isGuest = one.as === 'participant';
  const remove = isGuest ? direction?.onRemove : undefined;
  const sendBack = isGuest ? direction?.onSendBack : undefined;
  if (!pinning && !mute && !remove && !sendBack) return null;
  return (
    <div className="tile-acts">
      {pinning && <PinButton name={name} {...pinning} />}
      {mute && (
        <button
          type="button"
          aria-label={t('muteOther', { name })}
          title={t('muteOther', { name })}
          onClick={() => mute(one.person)}
        >
          <MicOff className="i i--s" aria-hidden="true" />
        </button>
      )}
      {remove && (
        <button type="button" aria-label={t('removeFromStage')} title={t('removeFromStage')} onClick={() => remove(one.person)}>
          <UserMinus className="i i--s" aria-hidden="true" />
        </button>
      )}
      {sendBack && (
        <button
          type="button"
          aria-label={t('sendBack', { name })}
          title={t('sendBack', { name })}
          onClick={() => sendBack(one.person)}
        >
          <CornerUpLeft className="i i--s" aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
