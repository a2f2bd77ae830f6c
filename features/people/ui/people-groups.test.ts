// Who is listed where, and what a search finds.
import { expect, it } from 'vitest';
import { groupPeople, matches } from './people-groups.ts';

it('groups by what people do here, in the order in which they came', () => {
  const groups = groupPeople({
    present: { zoe: 'participant', host: 'speaker', watcher: 'participant', ada: 'participant' },
    speakers: ['host', 'watcher', 'early'],
    onStage: ['host', 'ada', 'early'],
  });
  expect(groups).toEqual({ speakers: ['host', 'early'], onScreen: ['ada'], audience: ['zoe', 'watcher'] });
});

it.each([
  ['echeverria', true],
  ['ROBOT mar', true],
  ['gdansk', true],
  ['berlin', false],
  ['', true],
])('"%s" finds María: %s', (search, found) => {
  const person = { name: 'María Echeverría', organisation: 'Politechnika Gdańska', headline: 'BSc Robotics' };
  expect(matches(person, search)).toBe(found);
});

it('finds nobody whose name is not known yet', () => {
  expect(matches(undefined, 'a')).toBe(false);
  expect(matches(undefined, '')).toBe(true);
});
