// Owns one question that is not published yet: for a speaker to let through, or for its author to know that it waits.
import { Clock } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { questionsTexts } from './texts.ts';

interface WaitingRowProps {
  text: string;
  author: string;
  age: string;
  /** Absent for the author. */
  onApprove?: () => void;
  onRemove: () => void;
}

export function WaitingRow({ text, author, age, onApprove, onRemove }: WaitingRowProps) {
  const t = useTexts(questionsTexts);
  return (
    <li className="question question--waiting">
      <span className="disc" aria-hidden="true">
        <Clock className="i i--s" />
      </span>
      <div>
        <p className="question-text" dir="auto">
          {text}
        </p>
        {!onApprove && <p className="quiet">{t('waits')}</p>}
        <div className="meta">
          <span className="grow cut">
            <bdi>{author}</bdi> · {age}
          </span>
          {onApprove && (
            <button type="button" className="btn btn--primary btn--s" onClick={onApprove}>
              {t('approve')}
            </button>
          )}
          <button type="button" className="btn btn--quiet btn--s" onClick={onRemove}>
            {t('delete')}
          </button>
        </div>
      </div>
    </li>
  );
}
