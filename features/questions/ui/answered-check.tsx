// Owns the tick "Answered". It answers the press at once, and the state has the last word.
import { useEffect, useState } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import { questionsTexts } from './texts.ts';

interface AnsweredCheckProps {
  isAnswered: boolean;
  /** Resolves to false when it was refused. */
  onChange: (answered: boolean) => Promise<boolean>;
}

export function AnsweredCheck({ isAnswered, onChange }: AnsweredCheckProps) {
  const t = useTexts(questionsTexts);
  const [wanted, setWanted] = useState<boolean | null>(null);
  useEffect(() => setWanted((now) => (now === isAnswered ? null : now)), [isAnswered]);
  const change = async (answered: boolean) => {
    setWanted(answered === isAnswered ? null : answered);
    if (!(await onChange(answered))) setWanted(null);
  };
  return (
    <label className="check muted">
      <input type="checkbox" checked={wanted ?? isAnswered} onChange={(event) => void change(event.target.checked)} />
      {t('answered')}
    </label>
  );
}
