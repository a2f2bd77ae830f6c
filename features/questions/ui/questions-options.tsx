// Owns a speaker's options: approval, anonymous asking, and taking the questions away as a file.
import { Download } from 'lucide-react';
import { useLanguage, useTexts } from '#platform/ui/texts.ts';
import type { QuestionOptions } from '../contract.ts';
import { questionsTexts } from './texts.ts';

interface QuestionsOptionsProps {
  sessionId: string;
  options: QuestionOptions;
  onChange: (options: QuestionOptions) => void;
}

export function QuestionsOptions({ sessionId, options, onChange }: QuestionsOptionsProps) {
  const t = useTexts(questionsTexts);
  const language = useLanguage();
  return (
    <fieldset className="question-options">
      <legend className="sr">{t('options')}</legend>
      <label className="check">
        <input
          type="checkbox"
          checked={options.approval}
          onChange={(event) => onChange({ ...options, approval: event.target.checked })}
        />
        {t('approval')}
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={options.anonymous}
          onChange={(event) => onChange({ ...options, anonymous: event.target.checked })}
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
