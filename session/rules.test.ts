// The numbered rules of the SPECs, as tables: given a Session, when a command, then what is so. Rule numbers are in the names.
import { describe, expect, it } from 'vitest';
import type { Actor } from '#platform/log/contract.ts';
import { audiencesOf } from './audiences.ts';
import { sessionDecider } from './decider.ts';
import { allOf, backstageOf, personOf } from './state.ts';
import {
  asParticipant,
  asSpeaker,
  at,
  cohost,
  createTestSession,
  guest,
  host,
  person,
  startsAt,
  supporter,
  system,
  visitor,
} from './testing.ts';

const on = { microphone: true, camera: true };

function live() {
  const session = createTestSession();
  session.send(asSpeaker(host), 'stage.enter', on);
  session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
  return session;
}
const phase = (session: ReturnType<typeof createTestSession>) => allOf(session.state).lifecycle.phase;
const onStage = (session: ReturnType<typeof createTestSession>) => allOf(session.state).stage.onStage.map((one) => one.person);

describe('lifecycle', () => {
  it('LC2 is refused until 15 minutes before, and then possible', () => {
    const session = createTestSession();
    expect(session.send(asSpeaker(host), 'lifecycle.start', {}, -15.01)).toBe('too-early-to-start');
    expect(phase(session)).toBe('scheduled');
    expect(session.send(asSpeaker(host), 'lifecycle.start', {}, -15)).toBeNull();
    expect(phase(session)).toBe('live');
  });

  it('LC2 follows a new start time', () => {
    const session = createTestSession();
    session.fact([{ audience: 'all', type: 'lifecycle.rescheduled', body: { startsAt: at(120), durationMs: 1 } }], -10);
    expect(session.send(asSpeaker(host), 'lifecycle.start', {}, 0)).toBe('too-early-to-start');
    expect(session.send(asSpeaker(host), 'lifecycle.start', {}, 105)).toBeNull();
  });

  it('LC3 can be ended only when live, and only once', () => {
    const session = createTestSession();
    expect(session.send(asSpeaker(host), 'lifecycle.end', {}, 0)).toBe('session-not-live');
    session.send(asSpeaker(host), 'lifecycle.start');
    expect(session.send(asSpeaker(host), 'lifecycle.end')).toBeNull();
    expect(session.send(asSpeaker(host), 'lifecycle.end')).toBe('session-not-live');
    expect(session.send(asSpeaker(host), 'lifecycle.start')).toBe('session-not-scheduled');
    expect(allOf(session.state).lifecycle.endReason).toBe('speaker');
  });

  it('LC5, LC7 closes itself two hours after the last speaker left', () => {
    const session = live();
    session.send(asSpeaker(host), 'stage.leave', {}, 10);
    const timer = sessionDecider.timers(session.state)[0];
    expect(timer?.dueAt).toBe(at(130));
    const fire = (minutes: number) => session.send(system, 'lifecycle.close-unattended', timer?.command.body, minutes, timer?.id);
    expect(fire(129)).toBe('timer-obsolete');
    expect(fire(130)).toBeNull();
    expect(allOf(session.state).lifecycle).toMatchObject({ phase: 'ended', endReason: 'unattended', unattended: null });
  });

  it('LC5 counts from the start when nobody is on stage', () => {
    const session = createTestSession();
    session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
    expect(sessionDecider.timers(session.state)).toHaveLength(1);
  });

  it('LC6 a speaker who comes back makes the timer void', () => {
    const session = live();
    session.send(asSpeaker(host), 'stage.leave', {}, 10);
    const timer = sessionDecider.timers(session.state)[0];
    session.send(asSpeaker(cohost), 'stage.enter', on, 20);
    expect(sessionDecider.timers(session.state)).toEqual([]);
    expect(session.send(system, 'lifecycle.close-unattended', timer?.command.body, 300, timer?.id)).toBe('timer-obsolete');
    expect(phase(session)).toBe('live');
  });
});

