// Owns the rows of one list in the order in which they are shown.
import type { RefObject } from 'react';
import { useCallback, useMemo } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { OwnQuestionsState, QuestionsState, ReceivedQuestionsState, WaitingQuestion } from '../contract.ts';
import { findQuestion } from '../core.ts';
import type { ShownQuestion } from './held-order.ts';
import type { QuestionActs } from './question-row.tsx';
import { QuestionRow } from './question-row.tsx';
import type { QuestionsTab } from './questions-head.tsx';
import { useQuestionWords } from './use-question-words.ts';
import { useReorderMotion } from './use-reorder-motion.ts';
import { WaitingRow } from './waiting-row.tsx';

export interface QuestionListProps {
  tab: QuestionsTab;
  list: RefObject<HTMLElement | null>;
  shown: readonly ShownQuestion[];
  toApprove: readonly ShownQuestion<WaitingQuestion>[];
  questions: QuestionsState;
  own: OwnQuestionsState;
  /** Null for those who do not receive it. */
  received: ReceivedQuestionsState | null;
  self: string | null;
  directory: Directory<PersonSummary>;
  serverNow: () => number;
  acts: QuestionActs;
  onApprove: (number: number) => void;
}

export function QuestionList({
  tab,
  list,
  shown,
  toApprove,
  questions,
  own,
  received,
  self,
  directory,
  serverNow,
  acts,
  onApprove,
}: QuestionListProps) {
  const authors = received?.authors;
  const ids = useMemo(() => {
    const named = shown.flatMap(({ question }) => question.author ?? authors?.[question.number] ?? []);
    return [...new Set([...named, ...toApprove.map(({ question }) => question.author)])];
  }, [shown, authors, toApprove]);
  const version = useDirectory(directory, ids).version();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the directory changes with its version.
  const nameOf = useCallback((person: string) => directory.get(person)?.name ?? '', [directory, version]);
  const words = useQuestionWords(serverNow, nameOf);
  const mine = useMemo(() => new Set(own.mine.map((one) => one.number)), [own.mine]);
  const votes = useMemo(() => new Set(own.votes), [own.votes]);
  useReorderMotion(list, (tab === 'waiting' ? toApprove : shown).map(({ question }) => question.number).join(' '));
  return (
    <>
      {tab === 'open' && (
        <ul className="questions-own">
          {own.mine.map(
            ({ number, waitingText, anonymous, at }) =>
              waitingText !== null && (
                <WaitingRow
                  key={number}
                  text={waitingText}
                  author={words.author({ author: self, anonymous, isMine: true })}
                  age={words.age(at)}
                  onRemove={() => acts.remove(number)}
                />
              ),
          )}
        </ul>
      )}
      {tab === 'waiting' ? (
        <ol>
          {toApprove.map(({ question: { number, text, author, anonymous, at }, gone }) => (
            <WaitingRow
              key={number}
              number={number}
              text={text}
              decided={gone && (findQuestion(questions.questions, number) ? 'approved' : 'deleted')}
              author={words.author({ author, anonymous, isMine: author === self })}
              age={words.age(at)}
              onApprove={() => onApprove(number)}
              onRemove={() => acts.remove(number)}
            />
          ))}
        </ol>
      ) : (
        <ol>
          {shown.map(({ question, gone }) => {
            const { number, author, at } = question;
            const isMine = mine.has(number) || (author !== null && author === self);
            return (
              <QuestionRow
                key={number}
                question={question}
                gone={gone}
                author={words.author({ author: author ?? authors?.[number] ?? null, anonymous: author === null, isMine })}
                age={words.age(at)}
                isMine={isMine}
                isVoted={votes.has(number)}
                isAnswering={questions.answering === number}
                mayModerate={received !== null}
                acts={acts}
              />
            );
          })}
        </ol>
      )}
    </>
  );
}
