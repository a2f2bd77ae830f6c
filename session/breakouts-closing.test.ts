// How breakout rooms end (rules BR23–BR26 in features/breakouts/SPEC.md): the notice, the return of everybody, the last room, and the plan that is kept.
import { beforeEach, describe, expect, it } from 'vitest';
import { closingMs, moveMs } from '#features/breakouts/contract.ts';
import { audiencesOf } from './audiences.ts';
import {
  act,
  ada,
  beginLive,
  ben,
  breakouts,
  cleo,
  crowd,
  direct,
  fire,
  openTwo,
  passTime,
  placeOf,
  plan,
  presence,
  rooms,
  session,
  speak,
  viewer,
  wait,
  where,
} from './breakouts-bed.ts';
import { sessionDecider } from './decider.ts';
import { openRooms } from './placement.ts';
import { roomOf } from './state.ts';
import { cohost, host, minuteMs, person, supporter } from './testing.ts';

beforeEach(beginLive);

describe('closing', () => {
  beforeEach(openTwo);

  it('gives ten seconds, in which one may return and nobody goes in (BR16, BR23)', () => {
    expect(direct('close')).toBeNull();
    expect(direct('close', {}, cohost)).toBeNull();
    expect(session.events.filter((one) => one.type === 'breakouts.closing')).toHaveLength(1);
    expect(direct('move', { person: person(14), room: 'r1' })).toBe('rooms-closing');
    expect(direct('go', { room: 'r1' })).toBe('rooms-closing');
    expect(act(ada, 'go', { room: null })).toBeNull();
    expect(where()).not.toHaveProperty(ada);
    wait(closingMs - 1);
    const timerId = sessionDecider.timers(session.state).find((one) => one.id.startsWith('close-'))?.id;
    expect(fire('breakouts.finish-closing', { timerId })).toBe('timer-obsolete');
    passTime(1);
    expect(breakouts().is).toBe('none');
  });

  it('leaves nobody behind, present or not, and LiveKit’s rooms go when the move is settled (BR24, BR26)', () => {
    passTime(moveMs);
    presence([], [ben]);
    expect(direct('close-now')).toBeNull();
    for (const id of [...crowd, host]) expect(audiencesOf(session.state, viewer(id)).join()).not.toContain('room:');
    for (const id of crowd) expect(placeOf(id)).toMatchObject({ in: 's.main.1', publish: [] });
    expect(placeOf(ada)).toMatchObject({ leaving: ['s.r1.1'] });
    passTime(moveMs);
    expect(openRooms(session.state, 's')).toEqual(['s.main.1']);
    expect(sessionDecider.timers(session.state)).toEqual([]);
  });

  it('of one room leaves the others, and asks no notice of an empty one (BR25)', () => {
    expect(direct('close-room', { room: 'r1' })).toBeNull();
    expect(act(ada, 'go', { room: null })).toBeNull();
    expect(direct('move', { person: person(14), room: 'r1' })).toBe('room-closing');
    passTime(closingMs);
    expect(rooms().map(({ id }) => id)).toEqual(['r2']);
    expect(where()).toEqual({ [cleo]: 'r2' });
    direct('add-room', { name: 'Empty' });
    expect(direct('close-room', { room: 'r3' })).toBeNull();
    expect(rooms().map(({ id }) => id)).toEqual(['r2']);
  });

  it('keeps rooms and people as the next plan under new ids, without what was said there (BR3, BR26)', () => {
    act(ada, 'chat.send', { channel: 'room:r1', text: 'Only us' });
    direct('go', { room: 'r2' });
    direct('move', { person: ben, room: 'r2' });
    direct('close-now');
    expect(plan().rooms).toEqual([
      { id: 'r3', name: 'Harbour' },
      { id: 'r4', name: 'Lighthouse' },
    ]);
    expect(plan().assigned).toEqual({ [ada]: 'r3', [ben]: 'r4', [cleo]: 'r4' });
    expect(plan().groups[0]).toEqual([[ada], expect.arrayContaining([ben, cleo])]);
    expect(direct('open')).toBeNull();
    expect(roomOf(session.state, 'r3').chat.messages).toEqual([]);
    expect(placeOf(ada)).toMatchObject({ in: 's.r3.2' });
    expect(direct('auto-assign', { how: 'same', seed: 1 })).toBe('rooms-open-already');
  });

  it('brings the same groups back together, whoever assigns in between (BR6, BR26)', () => {
    direct('close-now');
    direct('auto-assign', { how: 'even', seed: 3 });
    expect(direct('auto-assign', { how: 'same', seed: 3 })).toBeNull();
    const { assigned } = plan();
    expect(assigned[ada]).toBe(assigned[ben]);
    expect(Object.keys(assigned).sort()).toEqual([...crowd, supporter].sort());
  });
});

