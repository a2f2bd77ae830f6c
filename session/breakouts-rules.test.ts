// The rules of breakout rooms (features/breakouts/SPEC.md), each on the whole Session.
import { beforeEach, describe, expect, it } from 'vitest';
import { closingMs, moveMs } from '#features/breakouts/contract.ts';
import { audiencesOf } from './audiences.ts';
import {
  act,
  ada,
  beginLive,
  beginScheduled,
  ben,
  breakouts,
  cleo,
  crowd,
  direct,
  fire,
  joins,
  mediaIn,
  off,
  on,
  openTwo,
  passTime,
  placeOf,
  plan,
  presence,
  rooms,
  session,
  speak,
  wait,
  where,
} from './breakouts-bed.ts';
import { sessionDecider } from './decider.ts';
import { openRooms } from './placement.ts';
import { allOf, backstageOf, personOf, roomOf } from './state.ts';
import { asParticipant, asSpeaker, cohost, host, minuteMs, person, supporter } from './testing.ts';

beforeEach(beginLive);

describe('the plan', () => {
  it('is made before the start too, by all speakers, and no participant receives a word of it (BR1)', () => {
    beginScheduled();
    expect(direct('add-room', { name: 'Harbour' })).toBeNull();
    expect(direct('rename-room', { room: 'r1', name: 'Quay' }, cohost)).toBeNull();
    expect(plan().rooms).toEqual([{ id: 'r1', name: 'Quay' }]);
    expect(breakouts().is).toBe('none');
    const told = session.events.filter((one) => one.type.startsWith('breakouts.')).map((one) => one.audience);
    expect(new Set(told)).toEqual(new Set(['backstage']));
    expect(act(ada, 'add-room')).toBe('not-allowed');
  });

  it('holds ten rooms, with names of their own (BR2), and never gives an id twice (BR3)', () => {
    for (let number = 1; number <= 10; number += 1) expect(direct('add-room')).toBeNull();
    expect(plan().rooms.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, index) => `Room ${index + 1}`));
    expect(direct('add-room')).toBe('too-many-rooms');
    expect(direct('rename-room', { room: 'r2', name: 'ROOM 1' })).toBe('room-name-taken');
    expect(direct('remove-room', { room: 'r4' })).toBeNull();
    expect(direct('add-room')).toBeNull();
    expect(plan().rooms.at(-1)).toEqual({ id: 'r11', name: 'Room 4' });
  });

  it('moves a person by hand into one room at a time, and leaves them unassigned when it goes (BR4, BR5)', () => {
    direct('add-room');
    direct('add-room');
    expect(direct('move', { person: ada, room: 'r1' })).toBeNull();
    expect(direct('move', { person: ada, room: 'r2' })).toBeNull();
    expect(plan().assigned).toEqual({ [ada]: 'r2' });
    expect(direct('move', { person: person(77), room: 'r1' })).toBe('not-present');
    expect(direct('move', { person: ada, room: 'r9' })).toBe('no-such-room');
    expect(direct('remove-room', { room: 'r2' })).toBeNull();
    expect(plan().assigned).toEqual({});
  });

  it('assigns everyone present but the speakers once, sizes differing by one at most; again is another shuffle (BR6)', () => {
    for (let number = 0; number < 4; number += 1) direct('add-room');
    expect(direct('auto-assign', { how: 'even', seed: 1 })).toBeNull();
    const first = plan().assigned;
    expect(Object.keys(first).sort()).toEqual([...crowd, supporter].sort());
    const sizes = plan().rooms.map(({ id }) => Object.values(first).filter((room) => room === id).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(direct('auto-assign', { how: 'even', seed: 2 })).toBeNull();
    expect(plan().assigned).not.toEqual(first);
    const stored = session.events.filter((one) => one.type === 'breakouts.assigned').map((one) => Object.keys(one.body).sort());
    expect(stored[0]).toEqual(['assigned', 'by', 'how']);
  });

  it('keeps options apart from rooms (BR7, BR9)', () => {
    direct('add-room');
    direct('set-options', { timerMs: 60_000 });
    direct('set-options', { freeChoice: true }, cohost);
    expect(direct('discard')).toBeNull();
    expect(plan()).toMatchObject({
      rooms: [],
      assigned: {},
      options: { timerMs: 60_000, freeChoice: true, sharePresented: true },
    });
    expect(direct('open')).toBe('no-rooms-planned');
  });
});

