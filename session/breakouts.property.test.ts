// Random histories of breakout rooms: everybody in one place, nobody left after a closing, nothing of a room for anybody outside it, moves that commute with joins and leaves.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostRooms } from '#features/breakouts/contract.ts';
import type { Actor } from '#platform/log/contract.ts';
import { emptySnapshot, fold } from '#platform/log/fold.ts';
import { audiencesOf } from './audiences.ts';
import { sessionDecider } from './decider.ts';
import { openRooms, placement } from './placement.ts';
import type { SessionState } from './state.ts';
import { allOf, backstageOf, evolveSlice, initialSlice, roomOf } from './state.ts';
import type { TestSession } from './testing.ts';
import { asParticipant, asSpeaker, at, cohost, createTestSession, host, minuteMs, person, received, system } from './testing.ts';

const speakers = [host, cohost];
const crowd = [11, 12, 13, 14, 15, 16].map(person);
const everybody = [...speakers, ...crowd];
const inside = (id: string): Actor => (speakers.includes(id) ? asSpeaker(id) : asParticipant(id));

const anybody = fc.constantFrom(...everybody);
const participant = fc.constantFrom(...crowd);
/** `r1` to `r12` stand for rooms that are there, whatever their ids (`Course.named`); `r99` never is. */
const room = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 12 }).map((number) => `r${number}`) },
  fc.constant('r99'),
);
const place = fc.option(room, { nil: null });
const onOff = { microphone: fc.boolean(), camera: fc.boolean(), screen: fc.boolean() };
interface Step {
  by: 'speaker' | 'person' | 'system' | 'time';
  type: string;
  body: Record<string, unknown>;
  who: string;
  ms: number;
}
const step = (by: Step['by'], type: string, body: fc.Arbitrary<Record<string, unknown>> = fc.constant({})): fc.Arbitrary<Step> =>
  fc.record({
    by: fc.constant(by),
    type: fc.constant(type),
    body,
    who: by === 'speaker' ? fc.constantFrom(...speakers) : anybody,
    ms: fc.integer({ min: 0, max: 8_000 }),
  });
const presence = (left: fc.Arbitrary<string[]>, arrived: fc.Arbitrary<string[]>) =>
  fc.record({
    left,
    arrived: arrived.map((ids) =>
      ids.map((id) => ({ person: id, as: inside(id).kind === 'person' && speakers.includes(id) ? 'speaker' : 'participant' })),
    ),
  });
const some = (one: fc.Arbitrary<string>) => fc.array(one, { maxLength: 3 });
const steps: fc.Arbitrary<Step>[] = [
  step('speaker', 'breakouts.add-room'),
  step('speaker', 'breakouts.add-room'),
  step('speaker', 'breakouts.remove-room', fc.record({ room })),
  step('speaker', 'breakouts.rename-room', fc.record({ room, name: fc.constantFrom('Harbour', 'Dunes') })),
  step('speaker', 'breakouts.auto-assign', fc.record({ how: fc.constantFrom('even', 'same', 'new-partners'), seed: fc.nat() })),
  step('speaker', 'breakouts.move', fc.record({ person: anybody, room: place })),
  step('speaker', 'breakouts.move', fc.record({ person: anybody, room: place })),
  step('speaker', 'breakouts.set-options', fc.record({ freeChoice: fc.boolean(), timerMs: fc.constantFrom(60_000, null) })),
  step('speaker', 'breakouts.discard'),
  step('speaker', 'breakouts.open'),
  step('speaker', 'breakouts.open'),
  step('speaker', 'breakouts.extend', fc.constant({ byMs: 60_000 })),
  step('speaker', 'breakouts.message-all', fc.constant({ text: 'Hello' })),
  step('speaker', 'breakouts.dismiss-help', fc.record({ room })),
  step('speaker', 'breakouts.close-room', fc.record({ room })),
  step('speaker', 'breakouts.close'),
  step('speaker', 'breakouts.close-now'),
  step('speaker', 'breakouts.keep-open', fc.record({ room: place })),
  step('person', 'breakouts.go', fc.record({ room: place })),
  step('person', 'breakouts.go', fc.record({ room: place })),
  step('person', 'breakouts.set-media', fc.record(onOff, { requiredKeys: [] })),
  step('person', 'breakouts.ask-for-help'),
  step('person', 'breakouts.take-back-help'),
  step(
    'person',
    'chat.send',
    room.map((id) => ({ room: id, text: 'Hello' })),
  ),
  step('speaker', 'stage.mute', fc.record({ person: anybody })),
  step('speaker', 'people.remove', fc.record({ person: participant })),
  step('speaker', 'people.readmit', fc.record({ person: participant })),
  step('system', 'people.note-presence', presence(some(anybody), fc.constant([]))),
  step('system', 'people.note-presence', presence(fc.constant([]), some(anybody))),
  step('time', ''),
  step('time', ''),
];
const history = fc.array(fc.oneof(...steps), { minLength: 10, maxLength: 70 });

