// Whom an "@" means while one types, and where names stand in what was sent (CH9).
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findNamed, markNames, openMention, stillMeant } from './mentions.ts';

it.each([
  ['hello @', 7, { from: 6, search: '' }],
  ['hello @mar', 10, { from: 6, search: 'mar' }],
  ['@maria f', 8, { from: 0, search: 'maria f' }],
  ['@maria f and', 12, null],
  ['a@b.example', 11, null],
  ['@mar later', 4, { from: 0, search: 'mar' }],
])('%s at %i', (text, caret, expected) => {
  expect(openMention(text, caret)).toEqual(expected);
});

it('finds by the beginning of any word, six at most', () => {
  const people = [
    { id: '1', name: 'María-Fernanda Echeverría' },
    { id: '2', name: '' },
    { id: '3', name: 'رنا الخزامي' },
  ];
  expect(findNamed(people, 'eche').map((one) => one.id)).toEqual(['1']);
  expect(findNamed(people, 'maria-f').map((one) => one.id)).toEqual(['1']);
  expect(findNamed(people, 'رن').map((one) => one.id)).toEqual(['3']);
  expect(
    findNamed(
      Array.from({ length: 50 }, (_, index) => ({ id: `${index}`, name: `Ada ${index}` })),
      'a',
    ),
  ).toHaveLength(6);
});

it('means only those whose name was left standing, and marks the longest name', () => {
  const chosen = [
    { id: '1', name: 'Ada' },
    { id: '2', name: 'Ada Lovelace' },
    { id: '1', name: 'Ada' },
  ];
  expect(stillMeant('@Ada hi', chosen)).toEqual(['1']);
  expect(markNames('hi @Ada Lovelace, @Bob', ['Ada', 'Ada Lovelace'])).toEqual([
    { text: 'hi ', isName: false },
    { text: '@Ada Lovelace', isName: true },
    { text: ', @Bob', isName: false },
  ]);
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string(), { maxLength: 3 }), (text, names) => {
      expect(
        markNames(text, names)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }),
  );
});
