// Random histories keep the promises of architecture.md: slices by audience, replay equals live, repeats change nothing, invariants.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, Audience } from '#platform/log/contract.ts';
import { emptySnapshot, fold } from '#platform/log/fold.ts';
import { audiencesOf } from './audiences.ts';
import { sessionDecider } from './decider.ts';
import { presentedByPlace } from './materials-view.ts';
import { openRooms, placement } from './placement.ts';
import { allOf, backstageOf, evolveSlice, initialSlice, personOf } from './state.ts';
import type { TestSession } from './testing.ts';
import { asParticipant, asSpeaker, createTestSession, minuteMs, person, received, startsAt, system } from './testing.ts';

const personIndex = fc.constantFrom(1, 2, 3, 11, 12, 13);
const actor: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 4, arbitrary: personIndex.map((index) => asSpeaker(person(index))) },
  { weight: 3, arbitrary: personIndex.map((index) => asParticipant(person(index))) },
  { weight: 2, arbitrary: fc.constant(system) },
);
const everybody = [1, 2, 3, 11, 12, 13].map(person);
const target = personIndex.map(person);
const arrived = fc.array(fc.record({ person: target, as: fc.constantFrom('speaker', 'participant') }), { maxLength: 4 });
const questionNumber = fc.integer({ min: 1, max: 4 });
const onOff = fc.record({ microphone: fc.boolean(), camera: fc.boolean() });
const channel = fc.constantFrom('everyone', 'backstage');
const material = fc.constantFrom(201, 202, 203).map(person);
const seq = fc.integer({ min: 1, max: 20 });
const bodyOf: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  'lifecycle.start': fc.constant({}),
  'lifecycle.end': fc.constant({}),
  'stage.enter': fc.record({ microphone: fc.boolean(), camera: fc.boolean() }),
  'stage.leave': fc.constant({}),
  'stage.set-media': fc.record({ microphone: fc.boolean() }),
  'stage.share-screen': fc.record({ on: fc.boolean(), takeOver: fc.boolean() }),
  'stage.stop-screen': fc.record({ person: target }),
  'stage.mute': fc.record({ person: target }),
  'stage.remove': fc.record({ person: target }),
  'people.remove': fc.record({ person: target }),
  'people.readmit': fc.record({ person: target }),
  'people.note-presence': fc.record({ arrived, left: fc.array(target, { maxLength: 3 }) }),
  'chat.send': fc.record(
    {
      channel,
      text: fc.string({ minLength: 1, maxLength: 5 }),
      replyTo: seq,
      mentions: fc.array(target, { maxLength: 3 }),
    },
    { requiredKeys: ['channel', 'text'] },
  ),
  'chat.delete': fc.record({ channel, seq }),
  'chat.react': fc.record({ channel, seq, reaction: fc.constantFrom('heart', 'wow') }),
  'chat.take-back': fc.record({ channel, seq, reaction: fc.constantFrom('heart', 'wow') }),
  'chat.pause': fc.constant({}),
  'chat.resume': fc.constant({}),
  'chat.set-pace': fc.record({ messages: fc.integer({ min: 1, max: 9 }) }),
  'chat.ban': fc.record({ person: target }),
  'chat.lift-ban': fc.record({ person: target }),
  'questions.ask': fc.record({ text: fc.constantFrom('Why?', 'When?'), anonymous: fc.boolean() }),
  'questions.vote': fc.record({ question: questionNumber }),
  'questions.take-back': fc.record({ question: questionNumber }),
  'questions.set-answered': fc.record({ question: questionNumber, answered: fc.boolean() }),
  'questions.set-answering': fc.record({ question: questionNumber, answering: fc.boolean() }),
  'questions.approve': fc.record({ question: questionNumber }),
  'questions.delete': fc.record({ question: questionNumber }),
  'questions.set-options': fc.record({ approval: fc.boolean(), anonymous: fc.boolean() }),
  'requests.send': onOff,
  'requests.withdraw': fc.constant({}),
  'requests.approve': fc.record({ person: target }),
  'requests.decline': fc.record({ person: target }),
  'requests.cancel': fc.constant({}),
  'requests.invite': fc.record({ person: target }),
  'requests.withdraw-invitation': fc.record({ person: target }),
  'requests.accept-invitation': onOff,
  'requests.decline-invitation': fc.constant({}),
  'requests.set-media': onOff,
  'requests.set-open': fc.record({ open: fc.boolean() }),
  'requests.set-limit': fc.record({ limit: fc.integer({ min: 1, max: 3 }) }),
  'materials.present': fc.record(
    { material, page: fc.integer({ min: 1, max: 5 }), presenter: target, takeOver: fc.boolean() },
    { requiredKeys: ['material'] },
  ),
  'materials.stop': fc.record({ takeOver: fc.boolean() }),
  'materials.turn': fc.record({ page: fc.integer({ min: 1, max: 5 }) }),
  'materials.set-playback': fc.record({
    playing: fc.boolean(),
    positionMs: fc.integer({ min: 0, max: 9000 }),
    rate: fc.constantFrom(1, 2),
  }),
  'materials.rename': fc.record({ material, name: fc.constantFrom('A', 'B') }),
  'materials.delete': fc.record({ material }),
  'materials.reorder': fc.record({ material, before: fc.option(material) }),
  'materials.set-downloadable': fc.record({ material, downloadable: fc.boolean() }),
  'materials.embed-video': fc.record({
    videoId: fc.constant('dQw4w9WgXcQ'),
    startSeconds: fc.constant(3),
    name: fc.constant('V'),
  }),
  'materials.add': fc.record({
    material,
    name: fc.constant('Deck'),
    by: target,
    pages: fc.constant(3),
    bytes: fc.constant(9),
    file: fc.constant('ab'.repeat(32)),
    aspect: fc.constant(1.5),
  }),
  // Fires whatever is due: the timers of the moment are not known when the history is made.
  'requests.go-on-screen': fc.record({ timerId: fc.constant('due') }),
};
const move = fc.constantFrom(...Object.keys(bodyOf)).chain((type) =>
  fc.record({
    actor,
    type: fc.constant(type),
    body: bodyOf[type] as fc.Arbitrary<Record<string, unknown>>,
    minutes: fc.integer({ min: -20, max: 5 }),
  }),
);
/** Live at once, with people who can ask, so that histories get somewhere. */
const opening: Move[] = [
  { actor: asSpeaker(person(1)), type: 'stage.enter', body: { microphone: true, camera: true }, minutes: -20 },
  { actor: asSpeaker(person(1)), type: 'lifecycle.start', body: {}, minutes: -15 },
  ...[11, 12, 13].map((index) => ({
    actor: asParticipant(person(index)),
    type: 'requests.send',
    body: { microphone: true, camera: true },
    minutes: -15,
  })),
];
const history = fc.array(move, { minLength: 5, maxLength: 60 });