describe('stage', () => {
  it('ST1 takes speakers before the start and live, nobody after the end', () => {
    const session = createTestSession();
    expect(session.send(asSpeaker(host), 'stage.enter', on, -50)).toBeNull();
    session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
    expect(session.send(asSpeaker(cohost), 'stage.enter', on)).toBeNull();
    session.send(asSpeaker(host), 'lifecycle.end');
    session.send(asSpeaker(host), 'stage.leave');
    expect(session.send(asSpeaker(host), 'stage.enter', on)).toBe('session-ended');
  });

  it('ST2 entering again keeps the place and sets the media', () => {
    const session = live();
    session.send(asSpeaker(cohost), 'stage.enter', on);
    session.send(asSpeaker(host), 'stage.enter', { microphone: false, camera: true });
    expect(onStage(session)).toEqual([host, cohost]);
    expect(allOf(session.state).stage.onStage[0]).toMatchObject({ microphone: false, camera: true });
  });

  it('ST3 refuses the 26th', () => {
    const speakers = Array.from({ length: 26 }, (_, index) => person(100 + index));
    const session = createTestSession();
    session.fact([{ audience: 'all', type: 'lifecycle.roster-set', body: { speakers, support: [] } }]);
    const refusals = speakers.map((one) => session.send(asSpeaker(one), 'stage.enter', on));
    expect(refusals.slice(0, 25).every((one) => one === null)).toBe(true);
    expect(refusals[25]).toBe('stage-full');
  });

  it('ST4, PE7 who is gone leaves the stage', () => {
    const session = live();
    session.send(system, 'people.note-presence', { arrived: [], left: [host] });
    expect(onStage(session)).toEqual([]);
  });

  it('ST4 who comes back as a participant leaves the stage', () => {
    const session = live();
    session.send(system, 'people.note-presence', { arrived: [{ person: host, as: 'participant' }], left: [] });
    expect(onStage(session)).toEqual([]);
  });

  it('ST5 who is no longer a speaker leaves the stage in the same step', () => {
    const session = live();
    session.fact([{ audience: 'all', type: 'lifecycle.roster-set', body: { speakers: [cohost], support: [] } }]);
    expect(onStage(session)).toEqual([]);
  });

  it('ST6 nobody sets the media of somebody who is not on stage', () => {
    expect(live().send(asSpeaker(cohost), 'stage.set-media', { microphone: true })).toBe('not-on-stage');
  });
});

describe('people', () => {
  it('PE2 leaves out what the log knows', () => {
    const session = live();
    const note = () =>
      session.send(system, 'people.note-presence', { arrived: [{ person: visitor, as: 'participant' }], left: [guest] });
    note();
    const { head } = session.snapshot;
    note();
    expect(session.snapshot.head).toBe(head);
    expect(allOf(session.state).people.present).toEqual({ [host]: 'speaker', [visitor]: 'participant' });
  });

  it('PE6 nobody is present as a speaker who is none', () => {
    const session = live();
    session.send(system, 'people.note-presence', { arrived: [{ person: visitor, as: 'speaker' }], left: [] });
    expect(allOf(session.state).people.present).toEqual({ [host]: 'speaker', [visitor]: 'participant' });
  });

  it('PE3, PE4 a removed person keeps nothing but their own slice', () => {
    const session = live();
    session.send(system, 'people.note-presence', { arrived: [{ person: visitor, as: 'participant' }], left: [] });
    expect(session.send(asSpeaker(host), 'people.remove', { person: visitor })).toBeNull();
    expect(audiencesOf(session.state, asParticipant(visitor))).toEqual([`person:${visitor}`]);
    expect(Object.keys(allOf(session.state).people.present)).toEqual([host]);
    expect(personOf(session.state, visitor).people.removed).toBe(true);
    session.send(system, 'people.note-presence', { arrived: [{ person: visitor, as: 'participant' }], left: [] });
    expect(Object.keys(allOf(session.state).people.present)).toEqual([host]);
  });

  it('PE3 speakers cannot be removed, nobody twice', () => {
    const session = live();
    expect(session.send(asSpeaker(host), 'people.remove', { person: cohost })).toBe('cannot-remove-a-speaker');
    session.send(asSpeaker(host), 'people.remove', { person: visitor });
    expect(session.send(asSpeaker(host), 'people.remove', { person: visitor })).toBe('already-removed');
  });

  it('PE5 only a speaker lets them back in', () => {
    const session = live();
    session.send(asSpeaker(host), 'people.remove', { person: visitor });
    expect(session.send(asParticipant(visitor), 'people.readmit', { person: visitor })).toBe('removed');
    expect(session.send(asParticipant(supporter), 'people.readmit', { person: visitor })).toBe('not-allowed');
    expect(session.send(asSpeaker(cohost), 'people.readmit', { person: visitor })).toBeNull();
    expect(backstageOf(session.state).people.removed).toEqual({});
    expect(session.send(asSpeaker(cohost), 'people.readmit', { person: visitor })).toBe('not-removed');
  });
});

