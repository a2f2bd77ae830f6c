// Assignments are pure: everybody exactly once, sizes that differ by one at most, and what each way of assigning promises beyond that (BR6).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assignment, AssignmentAsk } from './assignment.ts';
import { assign } from './assignment.ts';
import type { AssignmentKind } from './contract.ts';
import { assignments, mostRooms } from './contract.ts';

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
const ask = (
  how: AssignmentKind,
  people: readonly string[],
  rooms: number,
  more: Partial<AssignmentAsk> = {},
): AssignmentAsk => ({
  how,
  people,
  rooms: names('r', rooms),
  seed: 1,
  companies: [],
  before: [],
  ...more,
});
const membersOf = (assignment: Assignment, rooms: readonly string[]): string[][] =>
  rooms.map((room) =>
    Object.keys(assignment)
      .filter((person) => assignment[person] === room)
      .sort(),
  );
const sizesOf = (assignment: Assignment, rooms: readonly string[]) => membersOf(assignment, rooms).map((one) => one.length);
const groupsOf = (assignment: Assignment, rooms: number) => membersOf(assignment, names('r', rooms));
/** Pairs who share a room now and did before. */
const again = (now: readonly (readonly string[])[], before: readonly (readonly (readonly string[])[])[]): number => {
  const pairs = (groups: readonly (readonly string[])[]) =>
    new Set(
      groups.flatMap((group) => group.flatMap((one) => group.filter((other) => one < other).map((other) => `${one} ${other}`))),
    );
  const earlier = new Set(before.flatMap((groups) => [...pairs(groups)]));
  return [...pairs(now)].filter((pair) => earlier.has(pair)).length;
};

const anyAsk = fc
  .record({
    how: fc.constantFrom(...assignments),
    count: fc.integer({ min: 0, max: 60 }),
    rooms: fc.integer({ min: 1, max: mostRooms }),
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    companies: fc.array(fc.array(fc.integer({ min: 1, max: 70 }), { maxLength: 12 }), { maxLength: 8 }),
    before: fc.array(fc.array(fc.array(fc.integer({ min: 1, max: 70 }), { maxLength: 12 }), { maxLength: 12 }), { maxLength: 3 }),
  })
  .map(({ how, count, rooms, seed, companies, before }) =>
    ask(how, names('p', count), rooms, {
      seed,
      companies: companies.map((company) => company.map((one) => `p${one}`)),
      before: before.map((groups) => groups.map((group) => group.map((one) => `p${one}`))),
    }),
  );

describe('assignment', () => {
  it('puts every person exactly once into a room that is there, nobody else, whatever is asked (BR6)', () => {
    fc.assert(
      fc.property(anyAsk, (one) => {
        const assignment = assign(one);
        expect(Object.keys(assignment).sort()).toEqual([...one.people].sort());
        for (const room of Object.values(assignment)) expect(one.rooms).toContain(room);
        expect(membersOf(assignment, one.rooms).flat()).toHaveLength(one.people.length);
      }),
    );
  });

  it('makes sizes that differ by one at most, but for the groups of last time (BR6)', () => {
    fc.assert(
      fc.property(anyAsk, (one) => {
        fc.pre(one.how !== 'same');
        const sizes = sizesOf(assign(one), one.rooms);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives the same for the same seed, and another shuffle for another', () => {
    const people = names('p', 40);
    expect(assign(ask('even', people, 4, { seed: 5 }))).toEqual(assign(ask('even', people, 4, { seed: 5 })));
    expect(assign(ask('even', people, 4, { seed: 6 }))).not.toEqual(assign(ask('even', people, 4, { seed: 5 })));
  });

  it('spreads a company over the rooms where companies are to be mixed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 2, max: 6 }), (seed, rooms) => {
        const companies = [names('a', 11), names('b', 7), names('c', 2)];
        const one = ask('mixed', companies.flat(), rooms, { seed, companies });
        for (const members of membersOf(assign(one), one.rooms))
          for (const company of companies) {
            const here = members.filter((person) => company.includes(person)).length;
            expect(here).toBeLessThanOrEqual(Math.ceil(company.length / rooms));
          }
      }),
    );
  });

  it('keeps a company in as few rooms as neighbours need where it is to stay together', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (seed) => {
        const companies = [names('a', 8), names('b', 4), names('c', 4)];
        const one = ask('together', companies.flat(), 4, { seed, companies });
        const rooms = (company: string[]) => new Set(company.map((person) => assign(one)[person])).size;
        expect(companies.map(rooms)).toEqual([2, 1, 1]);
      }),
    );
  });

  it('brings the groups of last time together again, and puts newcomers where the fewest are', () => {
    const before = [[names('a', 3), names('b', 4)]];
    const assignment = assign(ask('same', ['new', ...names('b', 4), ...names('a', 2)], 2, { before }));
    expect(groupsOf(assignment, 2)).toEqual([['a1', 'a2', 'new'], names('b', 4)]);
  });

  it('loses nobody when there are fewer rooms than groups last time', () => {
    const before = [[names('a', 2), names('b', 2), names('c', 2)]];
    const assignment = assign(ask('same', [...names('a', 2), ...names('b', 2), ...names('c', 2)], 2, { before }));
    for (const group of before[0] ?? []) expect(new Set(group.map((person) => assignment[person])).size).toBe(1);
  });

  it('gives new partners only, where the numbers allow it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (seed) => {
        const people = names('p', 12);
        const first = groupsOf(assign(ask('even', people, 4, { seed })), 4);
        const second = groupsOf(assign(ask('new-partners', people, 4, { seed, before: [first] })), 4);
        expect(again(second, [first])).toBe(0);
      }),
    );
  });

  it('repeats far fewer pairs than chance, over several openings', () => {
    const people = names('p', 24);
    const repeats = (how: AssignmentKind) => {
      let before: string[][][] = [];
      let total = 0;
      for (let seed = 1; seed <= 4; seed += 1) {
        const groups = groupsOf(assign(ask(how, people, 6, { seed, before })), 6);
        total += again(groups, before);
        before = [groups, ...before];
      }
      return total;
    };
    expect(repeats('new-partners')).toBeLessThan(repeats('even') / 3);
  });

  it('takes a moment only, also for a full Session: it is decided while others wait', () => {
    const people = names('p', 2000);
    const before = [1, 2, 3, 4, 5].map((seed) => groupsOf(assign(ask('even', people, mostRooms, { seed })), mostRooms));
    const startedAt = performance.now();
    assign(ask('new-partners', people, mostRooms, { before }));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
