// What a list shows while somebody is at it: nothing moves, nothing vanishes from under the hand, and the rank comes back afterwards.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Question } from '../contract.ts';
import { byRank } from '../ranking.ts';
import { freshOrder, heldOrder, matching } from './held-order.ts';

const question = (number: number, votes = 0, text = `q${number}`): Question => ({
  number,
  text,
  author: null,
  at: '',
  votes,
  answered: false,
});
const numbers = (shown: ReturnType<typeof freshOrder>['shown']) => shown.map((one) => one.question.number);
const finder = (questions: readonly Question[]) => (number: number) => questions.find((one) => one.number === number);

it('keeps places while votes come in, and counts on', () => {
  const before = freshOrder([question(1, 3), question(2, 1)]).shown;
  const now = [question(2, 9), question(1, 3)];
  const held = heldOrder(before, now, finder(now));
  expect(numbers(held.shown)).toEqual([1, 2]);
  expect(held.shown[1]?.question.votes).toBe(9);
  expect(held.isStale).toBe(true);
});

it('puts new ones last, keeps the place of deleted ones, and shows what was answered where it stood', () => {
  const before = freshOrder([question(1), question(2), question(3)]).shown;
  const answered = { ...question(1), answered: true };
  const ranked = [question(4, 5), question(3)];
  const held = heldOrder(before, ranked, finder([answered, ...ranked]));
  expect(numbers(held.shown)).toEqual([1, 2, 3, 4]);
  expect(held.shown.map((one) => one.gone)).toEqual([false, true, false, false]);
  expect(held.shown[0]?.question.answered).toBe(true);
  expect(held.shown[2]).toBe(before[2] && held.shown[2]);
});

it('is not stale when nothing moved, and rows that did not change are the same ones', () => {
  const now = [question(1), question(2)];
  const before = freshOrder(now).shown;
  const held = heldOrder(before, now, finder(now));
  expect(held.isStale).toBe(false);
  expect(held.shown.every((one, index) => one === before[index])).toBe(true);
});

it('whatever happens, no row that is shown changes its place while held', () => {
  const some = fc.uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 12 }), votes: fc.nat(9) }), {
    selector: (one) => one.number,
  });
  fc.assert(
    fc.property(some, fc.array(some), (first, later) => {
      let { shown } = freshOrder(first.map((one) => question(one.number, one.votes)).sort(byRank));
      for (const state of later) {
        const ranked = state.map((one) => question(one.number, one.votes)).sort(byRank);
        const next = heldOrder(shown, ranked, finder(ranked)).shown;
        expect(numbers(next).slice(0, shown.length)).toEqual(numbers(shown));
        expect(new Set(numbers(next)).size).toBe(next.length);
        shown = next;
      }
    }),
  );
});

it('search wants every word, and minds neither accents nor case', () => {
  const questions = [question(1, 0, 'Wie groß ist das Büro?'), question(2, 0, 'Is there a café?')];
  expect(matching(questions, 'buro GROß').map((one) => one.number)).toEqual([1]);
  expect(matching(questions, '  ')).toBe(questions);
  expect(matching(questions, 'cafe bar')).toEqual([]);
});
