// Owns a speaker's options: approval, anonymous asking, and taking the questions away as a file.
import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLanguage, useTexts } from '#platform/ui/texts.ts';
import type { QuestionOptions } from '../contract.ts';
import { questionsTexts } from './texts.ts';

interface QuestionsOptionsProps {
  sessionId: string;
  options: QuestionOptions;
  /** Resolves to false when it was refused. */
  onChange: (options: QuestionOptions) => Promise<boolean>;
}

export function QuestionsOptions({ sessionId, options, onChange }: QuestionsOptionsProps) {
  const t = useTexts(questionsTexts);
  const language = useLanguage();
  // Shown at once; the state has the last word, which comes a moment after the answer.
  const [wanted, setWanted] = useState<QuestionOptions | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the state says next outweighs the press.
  useEffect(() => setWanted(null), [options]);
  const shown = wanted ?? options;
  const change = async (next: QuestionOptions) => {
    setWanted(next);
    if (!(await onChange(next))) setWanted(null);
  };
  return (
    <fieldset className="question-options">
      <legend className="sr">{t('options')}</legend>
      <label className="check">
        <input
          type="checkbox"
          checked={shown.approval}
          onChange={(event) => void change({ ...shown, approval: event.target.checked })}
        />
        {t('approval')}
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={shown.anonymous}
          onChange={(event) => void change({ ...shown, anonymous: event.target.checked })}
        />
        {t('anonymousAllowed')}
      </label>
      <a className="btn btn--s" href={`/api/sessions/${sessionId}/questions.csv?language=${language}`} download>
        <Download className="i i--s" aria-hidden="true" />
        {t('download')}
      </a>
    </fieldset>
  );
}