class Course {
  readonly session: TestSession = createTestSession();
  clock = 0;

  constructor() {
    this.session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true }, 0);
    this.session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
    const arrived = crowd.map((one) => ({ person: one, as: 'participant' }));
    this.session.send(system, 'people.note-presence', { arrived, left: [] }, 0);
  }

  take({ by, type, body, who, ms }: Step): string | null {
    if (by !== 'time') return this.session.send(by === 'system' ? system : inside(who), type, this.named(type, body), this.clock);
    this.clock += ms / minuteMs;
    for (const timer of sessionDecider.timers(this.session.state))
      if (timer.dueAt <= at(this.clock)) this.session.send(system, timer.command.type, timer.command.body, this.clock, timer.id);
    return null;
  }

  private named(type: string, body: Record<string, unknown>): Record<string, unknown> {
    const { breakouts } = allOf(this.session.state);
    const { rooms } = breakouts.is === 'none' ? backstageOf(this.session.state).breakouts : breakouts;
    const name = (id: string) => (id === 'r99' ? id : (rooms[Number(id.slice(1)) % rooms.length]?.id ?? id));
    if (type === 'chat.send') return { channel: `room:${name(body.room as string)}`, text: body.text };
    return typeof body.room === 'string' ? { ...body, room: name(body.room) } : body;
  }

  /** Three rooms with everybody in one of them, who may also choose. */
  open(): this {
    const ask = (type: string, body = {}) => this.take({ by: 'speaker', type: `breakouts.${type}`, body, who: host, ms: 0 });
    for (const type of ['add-room', 'add-room', 'add-room']) ask(type);
    ask('auto-assign', { how: 'even', seed: 4 });
    ask('set-options', { freeChoice: true });
    ask('open');
    return this;
  }
}

const whereIn = (state: SessionState): Record<string, string> => {
  const { breakouts } = allOf(state);
  return breakouts.is === 'none' ? {} : breakouts.where;
};

function expectSound(state: SessionState): void {
  const { breakouts } = allOf(state);
  const plan = backstageOf(state).breakouts;
  const ids = breakouts.is === 'none' ? [] : breakouts.rooms.map(({ id }) => id);
  const where = whereIn(state);
  expect(ids.length).toBeLessThanOrEqual(mostRooms);
  for (const id of Object.values(where)) expect(ids).toContain(id);
  // Who is in a room by one slice is so by the other, and in no second one.
  for (const id of ids) {
    const members = Object.keys(where).filter((one) => where[one] === id);
    expect(Object.keys(roomOf(state, id).breakouts.media).sort()).toEqual(members.sort());
  }
  for (const one of everybody) {
    const rooms = audiencesOf(state, inside(one)).filter((audience) => audience.startsWith('room:'));
    const removed = one in backstageOf(state).people.removed;
    expect(rooms).toEqual(where[one] && !removed ? [`room:${where[one]}`] : []);
    const there = placement(state, 's', one);
    if (removed) expect(there.in).toBeNull();
    if (there.in === null) continue;
    expect(openRooms(state, 's')).toContain(there.in);
    expect(there.in.startsWith(`s.${where[one] ?? 'main'}.`)).toBe(true);
    if (where[one]) expect(there.on.includes('microphone')).toBe(roomOf(state, where[one]).breakouts.media[one]?.microphone);
    const leaving = there.leaving ?? [];
    expect(new Set([...leaving, there.in]).size).toBe(leaving.length + 1);
    expect(openRooms(state, 's')).toEqual(expect.arrayContaining(leaving));
  }
  for (const one of Object.keys(plan.assigned)) expect(plan.rooms.map(({ id }) => id)).toContain(plan.assigned[one]);
  for (const call of plan.help) {
    expect(ids).toContain(call.room);
    expect(roomOf(state, call.room).breakouts.help).not.toBeNull();
  }
  if (breakouts.is === 'none') expect({ help: plan.help, noted: plan.noted }).toEqual({ help: [], noted: [] });
  // Rooms are open only while there is one.
  else expect(ids).not.toEqual([]);
  const noted = plan.noted.flatMap(({ people }) => people);
  expect(new Set(noted).size).toBe(noted.length);
  expect(new Set(plan.rooms.map(({ name }) => name)).size).toBe(plan.rooms.length);
  for (const one of Object.keys(backstageOf(state).people.removed)) {
    expect(plan.assigned).not.toHaveProperty(one);
    expect(noted).not.toContain(one);
  }
}

