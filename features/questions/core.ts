// Owns who may ask, vote, and moderate, and what follows (rules QA1–QA12 in SPEC.md). Evolving costs the same for a vote among five questions and among five hundred.
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import type { Actor, AudienceEvent, Command, Decision } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import type {
  OwnQuestionsState,
  Question,
  QuestionOptions,
  QuestionsEvent,
  QuestionsState,
  ReceivedQuestionsState,
} from './contract.ts';
import { askWindowMs, mostAsked, mostQuestions } from './contract.ts';

export const initialQuestions: QuestionsState = {
  options: { approval: false, anonymous: true },
  questions: [],
  answering: null,
  last: 0,
};
export const initialReceivedQuestions: ReceivedQuestionsState = { waiting: [], authors: {}, last: 0 };
export const initialOwnQuestions: OwnQuestionsState = { mine: [], votes: [], askedAt: [] };

/** Place of the first question whose number is not smaller. They are in order, so a vote need not look at all of them. */
function placeOf(questions: readonly Question[], number: number): number {
  let [low, high] = [0, questions.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((questions[middle]?.number ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function findQuestion(questions: readonly Question[], number: number): Question | undefined {
  const found = questions[placeOf(questions, number)];
  return found?.number === number ? found : undefined;
}

function change(state: QuestionsState, number: number, to: Partial<Question>): QuestionsState {
  const place = placeOf(state.questions, number);
  const found = state.questions[place];
  if (found?.number !== number) return state;
  const questions = state.questions.slice();
  questions[place] = { ...found, ...to };
  return { ...state, questions };
}

export function evolveQuestions(state: QuestionsState, event: AudienceEvent): QuestionsState {
  const { type, body } = event as AudienceEvent & QuestionsEvent;
  switch (type) {
    case 'questions.published': {
      const { question: number, text, author, askedAt } = body;
      // Erased with who asked it: its number is not given again.
      if (text === '') return { ...state, last: Math.max(state.last, number) };
      const questions = state.questions.slice();
      questions.splice(placeOf(questions, number), 0, { number, text, author, at: askedAt, votes: 0, answered: false });
      return { ...state, questions, last: Math.max(state.last, number) };
    }
    case 'questions.counted':
      return change(state, body.question, { votes: body.votes });
    case 'questions.answered':
      return change(state, body.question, { answered: body.answered });
    case 'questions.answering':
      return {
        ...state,
        answering: body.question !== null && findQuestion(state.questions, body.question) ? body.question : null,
      };
    case 'questions.removed':
      return { ...state, questions: state.questions.filter((one) => one.number !== body.question) };
    case 'questions.options-set':
      return { ...state, options: { approval: body.approval, anonymous: body.anonymous } };
    default:
      return state;
  }
}

export function evolveReceivedQuestions(state: ReceivedQuestionsState, event: AudienceEvent): ReceivedQuestionsState {
  const { type, body } = event as AudienceEvent & QuestionsEvent;
  const waitingBut = (number: number) => state.waiting.filter((one) => one.number !== number);
  switch (type) {
    case 'questions.received': {
      const { question: number, author, anonymous, text } = body;
      const last = Math.max(state.last, number);
      if (text === '') return { ...state, last };
      if (text === null) return { ...state, last, authors: { ...state.authors, [number]: author } };
      return { ...state, last, waiting: [...state.waiting, { number, text, author, anonymous, at: event.at }] };
    }
    case 'questions.approved': {
      const approved = state.waiting.find((one) => one.number === body.question);
      const authors = approved?.anonymous ? { ...state.authors, [approved.number]: approved.author } : state.authors;
      return { ...state, waiting: waitingBut(body.question), authors };
    }
    case 'questions.dropped': {
      const { [body.question]: _, ...authors } = state.authors;
      return { ...state, waiting: waitingBut(body.question), authors };
    }
    default:
      return state;
  }
}

export function evolveOwnQuestions(state: OwnQuestionsState, event: AudienceEvent): OwnQuestionsState {
  const { type, body } = event as AudienceEvent & QuestionsEvent;
  switch (type) {
    case 'questions.you-asked': {
      const mine = { number: body.question, anonymous: body.anonymous, at: event.at, waitingText: body.text };
      return { ...state, mine: [...state.mine, mine], askedAt: [...state.askedAt, event.at].slice(-mostAsked) };
    }
    case 'questions.yours-published':
      return { ...state, mine: state.mine.map((one) => (one.number === body.question ? { ...one, waitingText: null } : one)) };
    case 'questions.yours-removed':
      return { ...state, mine: state.mine.filter((one) => one.number !== body.question) };
    case 'questions.you-voted':
      return { ...state, votes: [...state.votes, body.question] };
    case 'questions.you-took-back':
      return { ...state, votes: state.votes.filter((number) => number !== body.question) };
    default:
      return state;
  }
}

interface View {
  questions: QuestionsState;
  received: ReceivedQuestionsState;
  /** The actor's own slice. */
  own: OwnQuestionsState;
  lifecycle: LifecycleState;
  /** True for a speaker who joined as one. */
  moderates: boolean;
}

export function decideQuestions(state: View, command: Command, actor: Actor, now: string): Decision<QuestionsEvent> {
  if (actor.kind !== 'person') return refuse('unknown-command');
  if (state.lifecycle.phase === 'unscheduled') return refuse('session-not-scheduled');
  if (state.lifecycle.phase === 'ended') return refuse('session-ended');
  const { type, body } = command;
  if (type === 'questions.ask') return ask(state, actor.personId, body as { text: string; anonymous: boolean }, now);
  if (type === 'questions.set-options') return setOptions(state, body as unknown as QuestionOptions);
  const number = body.question as number;
  if (type === 'questions.approve') return approve(state, actor.personId, number);
  if (type === 'questions.delete') return remove(state, actor.personId, number);
  const question = findQuestion(state.questions.questions, number);
  if (!question) return refuse('no-such-question');
  switch (type) {
    case 'questions.vote':
    case 'questions.take-back':
      return vote(state, actor.personId, question, type === 'questions.vote');
    case 'questions.set-answered':
      return setAnswered(state, question, body.answered as boolean);
    case 'questions.set-answering':
      return setAnswering(state, question, body.answering as boolean);
    default:
      return refuse('unknown-command');
  }
}

function ask(
  state: View,
  person: string,
  { text, anonymous }: { text: string; anonymous: boolean },
  now: string,
): Decision<QuestionsEvent> {
  const { questions, received, own, moderates } = state;
  if (anonymous && !questions.options.anonymous) return refuse('not-anonymously');
  if (questions.questions.length + received.waiting.length >= mostQuestions) return refuse('too-many-questions');
  const oldest = own.askedAt.length < mostAsked ? undefined : own.askedAt[0];
  const waitMs = oldest === undefined ? 0 : Date.parse(oldest) + askWindowMs - Date.parse(now);
  if (waitMs > 0) return refuse('asking-too-fast', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  const question = Math.max(questions.last, received.last) + 1;
  const waits = questions.options.approval && !moderates;
  const waitingText = waits ? text : null;
  const events: QuestionsEvent[] = [
    { audience: `person:${person}`, type: 'questions.you-asked', body: { question, anonymous, text: waitingText } },
  ];
  if (waits || anonymous) {
    events.push({
      audience: 'backstage',
      type: 'questions.received',
      body: { question, author: person, anonymous, text: waitingText },
    });
  }
  if (!waits) events.push(published(question, text, anonymous ? null : person, now));
  return { events };
}

const published = (question: number, text: string, author: string | null, askedAt: string): QuestionsEvent => ({
  audience: 'all',
  type: 'questions.published',
  body: { question, text, author, askedAt },
});

function approve({ received, questions }: View, by: string, number: number): Decision<QuestionsEvent> {
  const waiting = received.waiting.find((one) => one.number === number);
  // Two speakers approve at once: what the second one asked for has happened.
  if (!waiting) return findQuestion(questions.questions, number) ? { events: [] } : refuse('no-such-question');
  const author = waiting.anonymous ? null : waiting.author;
  return {
    events: [
      { audience: 'backstage', type: 'questions.approved', body: { question: number, by } },
      published(number, waiting.text, author, waiting.at),
      { audience: `person:${waiting.author}`, type: 'questions.yours-published', body: { question: number } },
    ],
  };
}

function vote(state: View, person: string, { number, votes }: Question, up: boolean): Decision<QuestionsEvent> {
  if (state.own.votes.includes(number) === up) return { events: [] };
  return {
    events: [
      { audience: 'all', type: 'questions.counted', body: { question: number, votes: votes + (up ? 1 : -1) } },
      {
        audience: `person:${person}`,
        type: up ? 'questions.you-voted' : 'questions.you-took-back',
        body: { question: number },
      },
    ],
  };
}

const answering = (question: number | null): QuestionsEvent => ({
  audience: 'all',
  type: 'questions.answering',
  body: { question },
});

function setAnswered({ questions }: View, question: Question, answered: boolean): Decision<QuestionsEvent> {
  if (question.answered === answered) return { events: [] };
  const events: QuestionsEvent[] = [
    { audience: 'all', type: 'questions.answered', body: { question: question.number, answered } },
  ];
  if (questions.answering === question.number) events.push(answering(null));
  return { events };
}

function setAnswering({ questions }: View, question: Question, on: boolean): Decision<QuestionsEvent> {
  if ((questions.answering === question.number) === on) return { events: [] };
  if (on && question.answered) return refuse('already-answered');
  return { events: [answering(on ? question.number : null)] };
}

function remove({ questions, received, own, moderates }: View, by: string, number: number): Decision<QuestionsEvent> {
  const shown = findQuestion(questions.questions, number);
  const waiting = received.waiting.find((one) => one.number === number);
  const isMine = own.mine.some((one) => one.number === number);
  // To others a waiting question is as good as none.
  if (!shown && !(waiting && (moderates || isMine))) return refuse('no-such-question');
  if (!moderates && !isMine) return refuse('not-your-question');
  const author = shown?.author ?? waiting?.author ?? received.authors[number];
  const events: QuestionsEvent[] = [];
  if (shown) events.push({ audience: 'all', type: 'questions.removed', body: { question: number } });
  if (questions.answering === number) events.push(answering(null));
  events.push({ audience: 'backstage', type: 'questions.dropped', body: { question: number, by } });
  if (author) events.push({ audience: `person:${author}`, type: 'questions.yours-removed', body: { question: number } });
  return { events };
}

function setOptions({ questions }: View, { approval, anonymous }: QuestionOptions): Decision<QuestionsEvent> {
  const { options } = questions;
  if (options.approval === approval && options.anonymous === anonymous) return { events: [] };
  return { events: [{ audience: 'all', type: 'questions.options-set', body: { approval, anonymous } }] };
}
