// The order of the desk.
import { expect, it } from 'vitest';
import type { DeskConversation } from '../contract.ts';
import { deskGroups, waitText } from './desk-groups.ts';

const one = (id: string, takenBy: string | null): DeskConversation => ({
  id,
  personId: id,
  waitingSince: null,
  takenBy,
  resolvedAt: null,
  unread: false,
  last: null,
  where: { is: 'away' },
});

it('groups by who has it, and keeps the order of waiting', () => {
  const groups = deskGroups(
    [one('a', null), one('b', 'hana'), one('c', 'me'), one('d', null), one('e', 'ada'), one('f', 'hana')],
    'me',
  );
  const ids = (list: DeskConversation[]) => list.map(({ id }) => id).join('');
  expect([ids(groups.waiting), ids(groups.mine)]).toEqual(['ad', 'c']);
  expect(groups.others.map(({ by, conversations }) => `${by}:${ids(conversations)}`)).toEqual(['ada:e', 'hana:bf']);
});

it.each([
  [-5, '0:00'],
  [21_900, '0:21'],
  [252_000, '4:12'],
  [3_852_000, '1:04:12'],
])('%i ms read %s', (ms, text) => {
  expect(waitText(ms)).toBe(text);
});
