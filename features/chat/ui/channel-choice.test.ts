// Where one's words go, whatever happens while one types (CH21), and that they are kept with it.
import { expect, it } from 'vitest';
import type { Whereabouts } from './channel-choice.ts';
import { channelNow, channelsOf } from './channel-choice.ts';
import { leftIn, noDraft, readWriting, withDraft, withMoved } from './draft.ts';

const speaker: Whereabouts = { own: 'everyone', isSpeaker: true, isLive: true, choice: null, answering: undefined };
const backstage = { from: 'everyone', channel: 'backstage' } as const;

it.each<[string, Whereabouts, string]>([
  ['a participant writes to everyone', { ...speaker, isSpeaker: false }, 'everyone'],
  ['a participant in a room writes to the room', { ...speaker, isSpeaker: false, own: 'room:r1' }, 'room:r1'],
  ['a participant who answers stays where they are', { ...speaker, isSpeaker: false, answering: 'backstage' }, 'everyone'],
  ['a speaker writes Backstage before the start', { ...speaker, isLive: false }, 'backstage'],
  ['a speaker who was Backstage stays there at the start', { ...speaker, choice: backstage }, 'backstage'],
  ['a speaker who was elsewhere writes to everyone', speaker, 'everyone'],
  ['Backstage stays when rooms open', { ...speaker, choice: backstage, own: 'room:r1' }, 'backstage'],
  ['Backstage stays when rooms close', { ...speaker, choice: { from: 'room:r1', channel: 'backstage' } }, 'backstage'],
  [
    'the main call that was chosen in a room counts there',
    { ...speaker, own: 'room:r1', choice: { from: 'room:r1', channel: 'everyone' } },
    'everyone',
  ],
  ['and not in the next room', { ...speaker, own: 'room:r2', choice: { from: 'room:r1', channel: 'everyone' } }, 'room:r2'],
  ['a room that was left is written to no more', { ...speaker, choice: { from: 'room:r1', channel: 'room:r1' } }, 'everyone'],
  ['an answer goes where its question is', { ...speaker, choice: backstage, answering: 'everyone' }, 'everyone'],
  ['an answer into a room that was left goes nowhere', { ...speaker, choice: backstage, answering: 'room:r1' }, 'backstage'],
])('%s', (_, where, channel) => {
  expect(channelNow(where)).toBe(channel);
});

it('the channels to choose from', () => {
  expect(channelsOf('everyone')).toEqual(['everyone', 'backstage']);
  expect(channelsOf('room:r3')).toEqual(['room:r3', 'everyone', 'backstage']);
});

it('keeps a draft per channel, with those whom it mentions and the channel that was chosen', () => {
  const secret = { text: 'not for @Ada', mentions: [{ id: 'ada', name: 'Ada' }] };
  const writing = withDraft({ choice: backstage, drafts: { everyone: { text: 'Hello', mentions: [] } } }, 'backstage', secret);
  expect(readWriting(JSON.stringify(writing))).toEqual(writing);
  expect(withDraft(writing, 'backstage', noDraft).drafts).toEqual({ everyone: { text: 'Hello', mentions: [] } });
});

it('offers what was left in a room once one is out of it, and moves it only when told', () => {
  const drafts = { 'room:r1': { text: 'for us', mentions: [] }, everyone: { text: 'So:', mentions: [] } } as const;
  const writing = { choice: null, drafts };
  expect([leftIn(writing, 'everyone'), leftIn(writing, 'room:r2')]).toEqual(['room:r1', null]);
  expect(leftIn({ choice: null, drafts: {} }, 'everyone')).toBeNull();
  expect(withMoved(writing, 'room:r1', 'everyone').drafts).toEqual({ everyone: { text: 'So: for us', mentions: [] } });
});

it.each([
  [null],
  ['null'],
  ['half a dra'],
  ['{"choice":{"from":"everyone","channel":"all"},"drafts":{"nowhere":{"text":"x","mentions":[]},"everyone":7}}'],
])('begins anew with what it cannot read: %s', (kept) => {
  expect(readWriting(kept)).toEqual({ choice: null, drafts: {} });
});
