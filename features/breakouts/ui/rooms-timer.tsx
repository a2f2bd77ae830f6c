// Owns choosing how long rooms are open.
import { useId, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { longestTimerMs, shortestTimerMs } from '../contract.ts';
import { breakoutsTexts } from './texts.ts';

const minuteMs = 60_000;
const usual = [5, 10, 15, 20, 30, 45, 60];

interface RoomsTimerProps {
  timerMs: number | null;
  onChange: (timerMs: number | null) => void;
}

export function RoomsTimer({ timerMs, onChange }: RoomsTimerProps) {
  const t = useTexts(breakoutsTexts);
  const id = useId();
  const minutes = timerMs === null ? null : Math.round(timerMs / minuteMs);
  const [isOther, setOther] = useState(false);
  const isTyped = isOther || (minutes !== null && !usual.includes(minutes));
  const take = (typed: number) => {
    const wanted = Math.min(longestTimerMs, Math.max(shortestTimerMs, Math.round(typed) * minuteMs));
    if (Number.isFinite(typed) && wanted !== timerMs) onChange(wanted);
  };
  return (
    <span className="row">
      <label htmlFor={id}>{t('timer')}</label>
      <select
        id={id}
        className="select"
        value={isTyped ? 'other' : String(minutes ?? 'none')}
        onChange={({ target: { value } }) => {
          setOther(value === 'other');
          if (value === 'none') onChange(null);
          else if (value !== 'other') onChange(Number(value) * minuteMs);
        }}
      >
        <option value="none">{t('noTimer')}</option>
        {usual.map((count) => (
          <option key={count} value={count}>
            {t('minutes', { count })}
          </option>
        ))}
        <option value="other">{t('otherTimer')}</option>
      </select>
      {isTyped && (
        <input
          className="input rooms-minutes"
          type="number"
          inputMode="numeric"
          min={shortestTimerMs / minuteMs}
          max={longestTimerMs / minuteMs}
          defaultValue={minutes ?? ''}
          aria-label={t('timerMinutes')}
          onKeyDown={({ key, currentTarget }) => key === 'Enter' && take(currentTarget.valueAsNumber)}
          onBlur={({ target }) => take(target.valueAsNumber)}
        />
      )}
    </span>
  );
}
