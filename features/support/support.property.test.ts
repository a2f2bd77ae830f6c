// Random histories of a conversation keep its promises, whoever sends what in which order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Audience } from '#platform/log/contract.ts';
import type { SupportState } from './contract.ts';
import { evolveSupportSlice, initialSupportSlice, ownOf, supportAudiences, talkOf, teamOf } from './core.ts';
import { actor, asker, createTalk, diagnostics, hana, nikolai, stranger, system } from './testing.ts';

const by = fc.constantFrom(actor(asker), actor(asker), actor(nikolai), actor(hana), actor(stranger), system);
const someone = fc.constantFrom(null, nikolai, hana);
const bodyOf: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  'support.send': fc.record(
    { text: fc.constantFrom('Help', 'Hello'), diagnostics: fc.constant(diagnostics) },
    { requiredKeys: ['text'] },
  ),
  'support.read': fc.record({ seq: fc.integer({ min: 1, max: 40 }) }),
  'support.note-place': fc.record({
    place: fc.record({ page: fc.constantFrom('lobby', 'program'), sessionId: fc.constant(null) }),
  }),
  'support.take': fc.record({ from: someone }),
  'support.hand-back': fc.constant({}),
  'support.resolve': fc.constant({}),
  'support.reopen': fc.constant({}),
};
const move = fc
  .constantFrom(...Object.keys(bodyOf))
  .chain((type) =>
    fc.record({ by, type: fc.constant(type), body: bodyOf[type] as fc.Arbitrary<Record<string, unknown>>, pause: fc.nat(30) }),
  );
const history = fc.array(move, { minLength: 5, maxLength: 80 });

function play(moves: { by: typeof system; type: string; body: Record<string, unknown>; pause: number }[]) {
  const talk = createTalk();
  let seconds = 0;
  for (const one of moves) {
    seconds += one.pause;
    talk.at(seconds);
    talk.send(one.by, one.type, one.body);
  }
  return talk;
}

describe('random conversations', () => {
  it('folding what a viewer receives gives exactly the viewer’s slices', () => {
    fc.assert(
      fc.property(history, by, (moves, viewer) => {
        const { log, state } = play(moves);
        for (const audience of supportAudiences(state, viewer)) {
          const folded = log
            .filter((event) => event.audience === audience)
            .reduce((slice, event) => evolveSupportSlice(audience, slice, event), initialSupportSlice(audience));
          expect(folded).toEqual((state as Record<Audience, unknown>)[audience] ?? initialSupportSlice(audience));
        }
      }),
    );
  });

  it('taken only by the team; resolved is neither taken nor waiting; whoever waits has written', () => {
    fc.assert(
      fc.property(history, (moves) => {
        const state: SupportState = play(moves).state;
        const { takenBy, waitingSince, resolvedAt, sent } = talkOf(state);
        if (takenBy) expect(teamOf(state).team).toContain(takenBy);
        if (resolvedAt) expect([takenBy, waitingSince]).toEqual([null, null]);
        if (sent === 0) expect([takenBy, waitingSince, resolvedAt]).toEqual([null, null, null]);
      }),
    );
  });

  it('what was read never goes back, and diagnostics never reach the person', () => {
    fc.assert(
      fc.property(history, (moves) => {
        const { log, state } = play(moves);
        const reads = log.filter((event) => event.type === 'support.person-read').map((event) => event.body.seq as number);
        expect(reads).toEqual([...new Set(reads)].sort((a, b) => a - b));
        expect(ownOf(state, asker).readTo).toBe(reads.at(-1) ?? 0);
        for (const event of log) if (event.audience !== 'backstage') expect(JSON.stringify(event.body)).not.toContain('Firefox');
      }),
    );
  });
});
