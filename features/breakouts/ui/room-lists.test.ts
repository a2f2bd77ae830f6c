// What the panel shows of rooms, from the states of the slices.
import { describe, expect, it } from 'vitest';
import type { BreakoutsState } from '../contract.ts';
import { initialBreakouts, initialPlan } from '../evolve.ts';
import { companiesOf, openingEffect, peopleIn, roomLists } from './room-lists.ts';

const present = { host: 'speaker', ada: 'participant', ben: 'participant', cleo: 'participant', sam: 'participant' } as const;
const plan = {
  ...initialPlan,
  rooms: [
    { id: 'r1', name: 'Harbour' },
    { id: 'r2', name: 'Rail yard' },
  ],
  assigned: { ada: 'r1', gone: 'r1', ben: 'r2' },
};
const open: BreakoutsState = {
  is: 'open',
  opening: 1,
  rooms: [
    { id: 'r1', name: 'Harbour', closing: null },
    { id: 'r2', name: 'Rail yard', closing: { timerId: 't', at: '2026-11-24T10:00:00.000Z' } },
  ],
  where: { ada: 'r1', host: 'r2' },
  leaving: {},
  freeChoice: false,
  openedAt: '2026-11-24T09:00:00.000Z',
  timer: null,
  notices: [],
};

describe('the rooms of the panel', () => {
  it('before the opening: the plan, those whom nobody has assigned, support too, and the speakers apart', () => {
    const lists = roomLists(initialBreakouts, plan, present);
    expect(lists.rooms.map(({ name, members }) => [name, members])).toEqual([
      ['Harbour', ['ada', 'gone']],
      ['Rail yard', ['ben']],
    ]);
    expect(lists.rooms.map(({ here }) => here)).toEqual([1, 1]);
    expect(lists.unassigned).toEqual(['cleo', 'sam']);
    expect(lists.speakers).toEqual(['host']);
    expect(openingEffect(lists)).toEqual({ moves: 2, stay: 2 });
  });

  it('while open: who belongs where, who came later, which room closes and which asks for help', () => {
    const help = [{ room: 'r1', person: 'ada', at: '2026-11-24T09:30:00.000Z' }];
    const lists = roomLists(open, { ...plan, help }, present);
    expect(lists.rooms).toMatchObject([
      { id: 'r1', members: ['ada'], isClosing: false, asksForHelp: true },
      { id: 'r2', members: ['host'], isClosing: true, asksForHelp: false },
    ]);
    expect(lists.unassigned).toEqual(['ben', 'cleo', 'sam']);
    expect(lists.speakers).toEqual([]);
    expect(lists.movable).toEqual(['ada', 'ben', 'cleo', 'sam', 'host']);
  });

  it('while all close: nobody is moved into any', () => {
    const closes = { timerId: 'c', at: '2026-11-24T10:00:00.000Z' };
    const lists = roomLists({ ...open, is: 'closing', closes } as BreakoutsState, plan, present);
    expect(lists.rooms.map(({ isClosing }) => isClosing)).toEqual([true, true]);
  });

  it('counts who is here, in each place once', () => {
    expect([null, 'r1', 'r2'].map((room) => peopleIn(open, present, room))).toEqual([3, 1, 1]);
    expect(peopleIn(initialBreakouts, present, null)).toBe(5);
  });
});

it('people of one company are found by its name, however it is written; whoever is alone is in no group', () => {
  const people = [
    { id: 'a', organisation: 'Tessaro' },
    { id: 'b', organisation: ' tessaro ' },
    { id: 'c', organisation: null },
    { id: 'd', organisation: 'Halden' },
  ];
  expect(companiesOf(people)).toEqual([['a', 'b']]);
});
