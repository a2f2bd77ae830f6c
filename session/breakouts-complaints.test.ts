// The loudest complaints about breakout rooms, each shown not to happen here, as far as it is a matter of state.
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
  direct,
  mediaIn,
  off,
  on,
  openTwo,
  passTime,
  placeOf,
  plan,
  presence,
  session,
  speak,
  viewer,
  where,
} from './breakouts-bed.ts';
import { may, powers } from './powers.ts';
import { allOf, personOf } from './state.ts';
import { asParticipant, cohost, host, minuteMs } from './testing.ts';

beforeEach(beginLive);

describe('the complaints that others get', () => {
  it('the microphone is not restored: on stage one is again as one was, in rooms as one was in rooms (BR14, BR15)', () => {
    const before = allOf(session.state).stage;
    for (let round = 1; round <= 3; round += 1) {
      if (round === 1) openTwo();
      else direct('open');
      const room = where()[ada] as string;
      if (round > 1) expect(mediaIn(room)[ada]).toEqual({ ...on, screen: false });
      direct('go', { room });
      speak(host, 'breakouts.set-media', off);
      act(ada, 'set-media', on);
      direct('close-now');
      passTime(moveMs);
      expect(allOf(session.state).stage).toBe(before);
      expect(placeOf(host)).toMatchObject({ publish: expect.arrayContaining(['microphone']) });
      expect(placeOf(ada)).toMatchObject({ publish: [], hidden: true });
    }
  });

  it('a person lives in two rooms: whoever moves them, and as often as they are moved, they are in one (BR5, BR13)', () => {
    openTwo();
    direct('set-options', { freeChoice: true });
    for (const step of [
      () => direct('move', { person: ada, room: 'r2' }),
      () => direct('move', { person: ada, room: 'r1' }, cohost),
      () => act(ada, 'go', { room: 'r2' }),
      () => act(ada, 'go', { room: 'r2' }),
    ]) {
      expect(step()).toBeNull();
      const inside = ['r1', 'r2'].filter((room) => ada in mediaIn(room));
      expect(inside).toEqual([where()[ada]]);
      expect(audiencesOf(session.state, asParticipant(ada)).filter((one) => one.startsWith('room:'))).toEqual([
        `room:${where()[ada]}`,
      ]);
    }
  });

  it('an unanswered invitation leaves people in limbo: nothing is asked, neither going nor returning (BR10, BR24)', () => {
    openTwo();
    expect(personOf(session.state, ada).requests.invitation).toBeNull();
    expect(placeOf(ada)).toMatchObject({ in: 's.r1.1' });
    direct('close');
    passTime(closingMs);
    expect(placeOf(ada)).toMatchObject({ in: 's.main.1' });
  });

  it('there is no timer: everybody holds when it ends, wherever they are, and it ends by itself (BR22)', () => {
    direct('set-options', { timerMs: 10 * minuteMs });
    openTwo();
    const state = breakouts();
    const ends = state.is === 'open' ? (state.timer?.at ?? '') : '';
    expect(Date.parse(ends) - Date.parse(state.is === 'open' ? state.openedAt : '')).toBe(10 * minuteMs);
    for (const who of [ada, cleo, host]) expect(audiencesOf(session.state, viewer(who))).toContain('all');
    passTime(10 * minuteMs);
    expect(breakouts().is).toBe('closing');
  });

  it('rooms cannot be spoken to, and cannot call: a message reaches all of them, a call reaches every speaker anywhere (BR20, BR21)', () => {
    openTwo();
    direct('go', { room: 'r2' });
    expect(direct('message-all', { text: 'Two minutes' })).toBeNull();
    expect(breakouts()).toMatchObject({ notices: [{ text: 'Two minutes' }] });
    expect(act(ada, 'ask-for-help')).toBeNull();
    expect(plan().help).toMatchObject([{ room: 'r1', person: ada }]);
    for (const speaker of [host, cohost]) expect(audiencesOf(session.state, viewer(speaker))).toContain('backstage');
  });

  it('rights are lost on return: a speaker has all of theirs in a room, after a reload, and back (BR15, BR17)', () => {
    openTwo();
    direct('go', { room: 'r1' });
    expect(direct('message-all', { text: 'From within' })).toBeNull();
    presence([], [host]);
    presence([{ person: host, as: 'speaker' }]);
    speak(host, 'stage.enter', on);
    expect(where()[host]).toBe('r1');
    expect(direct('close-now')).toBeNull();
    expect(placeOf(host)).toMatchObject({ in: 's.main.1', onStage: true, hidden: false });
    expect(speak(host, 'lifecycle.end')).toBeNull();
  });

  it('participants get at what is for hosts in a room without one: every command of speakers is refused there', () => {
    openTwo();
    const forSpeakers = (Object.keys(powers) as (keyof typeof powers)[]).filter(
      (power) => may('speaker', power) && !may('participant', power) && power !== 'chat.send-backstage',
    );
    expect(forSpeakers.length).toBeGreaterThan(30);
    for (const type of forSpeakers) expect([type, act(ada, type)]).toEqual([type, 'not-allowed']);
    expect(act(ada, 'chat.send', { channel: 'backstage', text: 'Hello' })).toBe('not-allowed');
  });

  it('whom a host muted on stage stays mute in the room: there one switches oneself on, and is as before on return (BR15, BR18)', () => {
    act(ben, 'requests.send', on);
    speak(host, 'requests.approve', { person: ben });
    passTime(5000);
    expect(speak(host, 'stage.mute', { person: ben })).toBeNull();
    openTwo();
    expect(act(ben, 'set-media', { microphone: true })).toBeNull();
    expect(mediaIn('r1')[ben]?.microphone).toBe(true);
    direct('close-now');
    expect(allOf(session.state).stage.onStage.find((one) => one.person === ben)?.microphone).toBe(false);
  });

  it('hosts are locked in or out where people may not choose: they hop into any room and back (BR16, BR17)', () => {
    openTwo();
    expect(breakouts()).toMatchObject({ freeChoice: false });
    for (const room of ['r1', 'r2', null, 'r2']) {
      expect(direct('go', { room }, cohost)).toBeNull();
      expect(where()[cohost] ?? null).toBe(room);
    }
    expect(act(ada, 'go', { room: 'r2' })).toBe('no-free-choice');
  });

  it('a guest of the stage is taken off it while they are in a room: only where they stand on it (BR15)', () => {
    act(ben, 'requests.send', on);
    speak(host, 'requests.approve', { person: ben });
    passTime(5000);
    openTwo();
    expect(speak(host, 'stage.remove', { person: ben })).toBe('in-a-breakout-room');
    direct('close-now');
    expect(placeOf(ben)).toMatchObject({ onStage: true });
    expect(speak(host, 'stage.remove', { person: ben })).toBeNull();
  });

  it('a participant on stage comes back onto it from their room, and nobody else does (BR15)', () => {
    act(ben, 'requests.send', on);
    speak(host, 'requests.approve', { person: ben });
    passTime(5000);
    expect(allOf(session.state).stage.onStage.map((one) => one.person)).toContain(ben);
    openTwo();
    expect(placeOf(ben)).toMatchObject({ in: 's.r1.1' });
    direct('close-now');
    expect(placeOf(ben)).toMatchObject({ in: 's.main.1', onStage: true });
    expect(placeOf(ada)).toMatchObject({ in: 's.main.1', onStage: false });
  });
});
