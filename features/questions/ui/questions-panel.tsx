// Owns the Q&A tab: the lists, their order, search and options, and the line to ask in.
import './questions.css';
import { Info } from 'lucide-react';
import { useId, useMemo, useRef, useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { AlertDialog } from '#platform/ui/alert-dialog.tsx';
import { Notice } from '#platform/ui/notice.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import { useIsHeld } from '#platform/ui/use-is-held.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { OwnQuestionsState, QuestionsState, ReceivedQuestionsState } from '../contract.ts';
import { findQuestion } from '../core.ts';
import { answeredByRank, openByRank } from '../ranking.ts';
import { AnsweringBar } from './answering-bar.tsx';
import { matching } from './held-order.ts';
import { QuestionForm } from './question-form.tsx';
import { QuestionList } from './question-list.tsx';
import type { QuestionActs } from './question-row.tsx';
import { QuestionsEmpty } from './questions-empty.tsx';
import type { QuestionsTab } from './questions-head.tsx';
import { QuestionsHead } from './questions-head.tsx';
import { QuestionsOptions } from './questions-options.tsx';
import { QuestionsSearch } from './questions-search.tsx';
import { questionsTexts } from './texts.ts';
import { useHeldOrder } from './use-held-order.ts';

interface QuestionsPanelProps {
  sessionId: string;
  questions: QuestionsState;
  own: OwnQuestionsState;
  /** Null for those who do not receive it. */
  received: ReceivedQuestionsState | null;
  /** The Session has not started, and one waits for it. */
  isWaiting: boolean;
  self: string | null;
  directory: Directory<PersonSummary>;
  serverNow: () => number;
  act: (type: string, body: Record<string, unknown>) => Promise<boolean>;
}

const nobody: ReceivedQuestionsState['waiting'] = [];

/** The focus must not fall out of the list with the row that it was in. */
function focusBeside(list: HTMLElement | null, number: number): () => void {
  const row = list?.querySelector(`[data-number="${number}"]`);
  const beside = row?.nextElementSibling ?? row?.previousElementSibling;
  return () => (beside?.querySelector<HTMLElement>('button') ?? list)?.focus();
}

export function QuestionsPanel(props: QuestionsPanelProps) {
  const { sessionId, questions, own, received, isWaiting, self, directory, serverNow, act } = props;
  const t = useTexts(questionsTexts);
  const id = useId();
  const list = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useState<QuestionsTab>('open');
  const [search, setSearch] = useState<string | null>(null);
  const [isShowingOptions, setShowingOptions] = useState(false);
  const [leaving, setLeaving] = useState<number | null>(null);
  const waits = received?.waiting.length ?? 0;
  const hasWaiting = received !== null && (questions.options.approval || waits > 0);
  const tab = chosen === 'waiting' && !hasWaiting ? 'open' : chosen;
  const open = useMemo(() => openByRank(questions), [questions]);
  const answered = useMemo(() => answeredByRank(questions), [questions]);
  const ranked = useMemo(() => matching(tab === 'answered' ? answered : open, search ?? ''), [tab, open, answered, search]);
  const isHeld = useIsHeld(list);
  const find = (number: number) => findQuestion(questions.questions, number);
  const order = useHeldOrder(ranked, find, isHeld, `${tab} ${search ?? ''}`);
  const waiting = received?.waiting ?? nobody;
  const toApprove = useHeldOrder(waiting, (number) => waiting.find((one) => one.number === number), isHeld, tab);
  const acts = useMemo<QuestionActs>(
    () => ({
      vote: (question, up) => act(up ? 'questions.vote' : 'questions.take-back', { question }),
      setAnswered: (question, is) => act('questions.set-answered', { question, answered: is }),
      setAnswering: (question, is) => act('questions.set-answering', { question, answering: is }),
      remove: setLeaving,
    }),
    [act],
  );
  const remove = async (question: number) => {
    setLeaving(null);
    const moveFocus = focusBeside(list.current, question);
    if (await act('questions.delete', { question })) moveFocus();
  };
  const tabs: { tab: QuestionsTab; count: number }[] = [
    { tab: 'open', count: open.length },
    { tab: 'answered', count: answered.length },
  ];
  if (hasWaiting) tabs.push({ tab: 'waiting', count: waits });
  const ownWaiting = own.mine.some((one) => one.waitingText !== null);
  const isEmpty = tab === 'waiting' ? toApprove.shown.length === 0 : order.shown.length === 0 && !(tab === 'open' && ownWaiting);
  const answering = questions.answering === null ? undefined : find(questions.answering);
  const isFirst = tab !== 'waiting' && order.shown[0]?.question.number === questions.answering;
  return (
    <>
      {isWaiting && (
        <div className="questions-note">
          <Notice icon={Info}>{t('askNow')}</Notice>
        </div>
      )}
      <QuestionsHead
        id={id}
        tabs={tabs}
        selected={tab}
        onSelect={setChosen}
        isStale={order.isStale && tab !== 'waiting'}
        onSortAgain={order.sortAgain}
        isSearching={search !== null}
        onSearching={(is) => setSearch(is ? '' : null)}
        options={received ? { isOpen: isShowingOptions, onOpen: setShowingOptions } : undefined}
      />
      {received && isShowingOptions && (
        <QuestionsOptions
          sessionId={sessionId}
          options={questions.options}
          onChange={(options) => act('questions.set-options', { ...options })}
        />
      )}
      {search !== null && <QuestionsSearch search={search} onSearch={setSearch} />}
      <section
        ref={list}
        className="scroll questions"
        role="tabpanel"
        id={`${id}-list`}
        aria-labelledby={`${id}-${tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
      >
        {answering && !isFirst && <AnsweringBar text={answering.text} list={list} isHeld={isHeld} />}
        {isEmpty && <QuestionsEmpty tab={tab} isSearching={Boolean(search)} hasAnswered={answered.length > 0} />}
        <QuestionList
          tab={tab}
          list={list}
          shown={order.shown}
          toApprove={toApprove.shown}
          questions={questions}
          own={own}
          received={received}
          self={self}
          directory={directory}
          serverNow={serverNow}
          acts={acts}
          onApprove={(question) => void act('questions.approve', { question })}
        />
      </section>
      <p className="sr" role="status">
        {answering && t('nowAnswering', { question: answering.text })}
      </p>
      <QuestionForm
        sessionId={sessionId}
        mayAskAnonymously={questions.options.anonymous}
        isAccented={received === null}
        onAsk={(text, anonymous) => act('questions.ask', { text, anonymous })}
      />
      <AlertDialog
        isOpen={leaving !== null}
        title={t('deleteTitle')}
        text={t('deleteText')}
        confirmLabel={t('delete')}
        cancelLabel={t('keep')}
        onCancel={() => setLeaving(null)}
        onConfirm={() => void (leaving !== null && remove(leaving))}
      />
    </>
  );
}
