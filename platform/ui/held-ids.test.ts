// What a list shows while somebody is at it: nobody moves, nobody vanishes from under the hand, who is new comes last.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { heldIds } from './held-ids.ts';

it('keeps the place of who left, and puts who is new last', () => {
  expect(heldIds(['a', 'b', 'c'], ['d', 'a', 'c'])).toEqual(['a', 'b', 'c', 'd']);
});

it('is the same list while nobody is new', () => {
  const before = ['a', 'b'];
  expect(heldIds(before, ['b'])).toBe(before);
});

it('whatever happens, nobody who is shown changes their place, and everybody who is there is shown once', () => {
  const some = fc.uniqueArray(fc.constantFrom(...'abcdefgh'));
  fc.assert(
    fc.property(some, fc.array(some), (first, later) => {
      let shown: readonly string[] = first;
      for (const now of later) {
        const next = heldIds(shown, now);
        expect(next.slice(0, shown.length)).toEqual(shown);
        expect(new Set(next).size).toBe(next.length);
        expect(next).toEqual(expect.arrayContaining(now));
        shown = next;
      }
    }),
  );
});
