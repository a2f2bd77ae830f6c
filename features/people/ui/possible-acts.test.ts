// What a speaker may do about whom: by what somebody is here, not by the list of speakers alone.
import { expect, it } from 'vitest';
import { possibleActs } from './possible-acts.ts';

const standing = {
  present: {
    host: 'speaker',
    ada: 'participant',
    watcher: 'participant',
    guest: 'participant',
    invited: 'participant',
    roomed: 'participant',
    'guest-in-room': 'participant',
  },
  speakers: ['host', 'watcher', 'guest'],
  onStage: ['host', 'guest', 'guest-in-room'],
  guests: ['guest', 'guest-in-room'],
  heard: ['host', 'guest', 'roomed'],
  rooms: new Map([
    ['roomed', 'r1'],
    ['guest-in-room', 'r1'],
  ]),
} as const;

const actsOn = (id: string) => {
  const moderation = {
    removed: [],
    banned: {},
    onTheWay: new Map([['invited', 'invited'] as const]),
    isLive: true,
    act: async () => true,
  };
  const acts = possibleActs(id, moderation, standing, () => undefined);
  return Object.entries(acts).flatMap(([name, act]) => (act ? [name] : []));
};

it.each([
  ['host', ['mute']],
  ['ada', ['invite', 'ban', 'remove']],
  // A speaker who joined as a participant comes on screen as one, but is neither banned nor removed.
  ['watcher', ['invite']],
  ['guest', ['mute', 'removeFromStage']],
  ['invited', ['takeBack', 'ban', 'remove']],
  // Nobody is invited out of a breakout room, or taken off the main call's stage from there.
  ['roomed', ['mute', 'ban', 'remove']],
  ['guest-in-room', ['ban', 'remove']],
])('about %s: %j', (id, acts) => {
  expect(actsOn(id)).toEqual(acts);
});
