// The numbered rules of SPEC.md, on whole histories: given a live Session, when somebody does something, then what is so.
import { describe, expect, it } from 'vitest';
import { sessionDecider } from '#session/decider.ts';
import { placement } from '#session/placement.ts';
import { allOf, backstageOf, personOf } from '#session/state.ts';
import type { TestSession } from '#session/testing.ts';
import {
  asParticipant,
  asSpeaker,
  at,
  cohost,
  createTestSession,
  guest,
  host,
  person,
  scheduled,
  supporter,
  system,
  visitor,
} from '#session/testing.ts';

const on = { microphone: true, camera: true };
const fiveSeconds = 5 / 60;

function live(): TestSession {
  const session = createTestSession();
  session.send(asSpeaker(host), 'stage.enter', on);
  session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
  const arrived = [visitor, guest, supporter].map((one) => ({ person: one, as: 'participant' }));
  session.send(system, 'people.note-presence', { arrived, left: [] });
  return session;
}
const ask = (session: TestSession, who = visitor, minutes?: number) =>
  session.send(asParticipant(who), 'requests.send', on, minutes);
const approve = (session: TestSession, who = visitor, by = host) =>
  session.send(asSpeaker(by), 'requests.approve', { person: who });
const decide = (session: TestSession, type: string, body: Record<string, unknown>, by = host) =>
  sessionDecider.decide(session.state, { id: person(77), type, body }, asSpeaker(by), at(1));
const received = (session: TestSession) => backstageOf(session.state).requests;
const own = (session: TestSession, who = visitor) => personOf(session.state, who).requests;
const onStage = (session: TestSession) => allOf(session.state).stage.onStage.map((one) => one.person);
function fire(session: TestSession, minutes: number): string | null {
  const timer = sessionDecider.timers(session.state).find((one) => one.command.type === 'requests.go-on-screen');
  return timer ? session.send(system, timer.command.type, timer.command.body, minutes, timer.id) : 'no timer';
}

