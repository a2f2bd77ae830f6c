// What the stage is about, by where one is and who shows what (rules MA4, MA5, MA27).
import { describe, expect, it } from 'vitest';
import type { Presented } from '#features/materials/contract.ts';
import type { AllSlice, BackstageSlice, RoomSlice, SessionState } from '#session/state.ts';
import { initialSlice } from '#session/state.ts';
import { focusOf, presentedHere, screenHere } from './presentation.ts';

const presented = (id: string): Presented => ({
  material: { kind: 'pdf', id, name: id, pages: 3, bytes: 1, file: 'f', aspect: 1.6, downloadable: false },
  by: 'host',
  page: 2,
  at: '2026-11-24T09:00:00.000Z',
  playback: null,
});
const all = (part: Partial<AllSlice>): AllSlice => ({ ...(initialSlice('all') as AllSlice), ...part });
const backstage = (rehearsed: Presented | null): BackstageSlice => {
  const initial = initialSlice('backstage') as BackstageSlice;
  return { ...initial, materials: { items: [], presented: rehearsed } };
};
const room = (shown: Presented | null): RoomSlice => ({
  ...(initialSlice('room:r1') as RoomSlice),
  materials: { presented: shown },
});
const open: AllSlice['breakouts'] = {
  is: 'open',
  opening: 1,
  rooms: [{ id: 'r1', name: 'Harbour', closing: null }],
  where: { ada: 'r1', ben: 'r1' },
  leaving: {},
  freeChoice: false,
  openedAt: '2026-11-24T09:00:00.000Z',
  timer: null,
  notices: [],
};
const onStage = (person: string, more: object = {}) => ({ person, microphone: true, camera: true, enteredAt: '', ...more });

describe('what is presented where I am', () => {
  it('backstage is what speakers rehearse; on the stage it gives way to what everybody sees', () => {
    const rehearsing: SessionState = { all: all({}), backstage: backstage(presented('rehearsed')) };
    expect(presentedHere(rehearsing, 'host')?.material.id).toBe('rehearsed');
    const { backstage: _, ...seenByParticipants } = rehearsing;
    expect(presentedHere(seenByParticipants, 'ada')).toBeNull();
    const live = { ...rehearsing, all: all({ materials: { presented: presented('shown'), downloads: [] } }) };
    expect(presentedHere(live, 'host')?.material.id).toBe('shown');
  });

  it('in a breakout room it is that room’s, whatever the main call shows', () => {
    const state: SessionState = {
      all: all({ breakouts: open, materials: { presented: presented('main'), downloads: [] } }),
      'room:r1': room(presented('of the room')),
    };
    expect(presentedHere(state, 'ada')?.material.id).toBe('of the room');
    expect(presentedHere(state, 'cleo')?.material.id).toBe('main');
    expect(presentedHere({ ...state, 'room:r1': room(null) }, 'ada')).toBeNull();
  });
});

describe('the focus', () => {
  it('is what a speaker presents, then a speaker’s screen, then a participant’s', () => {
    const guest = onStage('ada', { as: 'participant', screen: true });
    const screens = (...people: ReturnType<typeof onStage>[]) =>
      screenHere({ all: all({ stage: { ...(initialSlice('all') as AllSlice).stage, onStage: people } }) }, 'cleo');
    expect(screens(guest, onStage('host', { screen: true }))).toBe('host');
    expect(screens(guest, onStage('host'))).toBe('ada');
    expect(screens(onStage('host'))).toBeNull();
    expect(focusOf(presented('deck'), 'ada')).toMatchObject({ is: 'pdf', material: { id: 'deck' } });
    expect(focusOf(null, 'ada')).toEqual({ is: 'screen', person: 'ada' });
    expect(focusOf(null, null)).toBeNull();
  });
});