describe('open rooms', () => {
  beforeEach(openTwo);

  it('hold everybody assigned from that event on, nobody else, and no one was asked (BR10)', () => {
    expect(where()).toEqual({ [ada]: 'r1', [ben]: 'r1', [cleo]: 'r2' });
    expect(placeOf(ada)).toMatchObject({ in: 's.r1.1', hidden: false, leaving: ['s.main.1'] });
    expect(placeOf(ada)).toMatchObject({ publish: ['camera', 'microphone', 'screen_share', 'screen_share_audio'] });
    expect(placeOf(person(14))).toMatchObject({ in: 's.main.1', publish: [] });
    expect(direct('open', {}, cohost)).toBe('rooms-open-already');
    expect(openRooms(session.state, 's')).toEqual(['s.main.1', 's.r1.1', 's.r2.1']);
  });

  it('need a live Session (BR10)', () => {
    beginScheduled();
    direct('add-room');
    expect(direct('open')).toBe('session-not-live');
  });

  it('wait for those who were away or reload, in the same place (BR11)', () => {
    presence([], [ada]);
    expect(where()[ada]).toBe('r1');
    joins(ada);
    expect(audiencesOf(session.state, asParticipant(ada))).toContain('room:r1');
    expect(placeOf(ada)).toMatchObject({ in: 's.r1.1' });
  });

  it('are the only ones that their people receive (BR17, BR19)', () => {
    expect(audiencesOf(session.state, asParticipant(ada))).toEqual(['all', `person:${ada}`, 'room:r1']);
    expect(audiencesOf(session.state, asSpeaker(host))).toEqual(['all', 'backstage', `person:${host}`]);
    expect(direct('go', { room: 'r2' })).toBeNull();
    expect(audiencesOf(session.state, asSpeaker(host))).toContain('room:r2');
    expect(direct('go', { room: 'r1' })).toBeNull();
    expect(audiencesOf(session.state, asSpeaker(host))).not.toContain('room:r2');
  });

  it('let the former places be heard for ten seconds each, also of somebody who hops on before they have arrived (BR13)', () => {
    direct('go', { room: 'r1' });
    expect(placeOf(host)).toMatchObject({ in: 's.r1.1', leaving: ['s.main.1'] });
    wait(1000);
    direct('go', { room: 'r2' });
    expect(placeOf(host)).toMatchObject({ in: 's.r2.1', leaving: ['s.main.1', 's.r1.1'] });
    wait(1000);
    direct('go', { room: 'r1' });
    expect(placeOf(host)).toMatchObject({ in: 's.r1.1', leaving: ['s.main.1', 's.r2.1'] });
    passTime(moveMs - 2000);
    expect(placeOf(host)).toMatchObject({ leaving: ['s.r2.1'] });
    passTime(2000);
    expect(placeOf(host)).not.toHaveProperty('leaving');
    expect(breakouts().leaving).toEqual({});
  });

  it('bring people in as they last were in a room; the first time muted and unseen (BR14)', () => {
    expect(mediaIn('r1')[ada]).toEqual({ ...off, screen: false });
    expect(act(ada, 'set-media', { microphone: true, screen: true })).toBeNull();
    expect(direct('move', { person: ada, room: 'r2' })).toBeNull();
    expect(mediaIn('r1')).not.toHaveProperty(ada);
    expect(mediaIn('r2')[ada]).toEqual({ microphone: true, camera: false, screen: false });
    expect(personOf(session.state, ada).breakouts.media).toEqual({ microphone: true, camera: false });
  });

  it('remember that somebody who was asked stays muted: they are asked once (BR14)', () => {
    expect(personOf(session.state, ben).breakouts.media).toBeNull();
    expect(act(ben, 'set-media', { microphone: false })).toBeNull();
    expect(personOf(session.state, ben).breakouts.media).toEqual(off);
  });

  it('let participants go where free choice is on only; latecomers are moved or choose (BR16)', () => {
    const late = person(20);
    joins(late);
    expect(where()).not.toHaveProperty(late);
    expect(act(late, 'go', { room: 'r1' })).toBe('no-free-choice');
    expect(direct('move', { person: late, room: 'r2' })).toBeNull();
    expect(where()[late]).toBe('r2');
    expect(act(late, 'go', { room: 'r1' })).toBe('no-free-choice');
    direct('set-options', { freeChoice: true });
    expect(act(late, 'go', { room: 'r1' })).toBeNull();
    expect(act(late, 'go', { room: null })).toBeNull();
    expect(act(late, 'go', { room: 'r7' })).toBe('no-such-room');
  });

  it('have a way out for everybody at any time, and let support go anywhere (BR16)', () => {
    expect(act(ada, 'go', { room: null })).toBeNull();
    expect(where()).not.toHaveProperty(ada);
    expect(act(ada, 'go', { room: 'r1' })).toBe('no-free-choice');
    for (const room of ['r1', 'r2', null]) expect(act(supporter, 'go', { room })).toBeNull();
    expect(act(supporter, 'move', { person: ada, room: 'r1' })).toBe('not-allowed');
  });

  it('let a speaker be planned into one, who leads it (BR5)', () => {
    direct('close-now');
    const [, second] = plan().rooms;
    expect(direct('move', { person: cohost, room: second?.id })).toBeNull();
    expect(direct('open')).toBeNull();
    expect(where()[cohost]).toBe(second?.id);
    direct('close-now');
    expect(plan().assigned[cohost]).toBe(plan().rooms[1]?.id);
  });

  it('can be added and renamed for all, and are not planned anew (BR8)', () => {
    expect(direct('add-room', { name: 'Dunes' })).toBeNull();
    expect(direct('rename-room', { room: 'r1', name: 'Quay' }, cohost)).toBeNull();
    expect(rooms().map(({ id, name }) => [id, name])).toEqual([
      ['r1', 'Quay'],
      ['r2', 'Lighthouse'],
      ['r3', 'Dunes'],
    ]);
    expect(direct('auto-assign', { how: 'even', seed: 1 })).toBe('rooms-open-already');
    expect(direct('discard')).toBe('rooms-open-already');
  });

  it('begin with what the main call is shown, those added later too, where that is wanted (BR12)', () => {
    const material = person(201);
    const deck = { material, name: 'Deck', by: host, pages: 12, bytes: 1000, file: 'a'.repeat(64), aspect: 1.5 };
    expect(fire('materials.add', deck)).toBeNull();
    expect(speak(host, 'materials.present', { material, page: 3 })).toBeNull();
    const shownIn = (room: string) => roomOf(session.state, room).materials.presented;
    expect(shownIn('r1')).toBeNull();
    direct('add-room', { name: 'Dunes' });
    expect(shownIn('r3')).toMatchObject({ material: { id: material }, page: 3 });
    direct('set-options', { sharePresented: false });
    direct('add-room', { name: 'Meadow' });
    expect(shownIn('r4')).toBeNull();
    direct('close-now');
    expect(shownIn('r3')).toBeNull();
  });

  it('let a speaker mute, and nobody switch others on (BR18)', () => {
    act(ada, 'set-media', { microphone: true });
    const stage = allOf(session.state).stage;
    expect(speak(cohost, 'stage.mute', { person: ada })).toBeNull();
    expect(mediaIn('r1')[ada]?.microphone).toBe(false);
    expect(personOf(session.state, ada).stage.muted?.by).toBe(cohost);
    expect(allOf(session.state).stage).toBe(stage);
    expect(act(person(14), 'set-media', { microphone: true })).toBe('not-in-a-room');
  });

  it('have a chat of their own, and participants inside do not write in the main call’s (BR19)', () => {
    expect(act(ada, 'chat.send', { channel: 'room:r1', text: 'Only us' })).toBeNull();
    expect(roomOf(session.state, 'r1').chat.messages.map(({ text }) => text)).toEqual(['Only us']);
    expect(session.events.at(-1)?.audience).toBe('room:r1');
    expect(act(cleo, 'chat.send', { channel: 'room:r1', text: 'Let me in' })).toBe('not-in-a-room');
    expect(act(ada, 'chat.send', { channel: 'everyone', text: 'Hello all' })).toBe('in-a-breakout-room');
    expect(act(person(14), 'chat.send', { channel: 'everyone', text: 'Here I may' })).toBeNull();
    expect(direct('go', { room: 'r1' })).toBeNull();
    expect(speak(host, 'chat.send', { channel: 'everyone', text: 'Still with you' })).toBeNull();
  });

  it('do not lead to the main call’s stage (BR19)', () => {
    expect(act(ada, 'requests.send', on)).toBe('in-a-breakout-room');
    expect(speak(host, 'stage.remove', { person: ada })).toBe('in-a-breakout-room');
    expect(speak(host, 'requests.invite', { person: ada })).toBe('in-a-breakout-room');
  });
});

