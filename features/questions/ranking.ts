// Owns the rank of questions (QA8): votes, then age. Pure, and never part of the state: it follows from it.
import type { Question, QuestionsState } from './contract.ts';

/** Numbers grow with the instant of asking: the smaller one is the older one. */
export const byRank = (a: Question, b: Question): number => b.votes - a.votes || a.number - b.number;

/** The one that is being answered live stands before all others. */
export function openByRank({ questions, answering }: QuestionsState): Question[] {
  const open = questions.filter((one) => !one.answered).sort(byRank);
  const live = open.findIndex((one) => one.number === answering);
  return live > 0 ? [...open.splice(live, 1), ...open] : open;
}

export const answeredByRank = ({ questions }: QuestionsState): Question[] => questions.filter((one) => one.answered).sort(byRank);