describe('random histories of breakout rooms', () => {
  it('everybody is in exactly one place at any time, by every slice and by media; nobody is left after a closing', () => {
    fc.assert(
      fc.property(history, fc.boolean(), (moves, opened) => {
        const course = opened ? new Course().open() : new Course();
        for (const move of moves) {
          course.take(move);
          expectSound(course.session.state);
        }
        course.take({ by: 'speaker', type: 'breakouts.close-now', body: {}, who: host, ms: 0 });
        expect(whereIn(course.session.state)).toEqual({});
        course.take({ by: 'time', type: '', body: {}, who: host, ms: 60_000 });
        expect(openRooms(course.session.state, 's')).toEqual(['s.main.1']);
        expect(
          sessionDecider.timers(course.session.state).filter((timer) => timer.command.type.startsWith('breakouts.')),
        ).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('what a person receives folds to what they hold, and is of no room but those where they have been', () => {
    fc.assert(
      fc.property(history, anybody, (moves, viewer) => {
        const course = new Course().open();
        const been = new Set<string>();
        for (const move of moves) {
          course.take(move);
          for (const audience of audiencesOf(course.session.state, inside(viewer)))
            if (audience.startsWith('room:')) been.add(audience);
        }
        const { session } = course;
        for (const audience of audiencesOf(session.state, inside(viewer))) {
          const folded = received(session.events, audience).reduce(
            (slice, event) => evolveSlice(audience, slice, event),
            initialSlice(audience),
          );
          expect(folded).toEqual(session.state[audience] ?? initialSlice(audience));
        }
        // What one did in a room went to that room, to the speakers, or to oneself.
        for (const event of session.events)
          if (event.type === 'chat.sent' && event.body.author === viewer) expect([...been, 'all']).toContain(event.audience);
        const stored = JSON.parse(JSON.stringify(session.events));
        expect(fold(sessionDecider, emptySnapshot(person(0)), stored)).toEqual(session.snapshot);
      }),
      { numRuns: 60 },
    );
  });

  it('moves commute with joins and leaves: who is where does not depend on who came or went meanwhile', () => {
    const comings = fc.array(
      step(
        'system',
        'people.note-presence',
        fc.oneof(presence(some(participant), fc.constant([])), presence(fc.constant([]), some(participant))),
      ),
      { minLength: 1, maxLength: 4 },
    );
    const moves = fc.array(
      step('speaker', 'breakouts.move', fc.record({ person: participant, room: fc.constantFrom('r1', 'r2') })),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(comings, moves, (joins, shifts) => {
        const play = (order: Step[]) => {
          const course = new Course().open();
          for (const one of order) course.take(one);
          return { where: whereIn(course.session.state), present: allOf(course.session.state).people.present };
        };
        const mixed = joins
          .flatMap((join, index) => [join, ...shifts.slice(index, index + 1)])
          .concat(shifts.slice(joins.length));
        expect(play([...joins, ...shifts])).toEqual(play([...shifts, ...joins]));
        expect(play(mixed)).toEqual(play([...shifts, ...joins]));
      }),
      { numRuns: 60 },
    );
  });
});
