// Owns what a speaker does about somebody else on stage, on their tile: mute, and take off the stage.
import { MicOff, UserMinus } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import type { OnStage } from '../contract.ts';
import { stageTexts } from './texts.ts';

export interface StageDirection {
  onMute: (person: string) => void;
  onRemove: (person: string) => void;
  onStopScreen: (person: string) => void;
}

interface TileActionsProps {
  one: OnStage;
  name: string;
  direction: StageDirection;
}

export function TileActions({ one, name, direction }: TileActionsProps) {
  const t = useTexts(stageTexts);
  const isGuest = one.as === 'participant';
  if (!one.microphone && !isGuest) return null;
  return (
    <div className="tile-acts">
      {one.microphone && (
        <button
          type="button"
          aria-label={t('muteOther', { name })}
          title={t('muteOther', { name })}
          onClick={() => direction.onMute(one.person)}
        >
          <MicOff className="i i--s" aria-hidden="true" />
        </button>
      )}
      {isGuest && (
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
