// Owns the foot of the panel while rooms are open: the time, a word to all, and closing.
import { formatClock } from '#platform/ui/format.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { BreakoutsState } from '../contract.ts';
import { moreMinutes, moreMs } from './more-minutes.ts';
import { NoticeForm } from './notice-form.tsx';
import type { Act } from './room-acts.ts';
import { RoomsSwitch } from './rooms-switch.tsx';
import { RoomsTimer } from './rooms-timer.tsx';
import { breakoutsTexts } from './texts.ts';

interface ManageFootProps {
  sessionId: string;
  breakouts: Exclude<BreakoutsState, { is: 'none' }>;
  now: number;
  act: Act;
}

export function ManageFoot({ sessionId, breakouts, now, act }: ManageFootProps) {
  const t = useTexts(breakoutsTexts);
  const { timer } = breakouts;
  const isClosing = breakouts.is === 'closing';
  const setTimer = (timerMs: number | null) => void act('breakouts.set-options', { timerMs });
  return (
    <div className="rooms-foot">
      {!isClosing && (
        <div className="row rooms-options">
          {timer ? (
            <>
              <time className="num" role="timer" aria-label={t('timeLeft')}>
                {formatClock(Math.max(0, Date.parse(timer.at) - now))}
              </time>
              <button type="button" className="btn btn--s" onClick={() => void act('breakouts.extend', { byMs: moreMs })}>
                {t('extend', { count: moreMinutes })}
              </button>
              <button type="button" className="btn btn--s btn--quiet" onClick={() => setTimer(null)}>
                {t('noTimerNow')}
              </button>
            </>
          ) : (
            <RoomsTimer timerMs={null} onChange={setTimer} />
          )}
          <RoomsSwitch
            label={t('freeChoice')}
            hint={t('freeChoiceHint')}
            isOn={breakouts.freeChoice}
            onChange={(freeChoice) => void act('breakouts.set-options', { freeChoice })}
          />
        </div>
      )}
      <NoticeForm sessionId={sessionId} act={act} />
      {isClosing ? (
        <span className="row rooms-end">
          <button type="button" className="btn btn--wide" onClick={() => void act('breakouts.keep-open', { room: null })}>
            {t('keepOpen')}
          </button>
          <button type="button" className="btn btn--danger btn--wide" onClick={() => void act('breakouts.close-now', {})}>
            {t('closeNow')}
          </button>
        </span>
      ) : (
        <button type="button" className="btn btn--danger btn--wide rooms-end" onClick={() => void act('breakouts.close', {})}>
          {t('close')}
        </button>
      )}
    </div>
  );
}
