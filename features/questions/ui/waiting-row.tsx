// Owns one question that is not published yet: for a speaker to let through, or for its author to know that it waits.
import { Clock } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import { questionsTexts } from './texts.ts';
import { useKeptHeight } from './use-kept-height.ts';

interface WaitingRowProps {
  /** Absent where rows do not change places. */
  number?: number;
  text: string;
  author: string;
  age: string;
  /** Somebody has let it through, or deleted it, while a hand was on the list. */
  decided?: 'approved' | 'deleted' | false;
  /** Absent for the author. */
  onApprove?: () => void;
  onRemove: () => void;
}

export function WaitingRow({ number, text, author, age, decided, onApprove, onRemove }: WaitingRowProps) {
  const t = useTexts(questionsTexts);
  const { row, style } = useKeptHeight(Boolean(decided));
  if (decided) {
    return (
      <li ref={row} style={style} className="question question--gone" data-number={number}>
        <p className="quiet">{t(decided)}</p>
      </li>
    );
  }
  return (
    <li ref={row} className="question question--waiting" data-number={number}>
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
