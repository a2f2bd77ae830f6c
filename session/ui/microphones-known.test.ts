// Whose microphones one is told of while some of the stage are in breakout rooms.
import { expect, it } from 'vitest';
import { microphonesKnown } from './microphones-known.ts';

const onStage = ['host', 'guest', 'cohost'].map((person) => ({
  person,
  microphone: person !== 'cohost',
  camera: false,
  enteredAt: '2026-11-24T09:00:00.000Z',
}));
const rooms = new Map([
  ['guest', 'Harbour'],
  ['ada', 'Harbour'],
  ['ben', 'Rail yard'],
]);
const media = (microphone: boolean) => ({ microphone, camera: false, screen: false });

it('on the stage those who are there; in a room those of mine, whatever the stage says of them', () => {
  expect(microphonesKnown(onStage, rooms, {})).toEqual({ muted: ['cohost'], heard: ['host'] });
  expect(microphonesKnown(onStage, rooms, { guest: media(false), ada: media(true) })).toEqual({
    muted: ['cohost', 'guest'],
    heard: ['host', 'ada'],
  });
});
