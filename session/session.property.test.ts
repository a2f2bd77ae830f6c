// Random histories keep the promises of architecture.md: slices by audience, replay equals live, repeats change nothing, invariants.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, Audience } from '#platform/log/contract.ts';
import { emptySnapshot, fold } from '#platform/log/fold.ts';
import { audiencesOf } from './audiences.ts';
import { sessionDecider } from './decider.ts';
import { openRooms, placement } from './placement.ts';
import { allOf, backstageOf, evolveSlice, initialSlice } from './state.ts';
import { asParticipant, asSpeaker, createTestSession, person, received, system } from './testing.ts';

const personIndex = fc.constantFrom(1, 2, 3, 11, 12, 13);
const actor: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 4, arbitrary: personIndex.map((index) => asSpeaker(person(index))) },
  { weight: 3, arbitrary: personIndex.map((index) => asParticipant(person(index))) },
  { weight: 2, arbitrary: fc.constant(system) },
);
const target = personIndex.map(person);
const arrived = fc.array(fc.record({ person: target, as: fc.constantFrom('speaker', 'participant') }), { maxLength: 4 });
const questionNumber = fc.integer({ min: 1, max: 4 });
const bodyOf: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  'lifecycle.start': fc.constant({}),
  'lifecycle.end': fc.constant({}),
  'stage.enter': fc.record({ microphone: fc.boolean(), camera: fc.boolean() }),
  'stage.leave': fc.constant({}),
  'stage.set-media': fc.record({ microphone: fc.boolean() }),
  'people.remove': fc.record({ person: target }),
  'people.readmit': fc.record({ person: target }),
  'people.note-presence': fc.record({ arrived, left: fc.array(target, { maxLength: 3 }) }),
  'chat.send': fc.record({ channel: fc.constantFrom('everyone', 'backstage'), text: fc.string({ minLength: 1, maxLength: 5 }) }),
  'chat.delete': fc.record({ channel: fc.constantFrom('everyone', 'backstage'), seq: fc.integer({ min: 1, max: 20 }) }),
  'questions.ask': fc.record({ text: fc.constantFrom('Why?', 'When?'), anonymous: fc.boolean() }),
  'questions.vote': fc.record({ question: questionNumber }),
  'questions.take-back': fc.record({ question: questionNumber }),
  'questions.set-answered': fc.record({ question: questionNumber, answered: fc.boolean() }),
  'questions.set-answering': fc.record({ question: questionNumber, answering: fc.boolean() }),
  'questions.approve': fc.record({ question: questionNumber }),
  'questions.delete': fc.record({ question: questionNumber }),
  'questions.set-options': fc.record({ approval: fc.boolean(), anonymous: fc.boolean() }),
};
const move = fc.constantFrom(...Object.keys(bodyOf)).chain((type) =>
  fc.record({
    actor,
    type: fc.constant(type),
    body: bodyOf[type] as fc.Arbitrary<Record<string, unknown>>,
    minutes: fc.integer({ min: -20, max: 5 }),
  }),
);
const history = fc.array(move, { minLength: 5, maxLength: 60 });

function play(moves: { actor: Actor; type: string; body: Record<string, unknown>; minutes: number }[]) {
  const session = createTestSession();
  for (const one of moves) session.send(one.actor, one.type, one.body, one.minutes);
  return session;
}

describe('random histories', () => {
  it('folding what a viewer receives gives exactly the viewer’s slices', () => {
    fc.assert(
      fc.property(history, actor, (moves, viewer) => {
        const session = play(moves);
        for (const audience of audiencesOf(session.state, viewer)) {
          const folded = received(session.events, audience).reduce(
            (slice, event) => evolveSlice(audience, slice, event),
            initialSlice(audience),
          );
          expect(folded).toEqual(session.state[audience] ?? initialSlice(audience));
        }
      }),
    );
  });

  it('numbers each audience without holes', () => {
    fc.assert(
      fc.property(history, (moves) => {
        const { events } = play(moves);
        for (const audience of new Set(events.map((event) => event.audience))) {
          expect(received(events, audience).map((event) => event.seq)).toEqual(
            received(events, audience).map((_, index) => index + 1),
          );
        }
        expect(events.map((event) => event.rev)).toEqual(events.map((_, index) => index + 1));
      }),
    );
  });

  it('replay from storage equals live', () => {
    fc.assert(
      fc.property(history, (moves) => {
        const session = play(moves);
        const stored = JSON.parse(JSON.stringify(session.events));
        expect(fold(sessionDecider, emptySnapshot(person(0)), stored)).toEqual(session.snapshot);
      }),
    );
  });

  it('keeps the invariants of stage, removal and placement', () => {
    fc.assert(
      fc.property(history, (moves) => {
        const session = createTestSession();
        for (const one of moves) {
          session.send(one.actor, one.type, one.body, one.minutes);
          const { stage, lifecycle, people } = allOf(session.state);
          const removed = backstageOf(session.state).people.removed;
          const ids = stage.onStage.map((entry) => entry.person);
          expect(new Set(ids).size).toBe(ids.length);
          for (const id of ids) expect(lifecycle.speakers).toContain(id);
          for (const id of ids) expect(people.present[id]).toBe('speaker');
          for (const id of Object.keys(removed)) {
            expect(Object.keys(people.present)).not.toContain(id);
            expect(placement(session.state, 's', id).in).toBeNull();
          }
          if (lifecycle.phase === 'ended') expect(openRooms(session.state, 's')).toEqual([]);
          const audience = placement(session.state, 's', person(11));
          if (audience.in !== null) expect(audience.publish).toEqual([]);
          if (audience.in !== null) expect(lifecycle.phase).toBe('live');
          const attended = stage.onStage.length > 0;
          if (lifecycle.phase === 'live') expect(lifecycle.unattended === null).toBe(attended);
        }
      }),
    );
  });

  it('never gives a participant what is backstage', () => {
    const audience: Audience = 'backstage';
    fc.assert(
      fc.property(history, (moves) => {
        const session = play(moves);
        expect(audiencesOf(session.state, asSpeaker(person(11)))).not.toContain(audience);
        expect(audiencesOf(session.state, asParticipant(person(1)))).not.toContain(audience);
      }),
    );
  });
});
