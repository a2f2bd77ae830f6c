// A click is held back for a moment where something else has come to lie under a hand that rests, and only there.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SteadyClicks } from './steady-clicks.ts';

/** The row that lies under the hand now. */
let under: object | null;
class Row {}
class List extends EventTarget {
  closest = () => under;
  contains = () => true;
}
let list: List;
let clicks: SteadyClicks;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  vi.stubGlobal('Element', List);
  list = new List();
  vi.stubGlobal('document', { elementFromPoint: () => list });
  under = new Row();
  clicks = new SteadyClicks(list as unknown as HTMLElement, 'li');
});
afterEach(() => {
  clicks.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function pointer(type: string, x: number, y: number): void {
  list.dispatchEvent(Object.assign(new Event(type), { clientX: x, clientY: y, pointerType: 'mouse' }));
}
/** Whether it reaches what was clicked; a key's click says 0. */
const isHeard = (detail = 1) => list.dispatchEvent(Object.assign(new Event('click', { cancelable: true }), { detail }));

it('hears a click on what the hand has chosen', () => {
  pointer('pointermove', 50, 50);
  expect(isHeard()).toBe(true);
});

it('is deaf when another row has come under the resting hand, and hears again a moment later', () => {
  pointer('pointermove', 50, 50);
  under = new Row();
  clicks.look();
  expect(isHeard()).toBe(false);
  vi.advanceTimersByTime(399);
  expect(isHeard()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isHeard()).toBe(true);
});

it('the tremble of a double click is no choice, another place is', () => {
  pointer('pointermove', 50, 50);
  under = new Row();
  clicks.look();
  pointer('pointermove', 52, 51);
  pointer('pointerdown', 52, 51);
  expect(isHeard()).toBe(false);
  pointer('pointermove', 50, 90);
  expect(isHeard()).toBe(true);
});

it('learns from the browser that the page has moved, with nothing drawn anew', () => {
  pointer('pointermove', 50, 50);
  under = new Row();
  pointer('pointerover', 50, 50);
  expect(isHeard()).toBe(false);
});

it('a list that appears under the hand is deaf to the click that was on its way', () => {
  expect(isHeard()).toBe(false);
  pointer('pointermove', 50, 50);
  expect(isHeard()).toBe(true);
});

it('keys are held back only where the focus was moved to another row', () => {
  expect(isHeard(0)).toBe(true);
  clicks.focusMoved();
  expect(isHeard(0)).toBe(false);
  pointer('pointermove', 50, 50);
  expect(isHeard()).toBe(true);
  vi.advanceTimersByTime(400);
  expect(isHeard(0)).toBe(true);
});
