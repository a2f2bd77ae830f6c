// Owns which order a list shows while it must not move: what stands there stays, what left says so, what is new comes last. Pure.
import type { Question } from '../contract.ts';

interface Numbered {
  number: number;
}
export interface ShownQuestion<Q extends Numbered = Question> {
  question: Q;
  /** No longer in any such list while somebody had hand or eye on this one: its place stays, its words go. */
  gone: boolean;
}
export interface HeldOrder<Q extends Numbered = Question> {
  shown: readonly ShownQuestion<Q>[];
  /** The rank says something else by now. */
  isStale: boolean;
}

export const freshOrder = <Q extends Numbered>(ranked: readonly Q[]): HeldOrder<Q> => ({
  shown: ranked.map((question) => ({ question, gone: false })),
  isStale: false,
});

/** `before` is what was shown last; `find` knows every question that still is, also one that belongs into another list by now. */
export function heldOrder<Q extends Numbered>(
  before: readonly ShownQuestion<Q>[],
  ranked: readonly Q[],
  find: (number: number) => Q | undefined,
): HeldOrder<Q> {
  const known = new Set(before.map(({ question }) => question.number));
  const kept = before.map((one): ShownQuestion<Q> => {
    const question = find(one.question.number);
    if (question) return question === one.question && !one.gone ? one : { question, gone: false };
    return one.gone ? one : { question: one.question, gone: true };
  });
  const fresh = ranked.filter(({ number }) => !known.has(number)).map((question) => ({ question, gone: false }));
  const shown = [...kept, ...fresh];
  const isStale =
    shown.length !== ranked.length || shown.some(({ question }, index) => question.number !== ranked[index]?.number);
  return { shown, isStale };
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Every word must be found; accents and case do not matter. */
export function matching(questions: readonly Question[], search: string): readonly Question[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return questions;
  return questions.filter(({ text }) => {
    const heap = fold(text);
    return words.every((word) => heap.includes(word));
  });
}
