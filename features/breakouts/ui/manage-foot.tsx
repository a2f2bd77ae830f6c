// Owns the foot of the panel while rooms are open: the time, a word to all, and closing.
import { formatClock } from '#platform/ui/format.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { BreakoutsState } from '../contract.ts';
import { NoticeForm } from './notice-form.tsx';
import type { Act } from './room-acts.ts';
import { RoomsSwitch } from './rooms-switch.tsx';
import { breakoutsTexts } from './texts.ts';

const moreMinutes = 5;
const minuteMs = 60_000;

interface ManageFootProps {
  breakouts: Exclude<BreakoutsState, { is: 'none' }>;
  now: number;
  act: Act;
}

export function ManageFoot({ breakouts, now, act }: ManageFootProps) {
  const t = useTexts(breakoutsTexts);
  const isClosing = breakouts.is === 'closing';
  return (
    <div className="rooms-foot">
      <div className="row rooms-options">
        {breakouts.timer && (
          <time className="num" role="timer" aria-label={t('timeLeft')}>
            {formatClock(Math.max(0, Date.parse(breakouts.timer.at) - now))}
          </time>
        )}
        <button
          type="button"
          className="btn btn--s"
          disabled={isClosing}
          onClick={() => void act('breakouts.extend', { byMs: moreMinutes * minuteMs })}
        >
          {t('extend', { count: moreMinutes })}
        </button>
        <RoomsSwitch
          label={t('freeChoice')}
          hint={t('freeChoiceHint')}
          isOn={breakouts.freeChoice}
          onChange={(freeChoice) => void act('breakouts.set-options', { freeChoice })}
        />
      </div>
      <NoticeForm act={act} />
      {isClosing ? (
        <button type="button" className="btn btn--danger btn--wide" onClick={() => void act('breakouts.close-now', {})}>
          {t('closeNow')}
        </button>
      ) : (
        <button type="button" className="btn btn--danger btn--wide" onClick={() => void act('breakouts.close', {})}>
          {t('close')}
        </button>
      )}
    </div>
  );
}