interface Move {
  actor: Actor;
  type: string;
  body: Record<string, unknown>;
  minutes: number;
}

/** Timers fire as they would: by the system, when they are due. */
function step(session: TestSession, { actor, type, body, minutes }: Move): string | null {
  if (type !== 'requests.go-on-screen') return session.send(actor, type, body, minutes);
  const due = backstageOf(session.state).requests.countdowns[0];
  if (!due) return null;
  const dueMinutes = (Date.parse(due.dueAt) - Date.parse(startsAt)) / minuteMs;
  return session.send(system, type, { timerId: due.timerId }, dueMinutes, due.timerId);
}

function play(moves: Move[]) {
  const session = createTestSession();
  for (const one of moves) step(session, one);
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
          step(session, one);
          const { stage, lifecycle, people } = allOf(session.state);
          const removed = backstageOf(session.state).people.removed;
          const ids = stage.onStage.map((entry) => entry.person);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { person: id, as } of stage.onStage) {
            expect(Object.keys(people.present)).toContain(id);
            if (as !== 'participant') expect(lifecycle.speakers).toContain(id);
            if (as !== 'participant') expect(people.present[id]).toBe('speaker');
          }
          const screens = stage.onStage.filter((entry) => entry.screen);
          const ofSpeakers = screens.filter((entry) => entry.as !== 'participant');
          expect(ofSpeakers.length).toBeLessThanOrEqual(1);
          expect(screens.length - ofSpeakers.length).toBeLessThanOrEqual(1);
          const place = lifecycle.phase === 'live' ? 'all' : 'backstage';
          if (ofSpeakers.length > 0) expect(presentedByPlace(session.state).has(place)).toBe(false);
          for (const id of Object.keys(removed)) {
            expect(Object.keys(people.present)).not.toContain(id);
            expect(placement(session.state, 's', id).in).toBeNull();
          }
          if (lifecycle.phase === 'ended') expect(openRooms(session.state, 's')).toEqual([]);
          const coming = backstageOf(session.state).requests.countdowns.some((entry) => entry.person === person(11));
          const audience = placement(session.state, 's', person(11));
          if (audience.in !== null && !ids.includes(person(11)) && !coming) expect(audience.publish).toEqual([]);
          if (audience.in !== null && !ids.includes(person(11))) expect(audience.publish).not.toContain('screen_share');
          if (audience.in !== null) expect(lifecycle.phase).toBe('live');
          const attended = stage.onStage.some((entry) => entry.as !== 'participant');
          if (lifecycle.phase === 'live') expect(lifecycle.unattended === null).toBe(attended);
        }
      }),
    );
  });

  it('keeps the invariants of requests: one thing at a time, of people who are here, and what each sees of it agrees', () => {
    fc.assert(
      fc.property(history, (moves) => {
        const session = createTestSession();
        for (const one of [...opening, ...moves]) {
          step(session, one);
          const { stage, lifecycle, people, requests } = allOf(session.state);
          const { waiting, invitations, countdowns } = backstageOf(session.state).requests;
          const pending = [...waiting, ...invitations, ...countdowns].map((entry) => entry.person);
          expect(new Set(pending).size).toBe(pending.length);
          for (const id of pending) {
            expect(people.present[id]).toBe('participant');
            expect(stage.onStage.map((entry) => entry.person)).not.toContain(id);
          }
          if (pending.length > 0) expect(lifecycle.phase).toBe('live');
          const mine = everybody.map((id) => personOf(session.state, id).requests);
          for (const [index, id] of everybody.entries()) {
            expect(mine[index]?.request !== null).toBe(waiting.some((entry) => entry.person === id));
            expect(mine[index]?.invitation !== null).toBe(invitations.some((entry) => entry.person === id));
            expect(mine[index]?.countdown?.timerId).toBe(countdowns.find((entry) => entry.person === id)?.timerId);
          }
          const onScreen = stage.onStage.filter((entry) => entry.as === 'participant').length + countdowns.length;
          const began = session.events.at(-1)?.type === 'requests.your-countdown-started';
          if (began) expect(onScreen).toBeLessThanOrEqual(requests.limit);
        }
      }),
    );
  });

  it('keeps the invariants of materials: what is shown is in the list, by a speaker, where and while something can be shown', () => {
    const added = { type: 'materials.add', actor: system, minutes: -15 };
    const file = { name: 'Deck', by: person(1), pages: 3, bytes: 9, file: 'ab'.repeat(32), aspect: 1.5 };
    const prepared = [201, 202].map((index): Move => ({ ...added, body: { material: person(index), ...file } }));
    fc.assert(
      fc.property(history, (moves) => {
        const session = createTestSession();
        for (const one of [...prepared, ...moves]) {
          step(session, one);
          const { lifecycle, materials } = allOf(session.state);
          const { items } = backstageOf(session.state).materials;
          expect(new Set(items.map((entry) => entry.id)).size).toBe(items.length);
          const offered = items.filter((entry) => entry.kind === 'pdf' && entry.downloadable).map((entry) => entry.id);
          expect(materials.downloads.map((entry) => entry.id).sort()).toEqual(offered.sort());
          for (const [place, { material: shown, page, by }] of presentedByPlace(session.state)) {
            const listed = items.find((entry) => entry.id === shown.id);
            expect(listed).toMatchObject(shown);
            expect(page).toBeLessThanOrEqual(shown.kind === 'pdf' ? shown.pages : 1);
            if (!place.startsWith('room:')) expect(lifecycle.speakers).toContain(by);
            expect(lifecycle.phase).toBe(place === 'backstage' ? 'scheduled' : 'live');
          }
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
