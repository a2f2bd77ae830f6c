// How often one person may ask at the gate, by a clock of the test's own.
import { expect, it } from 'vitest';
import { createKnocks } from './knocks.ts';

const count = (answers: boolean[]) => answers.filter(Boolean).length;

it('lets a burst through and then the rate, each person for themselves', () => {
  const knocks = createKnocks({ perSecond: 2, burst: 10 });
  const ask = (person: string, times: number, atMs: number) =>
    count(Array.from({ length: times }, () => knocks.allow(person, atMs)));
  expect(ask('anna', 100, 0)).toBe(10);
  expect(ask('ben', 5, 0)).toBe(5);
  expect(ask('anna', 100, 1_000)).toBe(2);
  // Whoever goes on asking is never forgotten.
  let allowed = 0;
  for (let atMs = 2_000; atMs <= 60_000; atMs += 100) allowed += ask('anna', 1, atMs);
  expect(allowed).toBeLessThanOrEqual(2 * 59);
  expect(ask('anna', 100, 200_000)).toBe(10);
});
