// What keys mean, and when they mean nothing.
import { expect, it } from 'vitest';
import type { PressedKey } from './keys.ts';
import { meaningOf } from './keys.ts';

const on = { keys: true, holdToTalk: true };
const press = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  hasModifier: false,
  isRepeat: false,
  isTyping: false,
  isOnControl: false,
  ...more,
});

it.each([
  ['m', 'microphone'],
  ['M', 'microphone'],
  ['v', 'camera'],
  [' ', 'talk'],
  ['x', null],
])('%j means %s', (key, meaning) => {
  expect(meaningOf(press(key), on)).toBe(meaning);
});

it.each([['hasModifier'], ['isRepeat'], ['isTyping']] as const)('nothing where %s', (why) => {
  for (const key of ['m', 'v', ' ']) expect(meaningOf(press(key, { [why]: true }), on)).toBeNull();
});

it('on a control, Space is the control’s; the letters still work', () => {
  expect(meaningOf(press(' ', { isOnControl: true }), on)).toBeNull();
  expect(meaningOf(press('m', { isOnControl: true }), on)).toBe('microphone');
});

it('all can be switched off, or only Space', () => {
  for (const key of ['m', 'v', ' ']) expect(meaningOf(press(key), { keys: false, holdToTalk: true })).toBeNull();
  expect(meaningOf(press(' '), { keys: true, holdToTalk: false })).toBeNull();
  expect(meaningOf(press('m'), { keys: true, holdToTalk: false })).toBe('microphone');
});