describe('requests', () => {
  it('RQ1 are sent while live and open, once', () => {
    expect(ask(createTestSession())).toBe('session-not-live');
    const session = live();
    expect(ask(session)).toBeNull();
    const { head } = session.snapshot;
    expect(ask(session)).toBeNull();
    expect(session.snapshot.head).toBe(head);
    expect(ask(session, supporter)).toBeNull();
    session.send(asSpeaker(host), 'requests.set-open', { open: false });
    expect(ask(session, guest)).toBe('requests-closed');
    session.send(asSpeaker(host), 'lifecycle.end');
    expect(ask(session, guest)).toBe('session-ended');
  });

  it('RQ1, RQ12 come from a participant, also who was here as a speaker a moment ago; as a speaker again they lose it', () => {
    const session = live();
    session.send(asSpeaker(cohost), 'stage.enter', on);
    session.send(asSpeaker(cohost), 'stage.leave');
    expect(ask(session, cohost)).toBeNull();
    expect(allOf(session.state).people.present[cohost]).toBe('participant');
    session.send(system, 'people.note-presence', { arrived: [{ person: cohost, as: 'speaker' }], left: [] });
    expect(received(session).waiting).toEqual([]);
    expect(own(session, cohost).request).toBeNull();
  });

  it('RQ2 wait in order, until withdrawn', () => {
    const session = live();
    ask(session, guest);
    ask(session, visitor);
    expect(received(session).waiting.map((one) => one.person)).toEqual([guest, visitor]);
    expect(session.send(asParticipant(guest), 'requests.withdraw')).toBeNull();
    expect(session.send(asParticipant(guest), 'requests.withdraw')).toBe('no-such-request');
    expect(received(session).waiting.map((one) => one.person)).toEqual([visitor]);
    expect(own(session, guest).request).toBeNull();
  });

  it('RQ3 are decided once; the second speaker learns who did', () => {
    const session = live();
    ask(session);
    approve(session);
    expect(decide(session, 'requests.decline', { person: visitor }, cohost)).toEqual({
      refusal: { code: 'request-decided', details: { by: host, how: 'approved' } },
    });
    expect(decide(session, 'requests.approve', { person: visitor })).toEqual({ events: [] });
    expect(session.send(asParticipant(visitor), 'requests.withdraw')).toBe('request-decided');
  });

  it('RQ4 of somebody who withdrew or left are refused, and say which', () => {
    const session = live();
    ask(session, visitor);
    ask(session, guest);
    session.send(asParticipant(visitor), 'requests.withdraw');
    session.send(system, 'people.note-presence', { arrived: [], left: [guest] });
    expect(approve(session, visitor)).toBe('request-withdrawn');
    expect(approve(session, guest)).toBe('request-lapsed');
    expect(approve(session, supporter)).toBe('no-such-request');
    expect(ask(session, visitor)).toBeNull();
    expect(approve(session, visitor)).toBeNull();
  });

  it('RQ5, RQ7, ST11 approval gives five seconds, rights at once, and the stage when they are over', () => {
    const session = live();
    ask(session);
    expect(placement(session.state, 's', visitor)).toMatchObject({ publish: [], hidden: true });
    approve(session);
    expect(own(session).countdown).toMatchObject({ ...on, dueAt: at(fiveSeconds) });
    expect(placement(session.state, 's', visitor)).toMatchObject({ publish: ['camera', 'microphone'], on: [], hidden: false });
    expect(onStage(session)).toEqual([host]);
    expect(fire(session, fiveSeconds - 0.001)).toBe('timer-obsolete');
    expect(fire(session, fiveSeconds)).toBeNull();
    expect(allOf(session.state).stage.onStage[1]).toMatchObject({ person: visitor, as: 'participant', ...on });
    expect(placement(session.state, 's', visitor)).toMatchObject({
      publish: ['camera', 'microphone', 'screen_share', 'screen_share_audio'],
      on: ['camera', 'microphone'],
    });
    session.send(asSpeaker(host), 'stage.mute', { person: visitor });
    expect(placement(session.state, 's', visitor)).toMatchObject({ on: ['camera'] });
    expect(received(session)).toMatchObject({ waiting: [], countdowns: [] });
    session.send(asParticipant(visitor), 'stage.leave');
    expect(placement(session.state, 's', visitor)).toMatchObject({ publish: [], onStage: false });
    expect(allOf(session.state).people.present[visitor]).toBe('participant');
  });

  it('RQ6 can be backed out of, with other switches until then', () => {
    const session = live();
    ask(session);
    approve(session);
    expect(session.send(asParticipant(visitor), 'requests.set-media', { camera: false })).toBeNull();
    expect(own(session).countdown).toMatchObject({ microphone: true, camera: false });
    const timer = sessionDecider.timers(session.state)[0];
    expect(session.send(asParticipant(visitor), 'requests.cancel')).toBeNull();
    expect(session.send(system, 'requests.go-on-screen', timer?.command.body, 1)).toBe('timer-obsolete');
    expect(session.send(asParticipant(visitor), 'requests.cancel')).toBe('no-countdown');
    expect(ask(session)).toBeNull();
  });

  it('RQ8 declined, one may ask again after a minute', () => {
    const session = live();
    ask(session);
    session.send(asSpeaker(host), 'requests.decline', { person: visitor });
    expect(own(session).declined).toEqual({ at: at(0), mayAskAgainAt: at(1) });
    expect(ask(session, visitor, 0.9)).toBe('asked-too-soon');
    expect(ask(session, visitor, 1)).toBeNull();
  });

  it('RQ9 the limit counts those who are coming, sends nobody away, and leaves the request waiting', () => {
    const session = live();
    session.send(asSpeaker(host), 'requests.set-limit', { limit: 1 });
    ask(session, visitor);
    ask(session, guest);
    expect(approve(session, visitor)).toBeNull();
    expect(decide(session, 'requests.approve', { person: guest })).toEqual({
      refusal: { code: 'screen-full', details: { limit: 1 } },
    });
    expect(received(session).waiting.map((one) => one.person)).toEqual([guest]);
    fire(session, fiveSeconds);
    expect(approve(session, guest)).toBe('screen-full');
    session.send(asParticipant(visitor), 'stage.leave');
    expect(approve(session, guest)).toBeNull();
  });

  it('RQ9, ST3 a place in a countdown is kept from late speakers', () => {
    const [first, ...facts] = scheduled;
    const session = createTestSession([{ ...first, body: { ...first?.body, stageLimit: 2 } } as (typeof scheduled)[0], ...facts]);
    session.send(asSpeaker(host), 'stage.enter', on);
    session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
    ask(session);
    approve(session);
    expect(session.send(asSpeaker(cohost), 'stage.enter', on)).toBe('stage-full');
    expect(fire(session, fiveSeconds)).toBeNull();
  });

  it('RQ10 invitations are accepted or declined', () => {
    const session = live();
    const invite = (who: string) => session.send(asSpeaker(host), 'requests.invite', { person: who });
    expect(invite(person(50))).toBe('not-present');
    expect(invite(host)).toBe('already-on-stage');
    expect(invite(visitor)).toBeNull();
    expect(own(session).invitation?.by).toBe(host);
    expect(session.send(asParticipant(visitor), 'requests.decline-invitation')).toBeNull();
    expect(session.send(asParticipant(visitor), 'requests.accept-invitation', on)).toBe('no-such-invitation');
    invite(visitor);
    expect(session.send(asParticipant(visitor), 'requests.accept-invitation', { microphone: true, camera: false })).toBeNull();
    expect(own(session).countdown).toMatchObject({ microphone: true, camera: false });
    ask(session, guest);
    expect(invite(guest)).toBeNull();
    expect(own(session, guest).countdown).not.toBeNull();
  });

  it('RQ10 any speaker takes an invitation back, until it is answered', () => {
    const session = live();
    const takeBack = (by = cohost) => session.send(asSpeaker(by), 'requests.withdraw-invitation', { person: visitor });
    expect(takeBack()).toBe('no-such-invitation');
    session.send(asSpeaker(host), 'requests.invite', { person: visitor });
    expect(takeBack()).toBeNull();
    expect(received(session).invitations).toEqual([]);
    expect(own(session)).toMatchObject({ invitation: null, lapsed: { what: 'invitation', reason: 'withdrawn', by: cohost } });
    expect(session.send(asParticipant(visitor), 'requests.accept-invitation', on)).toBe('no-such-invitation');
    session.send(asSpeaker(host), 'requests.invite', { person: visitor });
    session.send(asParticipant(visitor), 'requests.accept-invitation', on);
    expect(takeBack(host)).toBe('no-such-invitation');
    expect(own(session).countdown).not.toBeNull();
  });

  it('RQ11 switched off, what waits keeps waiting', () => {
    const session = live();
    ask(session);
    session.send(asSpeaker(cohost), 'requests.set-open', { open: false });
    expect(received(session).waiting).toHaveLength(1);
    expect(approve(session)).toBeNull();
  });

  it.each([
    ['leaves', (s: TestSession) => s.send(system, 'people.note-presence', { arrived: [], left: [visitor] })],
    ['is removed', (s: TestSession) => s.send(asSpeaker(host), 'people.remove', { person: visitor })],
    ['sees the end', (s: TestSession) => s.send(asSpeaker(host), 'lifecycle.end')],
  ])('RQ12 nothing stays of somebody who %s', (_, go) => {
    for (const prepare of [
      (s: TestSession) => ask(s),
      (s: TestSession) => s.send(asSpeaker(host), 'requests.invite', { person: visitor }),
      (s: TestSession) => [ask(s), approve(s)],
      (s: TestSession) => [ask(s), approve(s), fire(s, fiveSeconds)],
    ]) {
      const session = live();
      prepare(session);
      const timer = sessionDecider.timers(session.state).find((one) => one.command.type === 'requests.go-on-screen');
      expect(go(session)).toBeNull();
      expect(received(session)).toMatchObject({ waiting: [], invitations: [], countdowns: [] });
      expect(own(session)).toMatchObject({ request: null, invitation: null, countdown: null });
      if (timer) expect(session.send(system, timer.command.type, timer.command.body, 9, timer.id)).toBe('timer-obsolete');
      const placed = placement(session.state, 's', visitor);
      if (placed.in !== null) expect(placed.publish).toEqual([]);
    }
  });

  it.each([
    ['request', (s: TestSession) => ask(s)],
    ['invitation', (s: TestSession) => s.send(asSpeaker(host), 'requests.invite', { person: visitor })],
    ['countdown', (s: TestSession) => [ask(s), approve(s)]],
  ])('RQ12 says that it was a %s that lapsed, and why', (what, prepare) => {
    const session = live();
    prepare(session);
    session.send(system, 'people.note-presence', { arrived: [], left: [visitor] });
    expect(own(session).lapsed).toEqual({ what, reason: 'left', by: null, at: at(0) });
  });

  it('RQ12, ST8 who comes back as a speaker takes a speaker’s place', () => {
    const session = live();
    ask(session);
    approve(session);
    fire(session, fiveSeconds);
    session.fact([{ audience: 'all', type: 'lifecycle.roster-set', body: { speakers: [host, cohost, visitor], support: [] } }]);
    expect(onStage(session)).toEqual([host, visitor]);
    expect(session.send(asSpeaker(visitor), 'stage.enter', on)).toBeNull();
    expect(allOf(session.state).stage.onStage.find((one) => one.person === visitor)?.as).toBeUndefined();
    session.fact([{ audience: 'all', type: 'lifecycle.roster-set', body: { speakers: [host, cohost], support: [] } }]);
    expect(onStage(session)).toEqual([host]);
  });

  it('ST9, ST10 a speaker mutes anybody and takes participants off, and never switches on', () => {
    const session = live();
    ask(session);
    approve(session);
    fire(session, fiveSeconds);
    expect(session.send(asSpeaker(cohost), 'stage.mute', { person: visitor })).toBeNull();
    expect(allOf(session.state).stage.onStage[1]).toMatchObject({ microphone: false, camera: true });
    expect(personOf(session.state, visitor).stage.muted?.by).toBe(cohost);
    expect(session.send(asSpeaker(host), 'stage.remove', { person: host })).toBe('cannot-remove-a-speaker');
    expect(session.send(asSpeaker(host), 'stage.remove', { person: visitor })).toBeNull();
    expect(onStage(session)).toEqual([host]);
    expect(session.send(asSpeaker(cohost), 'stage.remove', { person: visitor })).toBe('left-the-stage');
    expect(ask(session)).toBeNull();
  });

  it('RQ13 nobody else learns of a request', () => {
    const session = live();
    const before = session.events.length;
    ask(session);
    approve(session);
    expect(new Set(session.events.slice(before).map((one) => one.audience))).toEqual(new Set(['backstage', `person:${visitor}`]));
  });
});