describe('the plan that is kept', () => {
  beforeEach(openTwo);
  const kept = () =>
    plan().rooms.map(({ id, name }) => [name, Object.keys(plan().assigned).filter((one) => plan().assigned[one] === id)]);

  it('has those who pressed "Return now" during the notice (BR26)', () => {
    direct('close');
    for (const who of [ada, cleo]) expect(act(who, 'go', { room: null })).toBeNull();
    passTime(closingMs);
    expect(kept()).toEqual([
      ['Harbour', expect.arrayContaining([ada, ben])],
      ['Lighthouse', [cleo]],
    ]);
    expect(plan().groups[0]?.map((group) => group.length)).toEqual([2, 1]);
    expect(plan().noted).toEqual([]);
  });

  it('has rooms that were closed alone, with their people, and whoever was moved on where they were last (BR26)', () => {
    direct('close-room', { room: 'r1' });
    expect(act(ada, 'go', { room: null })).toBeNull();
    passTime(closingMs);
    expect(rooms().map(({ id }) => id)).toEqual(['r2']);
    expect(direct('move', { person: ben, room: 'r2' })).toBeNull();
    direct('close-now');
    expect(kept()).toEqual([
      ['Harbour', [ada]],
      ['Lighthouse', expect.arrayContaining([ben, cleo])],
    ]);
  });

  it('has no more than ten rooms, each with a name of its own, the open ones first (BR2, BR26)', () => {
    direct('close-room', { room: 'r1' });
    passTime(closingMs);
    for (const name of ['harbour', ...Array.from({ length: 8 }, (_, index) => `More ${index}`)])
      expect(direct('add-room', { name })).toBeNull();
    direct('close-now');
    const names = plan().rooms.map(({ name }) => name);
    expect(names).toEqual(['Lighthouse', 'harbour', ...Array.from({ length: 8 }, (_, index) => `More ${index}`)]);
    expect(plan().assigned).toEqual({ [cleo]: plan().rooms[0]?.id });
    expect(plan().groups[0]).toContainEqual([cleo]);
  });

  it('has nobody in it who was removed during the notice (BR27)', () => {
    direct('close');
    speak(host, 'people.remove', { person: ada });
    passTime(closingMs);
    expect(Object.keys(plan().assigned).sort()).toEqual([ben, cleo].sort());
    expect(plan().groups.flat(2)).not.toContain(ada);
  });
});

describe('the last room', () => {
  beforeEach(openTwo);

  it('closes the opening with it, whether with a notice, empty, or both (BR25)', () => {
    direct('close-room', { room: 'r2' });
    passTime(closingMs);
    expect(breakouts().is).toBe('open');
    direct('close-room', { room: 'r1' });
    passTime(closingMs);
    expect(breakouts()).toMatchObject({ is: 'none', opening: 1 });
    expect(plan().rooms.map(({ name }) => name)).toEqual(['Harbour', 'Lighthouse']);
    expect(placeOf(ada)).toMatchObject({ in: 's.main.1', leaving: ['s.r1.1'] });
    passTime(moveMs);
    expect(openRooms(session.state, 's')).toEqual(['s.main.1']);
    expect(direct('open')).toBeNull();
    for (const who of [ada, ben, cleo]) act(who, 'go', { room: null });
    for (const { id } of rooms()) expect(direct('close-room', { room: id })).toBeNull();
    expect(breakouts().is).toBe('none');
  });
});

describe('a notice', () => {
  beforeEach(openTwo);

  it('is taken back for all rooms, which then have no timer (BR23)', () => {
    direct('set-options', { timerMs: minuteMs });
    direct('close-room', { room: 'r2' });
    passTime(minuteMs);
    direct('close');
    expect(act(cleo, 'go', { room: null })).toBeNull();
    expect(direct('keep-open', { room: 'r1' })).toBe('rooms-closing');
    expect(act(ada, 'keep-open', { room: null })).toBe('not-allowed');
    expect(direct('keep-open', { room: null }, cohost)).toBeNull();
    expect(breakouts()).toMatchObject({ is: 'open', timer: null });
    expect(breakouts()).not.toHaveProperty('closes');
    passTime(closingMs);
    passTime(closingMs);
    expect(where()).toMatchObject({ [ada]: 'r1', [ben]: 'r1' });
    expect(direct('keep-open', { room: null })).toBeNull();
    expect(direct('move', { person: person(14), room: 'r1' })).toBeNull();
  });

  it('is taken back for one room (BR25)', () => {
    direct('close-room', { room: 'r1' });
    expect(direct('keep-open', { room: 'r1' })).toBeNull();
    passTime(closingMs);
    expect(rooms().map(({ id, closing }) => [id, closing])).toEqual([
      ['r1', null],
      ['r2', null],
    ]);
    expect(direct('keep-open', { room: 'r9' })).toBe('no-such-room');
    const before = session.events.length;
    expect(direct('keep-open', { room: 'r1' })).toBeNull();
    expect(session.events).toHaveLength(before);
  });
});