describe('requests for the stage of those who go into a room', () => {
  it('are void, whatever they had come to; nobody returns onto a stage that they were not on (BR15, BR19)', () => {
    act(ada, 'requests.send', on);
    speak(host, 'requests.approve', { person: ada });
    act(ben, 'requests.send', on);
    speak(host, 'requests.invite', { person: cleo });
    openTwo();
    expect(backstageOf(session.state).requests).toMatchObject({ waiting: [], invitations: [], countdowns: [] });
    for (const who of [ada, ben, cleo])
      expect(personOf(session.state, who).requests).toMatchObject({ request: null, invitation: null, countdown: null });
    passTime(5000);
    direct('close-now');
    expect(placeOf(ada)).toMatchObject({ in: 's.main.1', publish: [], onStage: false });
  });
});

describe('help and time', () => {
  beforeEach(openTwo);
  const queue = () => plan().help.map(({ room, person: by }) => [room, by]);

  it('calls speakers once per room, oldest first, and nobody else outside learns of it (BR21)', () => {
    expect(act(cleo, 'ask-for-help')).toBeNull();
    expect(act(ada, 'ask-for-help')).toBeNull();
    expect(act(ben, 'ask-for-help')).toBe('help-asked-already');
    expect(queue()).toEqual([
      ['r2', cleo],
      ['r1', ada],
    ]);
    expect(session.events.filter((one) => one.type.includes('help')).map((one) => one.audience)).not.toContain('all');
    expect(act(person(14), 'ask-for-help')).toBe('not-in-a-room');
  });

  it('ends when a speaker comes, dismisses it, it is taken back, or nobody is left (BR21)', () => {
    const ask = (who: string) => expect(act(who, 'ask-for-help')).toBeNull();
    ask(ada);
    direct('go', { room: 'r1' });
    expect(queue()).toEqual([]);
    expect(roomOf(session.state, 'r1').breakouts.help).toBeNull();
    ask(cleo);
    expect(direct('dismiss-help', { room: 'r2' })).toBeNull();
    expect(direct('dismiss-help', { room: 'r2' })).toBe('no-help-asked');
    ask(cleo);
    expect(act(cleo, 'take-back-help')).toBeNull();
    ask(cleo);
    expect(direct('move', { person: cleo, room: 'r1' })).toBeNull();
    expect(queue()).toEqual([]);
    direct('move', { person: cleo, room: 'r2' });
    ask(cleo);
    presence([], [cleo]);
    expect(queue()).toEqual([]);
  });

  it('ends when the speaker who is there already says that they have come (BR21)', () => {
    direct('go', { room: 'r1' });
    act(ada, 'ask-for-help');
    expect(direct('go', { room: 'r1' })).toBeNull();
    expect(queue()).toEqual([]);
    expect(where()[host]).toBe('r1');
    expect(session.events.at(-1)?.type).toBe('breakouts.help-ended');
  });

  it('does not end because a speaker comes who joined as a participant (BR21)', () => {
    presence([{ person: cohost, as: 'participant' }]);
    act(ada, 'ask-for-help');
    expect(direct('move', { person: cohost, room: 'r1' })).toBeNull();
    expect(act(cohost, 'go', { room: 'r1' })).toBe('no-free-choice');
    expect(queue()).toEqual([['r1', ada]]);
  });

  it('reaches everybody with one message, wherever they are (BR20)', () => {
    expect(direct('message-all', { text: 'Five minutes' })).toBeNull();
    expect(session.events.at(-1)?.audience).toBe('all');
    expect(breakouts()).toMatchObject({ notices: [{ text: 'Five minutes', by: host }] });
  });

  it('closes by the timer, as extended, once and not before (BR22, BR29)', () => {
    expect(direct('set-options', { timerMs: 60_000 })).toBeNull();
    const first =
      breakouts().is === 'open' ? sessionDecider.timers(session.state).find((one) => one.id.startsWith('timer-')) : null;
    expect(fire('breakouts.end-timer', first?.command.body)).toBe('timer-obsolete');
    expect(direct('extend', { byMs: 60_000 }, cohost)).toBeNull();
    wait(60_000);
    expect(fire('breakouts.end-timer', first?.command.body)).toBe('timer-obsolete');
    expect(breakouts().is).toBe('open');
    passTime(60_000);
    expect(breakouts().is).toBe('closing');
    expect(session.events.findLast((one) => one.type === 'breakouts.closing')?.body.by).toBeNull();
    passTime(closingMs);
    expect(breakouts().is).toBe('none');
  });
});

