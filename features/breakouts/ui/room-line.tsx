// Owns the line below the stage that says where one is, and from a room the way out and a participant's call for help.
import { DoorOpen } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { breakoutsTexts } from './texts.ts';

interface RoomLineProps {
  /** Null: in the main call while others are in rooms. */
  roomName: string | null;
  mayChoose: boolean;
  /** Null: nobody asks for help from here. */
  help: { isAsked: boolean; onAsk: () => void; onTakeBack: () => void } | null;
  /** Absent where one is there, or has the chips to go by. */
  onMainCall?: () => void;
}

export function RoomLine({ roomName, mayChoose, help, onMainCall }: RoomLineProps) {
  const t = useTexts(breakoutsTexts);
  const text = roomName === null ? t(mayChoose ? 'youMayChoose' : 'youStay') : t('youAreIn', { room: '\u0000' });
  const [before, after] = text.split('\u0000');
  return (
    <div className="where">
      <DoorOpen className="i" aria-hidden="true" />
      <p title={text.replace('\u0000', roomName ?? '')}>
        {before}
        {roomName !== null && <b dir="auto">{roomName}</b>}
        {after}
      </p>
      {help?.isAsked && <span role="status">{t('helpAsked')}</span>}
      {/* One button with two meanings, so that it keeps the focus. */}
      {help && (
        <button type="button" className="btn btn--s" onClick={help.isAsked ? help.onTakeBack : help.onAsk}>
          {t(help.isAsked ? 'takeBackHelp' : 'askForHelp')}
        </button>
      )}
      {onMainCall && (
        <button type="button" className="btn btn--s btn--quiet" title={t('backToMainCall')} onClick={onMainCall}>
          {t('mainCall')}
        </button>
      )}
    </div>
  );
}
