// What the level of a microphone tells, on a clock of the test's own.
import { expect, it } from 'vitest';
import type { VoiceNews } from './voice-watch.ts';
import { createVoiceWatch } from './voice-watch.ts';

const speech = -25;
const quietRoom = -65;
const dead = -100;

function play(...parts: [lengthMs: number, decibels: number, isMuted: boolean][]): [at: number, news: VoiceNews][] {
  const watch = createVoiceWatch();
  const told: [number, VoiceNews][] = [];
  let at = 0;
  for (const [lengthMs, decibels, isMuted] of parts) {
    for (const end = at + lengthMs; at < end; at += 50) {
      const news = watch.note({ at, decibels, isMuted });
      if (news) told.push([at, news]);
    }
  }
  return told;
}

it('who speaks while muted is told, after more than a cough', () => {
  expect(play([1000, quietRoom, true], [300, speech, true], [1000, quietRoom, true])).toEqual([]);
  expect(play([1000, quietRoom, true], [2000, speech, true])).toEqual([[1600, 'speaks-while-muted']]);
});

it('gaps between words are part of speaking', () => {
  expect(play([400, speech, true], [300, quietRoom, true], [400, speech, true])).toEqual([[700, 'speaks-while-muted']]);
});

it('is told once, and again only after a while', () => {
  expect(play([20_000, speech, true])).toHaveLength(1);
  expect(play([40_000, speech, true])).toHaveLength(2);
});

it('speaking aloud while heard is nothing to tell', () => {
  expect(play([60_000, speech, false])).toEqual([]);
});

it('a microphone from which nothing comes is told after some seconds, once, until something came', () => {
  expect(play([30_000, dead, false])).toEqual([[8000, 'no-sound']]);
  expect(play([9000, dead, false], [500, quietRoom, false], [9000, dead, false])).toEqual([
    [8000, 'no-sound'],
    [17_500, 'no-sound'],
  ]);
});

it('a quiet room is not dead, and silence while muted is as it should be', () => {
  expect(play([60_000, quietRoom, false])).toEqual([]);
  expect(play([60_000, dead, true], [7000, dead, false])).toEqual([]);
});
