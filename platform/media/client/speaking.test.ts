// When the ring of a speaking person appears and goes.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSpeaking, offAfterMs, onAfterMs } from './speaking.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const create = () => {
  let shown: string[] = [];
  let changes = 0;
  const speaking = createSpeaking((persons) => {
    shown = [...persons].sort();
    changes += 1;
  });
  return { speaking, shown: () => shown, changes: () => changes };
};

it('appears after 200 ms of sound and goes 800 ms after it', () => {
  const { speaking, shown } = create();
  speaking.heard(['ada']);
  vi.advanceTimersByTime(onAfterMs - 1);
  expect(shown()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual(['ada']);
  speaking.heard([]);
  vi.advanceTimersByTime(offAfterMs - 1);
  expect(shown()).toEqual(['ada']);
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual([]);
});

it('ignores a cough, and does not flicker in a short pause', () => {
  const { speaking, shown, changes } = create();
  speaking.heard(['ada']);
  vi.advanceTimersByTime(100);
  speaking.heard([]);
  vi.advanceTimersByTime(2000);
  expect(changes()).toBe(0);
  speaking.heard(['ada']);
  vi.advanceTimersByTime(onAfterMs);
  speaking.heard([]);
  vi.advanceTimersByTime(500);
  speaking.heard(['ada', 'ben']);
  vi.advanceTimersByTime(5000);
  expect(shown()).toEqual(['ada', 'ben']);
  expect(changes()).toBe(2);
});
