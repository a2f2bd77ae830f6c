// Proves initials for names of many kinds, and a colour that stays.
import { expect, test } from 'vitest';
import { hueOf, initials } from './avatar.tsx';

test.each([
  ['Ada Lovelace', 'AL'],
  ['María-Fernanda Guadalupe Echeverría', 'ME'],
  ['  plato ', 'P'],
  ['نور الهدى', 'نا'],
  ['👩🏽‍🚀 Kosmo', '👩🏽‍🚀K'],
  ['', ''],
])('%s', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test('the same person has the same hue', () => {
  expect(hueOf('01a209ef-208c')).toBe(hueOf('01a209ef-208c'));
  expect(hueOf('01a209ef-208c')).not.toBe(hueOf('01a209ef-208d'));
});