describe('what follows from elsewhere', () => {
  beforeEach(openTwo);

  it('takes whoever is removed out of rooms and plan at once (BR27)', () => {
    expect(speak(host, 'people.remove', { person: ada })).toBeNull();
    expect(where()).not.toHaveProperty(ada);
    expect(mediaIn('r1')).not.toHaveProperty(ada);
    expect(audiencesOf(session.state, asParticipant(ada))).toEqual([`person:${ada}`]);
    direct('close-now');
    expect(speak(host, 'people.remove', { person: ben })).toBeNull();
    expect(plan().assigned).not.toHaveProperty(ben);
    direct('open');
    expect(Object.keys(where())).toEqual([cleo]);
  });

  it('ends the screen of whoever leaves the Session, and keeps their place (BR28)', () => {
    act(ada, 'set-media', { screen: true, microphone: true });
    presence([], [ada]);
    expect(mediaIn('r1')[ada]).toEqual({ microphone: true, camera: false, screen: false });
    expect(where()[ada]).toBe('r1');
  });

  it('closes rooms with the Session (BR29)', () => {
    act(ada, 'ask-for-help');
    expect(speak(host, 'lifecycle.end')).toBeNull();
    expect(breakouts()).toEqual({ is: 'none', opening: 1, leaving: {} });
    expect(openRooms(session.state, 's')).toEqual([]);
    expect(plan().help).toEqual([]);
    expect(sessionDecider.timers(session.state)).toEqual([]);
    expect(act(ada, 'go', { room: null })).toBe('session-ended');
  });

  it('stays open when the last speaker leaves; the timer goes on, and the Session’s own end closes rooms (BR29)', () => {
    direct('set-options', { timerMs: 60_000 });
    presence([], [host, cohost]);
    expect(allOf(session.state).lifecycle.unattended).not.toBeNull();
    expect(breakouts().is).toBe('open');
    passTime(60_000);
    passTime(closingMs);
    expect(breakouts().is).toBe('none');
    presence([{ person: host, as: 'speaker' }]);
    direct('open', {}, host);
    presence([], [host]);
    passTime(120 * minuteMs);
    expect(allOf(session.state).lifecycle.phase).toBe('ended');
    expect(breakouts().is).toBe('none');
  });

  it('goes on for a speaker in a room: the Session is attended (BR29)', () => {
    presence([], [cohost]);
    direct('go', { room: 'r1' });
    expect(allOf(session.state).lifecycle.unattended).toBeNull();
  });
});
