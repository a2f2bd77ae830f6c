// A long conversation in one page: older ones come before, nothing seen is lost, nothing is there twice.
import { expect, it } from 'vitest';
import { person } from '../testing.ts';
import { rememberMessages } from './whole-talk.ts';

const message = (seq: number, text = `m${seq}`) => ({ seq, at: '', author: person(1), text, shared: false });

it('joins what was fetched and what the state holds, and keeps what the state lets go of', () => {
  const recent = [message(5), message(8)];
  const first = rememberMessages([], recent);
  const older = rememberMessages(first, [message(1), message(3)]);
  expect(older.map((one) => one.seq)).toEqual([1, 3, 5, 8]);
  const later = rememberMessages(older, [message(8), message(9)]);
  expect(later.map((one) => one.seq)).toEqual([1, 3, 5, 8, 9]);
  expect(rememberMessages(first, recent)).toBe(first);
});

it('takes the newer words of the same message', () => {
  expect(rememberMessages([message(1)], [message(1, '')])[0]?.text).toBe('');
});