describe('chat', () => {
  const say = (session: ReturnType<typeof createTestSession>, actor: Actor, text: string, channel = 'everyone') =>
    session.send(actor, 'chat.send', { channel, text });

  it('CH1 everyone writes while live, nobody to everyone before or after', () => {
    const early = createTestSession();
    expect(say(early, asSpeaker(host), 'Hi')).toBe('session-not-live');
    const session = live();
    for (const actor of [asSpeaker(host), asParticipant(visitor), asParticipant(supporter)])
      expect(say(session, actor, 'Hi')).toBeNull();
    session.send(asSpeaker(host), 'lifecycle.end');
    expect(say(session, asParticipant(visitor), 'Hi')).toBe('session-ended');
  });

  it('CH2 speakers write backstage before the start, participants never', () => {
    const session = createTestSession();
    expect(say(session, asSpeaker(host), 'Ready?', 'backstage')).toBeNull();
    expect(backstageOf(session.state).chat.messages.map((one) => one.text)).toEqual(['Ready?']);
    expect(allOf(session.state).chat.messages).toEqual([]);
    expect(say(session, asParticipant(visitor), 'Hi', 'backstage')).toBe('not-allowed');
  });

  it.each([
    ['', false],
    ['   ', false],
    ['x'.repeat(2000), true],
    ['x'.repeat(2001), false],
    ['a\0b', false],
    ['a\ud800b', false],
    ['😀', true],
  ])('CH3 takes %j: %s', (text, taken) => {
    expect(sessionDecider.parseCommand('chat.send', { channel: 'everyone', text }).ok).toBe(taken);
  });

  it('CH4, CH5 speakers delete any message, others their own; the place stays', () => {
    const session = live();
    say(session, asParticipant(visitor), 'one');
    const seq = allOf(session.state).chat.messages[0]?.seq;
    const remove = (actor: Actor) => session.send(actor, 'chat.delete', { channel: 'everyone', seq });
    expect(remove(asParticipant(guest))).toBe('not-your-message');
    expect(remove(asParticipant(visitor))).toBeNull();
    expect(allOf(session.state).chat.messages[0]).toMatchObject({ seq, text: '', deleted: true });
    const { head } = session.snapshot;
    expect(remove(asSpeaker(host))).toBeNull();
    expect(session.snapshot.head).toBe(head);
  });

  it('CH6 keeps the last 100', () => {
    const session = live();
    for (let index = 0; index < 105; index++) say(session, asSpeaker(host), `m${index}`);
    const { messages, sent } = allOf(session.state).chat;
    expect([messages.length, messages[0]?.text, sent]).toEqual([100, 'm5', 105]);
  });
});

it('starts from the scheduled instant of the facts', () => {
  expect(allOf(createTestSession().state).lifecycle).toMatchObject({ phase: 'scheduled', startsAt });
});
