// The comparison of connections with the committed presence, as a table of moments.
import { expect, test } from 'vitest';
import type { KnownPresence } from './presence-difference.ts';
import { newest, presenceDifferences } from './presence-difference.ts';
import type { PresentAs } from './presence-rows.ts';

const graceMs = 6000;
/** Plays moments in a row with one memory, without the facts changing by themselves. */
function play(...moments: [nowMs: number, connected: Record<string, PresentAs>, known: KnownPresence][]) {
  const memory = new Map<string, number>();
  return moments.map(([nowMs, connected, known]) =>
    presenceDifferences(new Map(Object.entries(connected)), known, memory, nowMs, graceMs),
  );
}
const nothing = { arrived: [], left: [] };

test('what was opened last counts, and of one opening the speaker, in any order', () => {
  const as = (...list: [PresentAs, number][]) => newest(list.map(([one, turn]) => ({ personId: 'a', as: one, turn }))).get('a');
  expect([as(['speaker', 0], ['participant', 0]), as(['participant', 7], ['speaker', 7])]).toEqual(['speaker', 'speaker']);
  const older: [PresentAs, number] = ['speaker', 1];
  const newer: [PresentAs, number] = ['participant', 2];
  expect([as(older, newer), as(newer, older), as(older)]).toEqual(['participant', 'participant', 'speaker']);
});

test('an arrival, and a rise to speaker, are told at once', () => {
  expect(play([0, { a: 'participant' }, {}])).toEqual([{ arrived: [{ person: 'a', as: 'participant' }], left: [] }]);
  expect(play([0, { a: 'speaker' }, { a: 'participant' }])).toEqual([{ arrived: [{ person: 'a', as: 'speaker' }], left: [] }]);
});

test('a going is told after the grace, which begins anew after each return', () => {
  const gone = { arrived: [], left: ['a'] };
  const known: KnownPresence = { a: 'participant' };
  expect(play([0, {}, known], [5999, {}, known], [6000, {}, known])).toEqual([nothing, nothing, gone]);
  expect(
    play([0, {}, known], [5000, { a: 'participant' }, known], [6000, {}, known], [11_999, {}, known], [12_000, {}, known]),
  ).toEqual([nothing, nothing, nothing, nothing, gone]);
});

test('a fall from speaker waits for the grace too: a reload must not take anybody off the stage', () => {
  const known: KnownPresence = { a: 'speaker' };
  const moments = play([0, { a: 'participant' }, known], [6000, { a: 'participant' }, known]);
  expect(moments).toEqual([nothing, { arrived: [{ person: 'a', as: 'participant' }], left: [] }]);
});

test('nothing is remembered of those who are no longer known', () => {
  const moments = play([0, {}, { a: 'participant' }], [1000, {}, {}], [7000, {}, { a: 'participant' }]);
  expect(moments).toEqual([nothing, nothing, nothing]);
});

test('one event tells at most 500 changes', () => {
  const crowd = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`p${n}`, 'participant' as const]));
  expect(play([0, crowd, {}])[0]?.arrived).toHaveLength(500);
});
