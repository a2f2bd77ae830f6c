// Who is listed where, and what a search finds.
import { expect, it } from 'vitest';
import { groupPeople, matches } from './people-groups.ts';

it('groups by what people do here, in the order in which they came', () => {
  const groups = groupPeople({
    present: { zoe: 'participant', host: 'speaker', watcher: 'participant', ada: 'participant' },
    speakers: ['host', 'watcher', 'early'],
    onStage: ['host', 'ada', 'early'],
    guests: ['ada'],
  });
  expect(groups).toEqual({ speakers: ['host', 'early'], onScreen: ['ada'], audience: ['zoe', 'watcher'] });
});

it('a speaker who came to watch and was let on screen is there as the others are', () => {
  const groups = groupPeople({
    present: { host: 'speaker', watcher: 'participant' },
    speakers: ['host', 'watcher'],
    onStage: ['host', 'watcher'],
    guests: ['watcher'],
  });
  expect(groups).toEqual({ speakers: ['host'], onScreen: ['watcher'], audience: [] });
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

it('groups five thousand in one pass, and searches each text once', () => {
  const present = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`p${index}`, 'participant' as const]));
  const groups = groupPeople({
    present: { host: 'speaker', ...present },
    speakers: ['host'],
    onStage: ['host', 'p7'],
    guests: ['p7'],
  });
  expect([groups.speakers, groups.onScreen, groups.audience.length]).toEqual([['host'], ['p7'], 4999]);
  let reads = 0;
  const person = {
    get name() {
      reads += 1;
      return 'Ada Lovelace';
    },
    organisation: '',
    headline: '',
  };
  for (const search of ['a', 'ad', 'ada', 'ada l']) expect(matches(person, search)).toBe(true);
  expect(reads).toBe(1);
});
