// Which messages a tab shows: nothing seen is lost, nothing deleted comes back, and the past comes without gaps.
import { expect, it } from 'vitest';
import type { ChatMessage } from '../contract.ts';
import { forget, merge, nextToFetch, remember } from './chat-history.ts';

const message = (seq: number, minute: number, deleted = false): ChatMessage => ({
  seq,
  author: 'a',
  text: deleted ? '' : `m${seq}`,
  at: `2026-12-09T13:${String(minute).padStart(2, '0')}:00.000Z`,
  deleted,
});

it('keeps what the state has let go of, and takes deletions over', () => {
  const first = remember([], [message(1, 1), message(4, 2)]);
  const second = remember(first, [message(4, 2, true), message(6, 3)]);
  expect(second.map((one) => [one.seq, one.deleted])).toEqual([
    [1, false],
    [4, true],
    [6, false],
  ]);
  expect(remember(second, [message(4, 2)])).toBe(second);
});

it('shows both channels by time, but nothing from before a gap', () => {
  const everyone = { channel: 'everyone' as const, messages: [message(1, 1), message(2, 5)], hasOlder: false };
  const backstage = { channel: 'backstage' as const, messages: [message(3, 3), message(9, 7)], hasOlder: true };
  expect(merge([everyone, backstage]).map((one) => one.key)).toEqual(['backstage-3', 'everyone-2', 'backstage-9']);
  expect(nextToFetch([everyone, backstage])).toEqual({ channel: 'backstage', before: 3 });
  expect(nextToFetch([everyone, { ...backstage, hasOlder: false }])).toBeNull();
});

it('shows a reaction that came to a known message, and forgets the words of one that was deleted late (CH7)', () => {
  const known = remember([], [message(1, 1), message(2, 2)]);
  const reacted = remember(known, [{ ...message(2, 2), reactions: { heart: 1 } }]);
  expect(reacted[1]?.reactions).toEqual({ heart: 1 });
  expect(forget(reacted, [7])).toBe(reacted);
  expect(forget(reacted, [2])).toEqual([message(1, 1), message(2, 2, true)]);
});
