// Owns one question: its vote, its words, who asked and when, and what one may do about it.
import { Radio, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { useTexts } from '#platform/ui/texts.ts';
import type { Question } from '../contract.ts';
import { AnsweredCheck } from './answered-check.tsx';
import { questionsTexts } from './texts.ts';
import { useKeptHeight } from './use-kept-height.ts';
import { VoteButton } from './vote-button.tsx';

export interface QuestionActs {
  vote(number: number, up: boolean): Promise<boolean>;
  setAnswered(number: number, answered: boolean): Promise<boolean>;
  setAnswering(number: number, answering: boolean): Promise<boolean>;
  /** Asks before it does. */
  remove(number: number): void;
}

interface QuestionRowProps {
  question: Question;
  gone: boolean;
  /** "Siobhán Dunlearigh", "Anonymous", "You". */
  author: string;
  age: string;
  isMine: boolean;
  isVoted: boolean;
  isAnswering: boolean;
  mayModerate: boolean;
  acts: QuestionActs;
}

export const QuestionRow = memo(function QuestionRow({
  question,
  gone,
  author,
  age,
  isMine,
  isVoted,
  isAnswering,
  mayModerate,
  acts,
}: QuestionRowProps) {
  const t = useTexts(questionsTexts);
  const { number, text, votes, answered } = question;
  const { row, style } = useKeptHeight(gone);
  if (gone) {
    return (
      <li ref={row} style={style} className="question question--gone" data-number={number}>
        <p className="quiet">{t('deleted')}</p>
      </li>
    );
  }
  const by = (
    <span className="grow cut" title={`${author} · ${age}`}>
      <bdi>{author}</bdi> · {age}
    </span>
  );
  return (
    <li ref={row} className={isAnswering ? 'question question--live' : 'question'} data-number={number}>
      <VoteButton votes={votes} isMine={isVoted} onVote={(up) => acts.vote(number, up)} />
      <div>
        <p className="question-text" dir="auto">
          {text}
        </p>
        {isAnswering && <div className="meta question-by">{by}</div>}
        <div className="meta">
          {isAnswering && !mayModerate && (
            <span className="answering">
              <Radio className="i i--s" aria-hidden="true" />
              {t('answeringLive')}
            </span>
          )}
          {!isAnswering && by}
          {mayModerate && (isAnswering || !answered) && (
            <button
              type="button"
              className={isAnswering ? 'answering answering--on' : 'btn btn--quiet btn--s btn--icon'}
              aria-label={t('answeringLive')}
              aria-pressed={isAnswering}
              title={t('answeringLive')}
              onClick={() => void acts.setAnswering(number, !isAnswering)}
            >
              <Radio className="i i--s" aria-hidden="true" />
              {isAnswering && t('answeringLive')}
            </button>
          )}
          {isAnswering && <span className="grow" />}
          {mayModerate && <AnsweredCheck isAnswered={answered} onChange={(is) => acts.setAnswered(number, is)} />}
          {mayModerate ? (
            <button
              type="button"
              className="btn btn--quiet btn--s btn--icon"
              aria-label={t('deleteQuestion')}
              title={t('deleteQuestion')}
              onClick={() => acts.remove(number)}
            >
              <Trash2 className="i i--s" aria-hidden="true" />
            </button>
          ) : (
            isMine && (
              <button type="button" className="btn btn--quiet btn--s" onClick={() => acts.remove(number)}>
                {t('delete')}
              </button>
            )
          )}
        </div>
      </div>
    </li>
  );
});
