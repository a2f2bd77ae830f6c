// Stored events of older versions are read as today's.
import { expect, it } from 'vitest';
import type { AudienceEvent } from './contract.ts';
import type { Upcasters } from './upcasting.ts';
import { versionsOf } from './upcasting.ts';

const event = (type: string, v: number, body: AudienceEvent['body']): AudienceEvent => ({ seq: 1, type, v, at: '', body });

/**
 * The worked example: `notes.written` was `{ text }`; then notes got a colour, and what was written before is yellow;
 * then several people could write one, and `by` became a list.
 */
const upcasters: Upcasters = {
  'notes.written': [(body) => ({ ...body, colour: 'yellow' }), ({ by, ...body }) => ({ ...body, authors: [by] })],
};
const versions = versionsOf(upcasters);

it('each version is lifted step by step to the newest', () => {
  const newest = event('notes.written', 3, { text: 'Hello', colour: 'yellow', authors: ['ada'] });
  expect(versions.upcast(event('notes.written', 1, { text: 'Hello', by: 'ada' }))).toEqual(newest);
  expect(versions.upcast(event('notes.written', 2, { text: 'Hello', colour: 'yellow', by: 'ada' }))).toEqual(newest);
  expect(versions.upcast(newest)).toBe(newest);
});

it('new events are written with the version of their type', () => {
  expect(versions.versionOf('notes.written')).toBe(3);
  for (const type of ['notes.removed', 'constructor']) expect(versions.versionOf(type)).toBe(1);
  const other = event('notes.removed', 1, {});
  expect(versions.upcast(other)).toBe(other);
});

it('what a newer server wrote is not guessed at', () => {
  expect(() => versions.upcast(event('notes.written', 4, {}))).toThrow('newer server');
});
