// Owns the line below the stage that says where one is, and a participant's call for help.
import { DoorOpen } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { breakoutsTexts } from './texts.ts';

interface RoomLineProps {
  /** Null: in the main call while others are in rooms. */
  roomName: string | null;
  mayChoose: boolean;
  /** Null: nobody asks for help from here. */
  help: { isAsked: boolean; onAsk: () => void; onTakeBack: () => void } | null;
}

export function RoomLine({ roomName, mayChoose, help }: RoomLineProps) {
  const t = useTexts(breakoutsTexts);
  const text = roomName === null ? t(mayChoose ? 'youMayChoose' : 'youStay') : t('youAreIn', { room: '\u0000' });
  const [before, after] = text.split('\u0000');
  return (
    <div className="where">
      <DoorOpen className="i" aria-hidden="true" />
      <p>
        {before}
        {roomName !== null && <b dir="auto">{roomName}</b>}
        {after}
      </p>
      {help &&
        (help.isAsked ? (
          <>
            <span role="status">{t('helpAsked')}</span>
            <button type="button" className="btn btn--s" onClick={help.onTakeBack}>
              {t('takeBackHelp')}
            </button>
          </>
        ) : (
          <button type="button" className="btn btn--s" onClick={help.onAsk}>
            {t('askForHelp')}
          </button>
        ))}
    </div>
  );
}
