// How points of a video are written.
import { expect, it } from 'vitest';
import { videoClock } from './video-clock.ts';

it.each([
  [0, '0:00'],
  [65.9, '1:05'],
  [3723, '1:02:03'],
  [-1, '0:00'],
])('%s seconds: %s', (seconds, written) => {
  expect(videoClock(seconds)).toBe(written);
});
