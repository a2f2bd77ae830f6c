// Owns what speakers set about requests: whether they are taken, how many may be on screen, and the sound on this machine.
import { useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import type { RequestsState } from '../contract.ts';
import { fewestOnScreen, mostOnScreen } from '../contract.ts';
import { isChimeOn, setChime } from './chime.ts';
import { requestsTexts } from './texts.ts';

interface RequestsOptionsProps {
  requests: RequestsState;
  onSetOpen: (open: boolean) => void;
  onSetLimit: (limit: number) => void;
}

const limits = Array.from({ length: mostOnScreen - fewestOnScreen + 1 }, (_, index) => fewestOnScreen + index);

export function RequestsOptions({ requests, onSetOpen, onSetLimit }: RequestsOptionsProps) {
  const t = useTexts(requestsTexts);
  const [sounds, setSounds] = useState(isChimeOn);
  return (
    <div className="urgent-options">
      <label className="check">
        <input type="checkbox" checked={requests.open} onChange={(event) => onSetOpen(event.target.checked)} />
        {t('accept')}
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={sounds}
          onChange={(event) => {
            setChime(event.target.checked);
            setSounds(event.target.checked);
          }}
        />
        {t('sound')}
      </label>
      <label className="row between">
        {t('limit')}
        <select className="select" value={requests.limit} onChange={(event) => onSetLimit(Number(event.target.value))}>
          {limits.map((limit) => (
            <option key={limit} value={limit}>
              {limit}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
