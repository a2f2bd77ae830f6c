// Where the focus of a menu goes, as the WAI-ARIA menu button pattern has it.
import { expect, it } from 'vitest';
import { createTyping, rowForKey, rowForLetters } from './menu-keys.ts';

it.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 2, 0],
  ['ArrowDown', -1, 0],
  ['ArrowUp', 1, 0],
  ['ArrowUp', 0, 2],
  ['ArrowUp', -1, 2],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['Enter', 0, null],
  [' ', 0, null],
])('%s from row %i of 3 goes to %s', (key, index, expected) => {
  expect(rowForKey(key, index, 3)).toBe(expected);
  expect(rowForKey(key, -1, 0)).toBeNull();
});

const labels = ['Invite to stage', 'Mute', 'Remove from stage', 'Remove from Session', 'Ärgernis'];
it.each([
  ['m', 0, 1],
  ['r', 0, 2],
  ['rr', 2, 3],
  ['rrr', 3, 2],
  ['remove from s', 2, 2],
  ['remove from se', 2, 3],
  ['a', 0, 4],
  ['x', 0, null],
  ['', 0, null],
])('typing "%s" at row %i goes to %s', (letters, index, expected) => {
  expect(rowForLetters(letters, labels, index)).toBe(expected);
});

it('takes letters together until a pause', () => {
  const typing = createTyping();
  expect(typing('r', 0)).toBe('r');
  expect(typing('e', 500)).toBe('re');
  expect(typing('m', 1300)).toBe('m');
});
