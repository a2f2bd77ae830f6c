// The rules of SPEC.md for shared screens (ST12–ST18), each on the whole Session's pure core.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  act,
  ada,
  beginLive,
  beginScheduled,
  ben,
  cleo,
  direct,
  fire,
  mediaIn,
  openTwo,
  passTime,
  presence,
  session,
  speak,
} from '#session/breakouts-bed.ts';
import { allOf, backstageOf, roomOf } from '#session/state.ts';
import { cohost, host, person } from '#session/testing.ts';

const deck = person(201);
const share = (who: string, takeOver?: boolean) => {
  const body = { on: true, ...(takeOver && { takeOver }) };
  return who === host || who === cohost ? speak(who, 'stage.share-screen', body) : act(who, 'stage.share-screen', body);
};
const sharing = () =>
  allOf(session.state)
    .stage.onStage.filter((one) => one.screen)
    .map((one) => one.person);
const sharingIn = (room: string) => Object.keys(mediaIn(room)).filter((one) => mediaIn(room)[one]?.screen);
const presentedBy = () => allOf(session.state).materials.presented?.by;
const addDeck = () =>
  fire('materials.add', {
    ...{ material: deck, name: 'Deck', by: host, pages: 3, bytes: 9, file: 'ab'.repeat(32), aspect: 1.5 },
  });
const present = (who: string, takeOver?: boolean) =>
  speak(who, 'materials.present', { material: deck, ...(takeOver && { takeOver }) });

function comesOnScreen(who: string): void {
  expect(act(who, 'requests.send', { microphone: true, camera: true })).toBeNull();
  expect(speak(host, 'requests.approve', { person: who })).toBeNull();
  passTime(5000);
  expect(allOf(session.state).stage.onStage.find((one) => one.person === who)?.as).toBe('participant');
}

beforeEach(beginLive);

describe('a screen on the stage', () => {
  it('is shared and stopped by those on it, and by nobody else (ST12)', () => {
    expect(share(ada)).toBe('not-on-stage');
    expect(share(host)).toBeNull();
    expect(sharing()).toEqual([host]);
    expect(share(host)).toBeNull();
    expect(speak(host, 'stage.share-screen', { on: false })).toBeNull();
    expect(sharing()).toEqual([]);
    expect(speak(host, 'stage.share-screen', { on: false })).toBeNull();
  });

  it('is rehearsed backstage, and not shared after the end (ST12)', () => {
    beginScheduled();
    speak(host, 'stage.enter', { microphone: true, camera: true });
    expect(share(host)).toBeNull();
    expect(sharing()).toEqual([host]);
    beginLive();
    speak(host, 'lifecycle.end');
    expect(share(host)).toBe('session-ended');
  });

  it('keeps camera and microphone as they are, and they keep it (ST12)', () => {
    share(host);
    speak(host, 'stage.set-media', { microphone: false });
    expect(allOf(session.state).stage.onStage[0]).toMatchObject({ microphone: false, camera: true, screen: true });
  });

  it('is one of a speaker at a time: another is refused with who it is, until they take over (ST13)', () => {
    share(host);
    expect(share(cohost)).toBe('presenting-already');
    expect(sharing()).toEqual([host]);
    expect(share(cohost, true)).toBeNull();
    expect(sharing()).toEqual([cohost]);
    const ended = session.events.filter((one) => one.type === 'stage.screen-changed' && !one.body.on);
    expect(ended.map((one) => one.body)).toEqual([{ person: host, on: false, by: cohost }]);
  });

  it('of a participant stands beside that of a speaker, never in its place, and neither is asked (ST13, ST15)', () => {
    comesOnScreen(ada);
    share(host);
    expect(share(ada)).toBeNull();
    expect(sharing()).toEqual([host, ada]);
    expect(share(ada, true)).toBeNull();
    comesOnScreen(ben);
    expect(share(ben)).toBe('presenting-already');
    expect(share(ben, true)).toBeNull();
    expect(sharing()).toEqual([host, ben]);
    speak(host, 'stage.share-screen', { on: false });
    expect(share(cohost)).toBeNull();
    expect(sharing()).toEqual([cohost, ben]);
  });

  it('gives way to a material and takes its place, asked before when it is another speaker’s (ST14)', () => {
    addDeck();
    share(host);
    expect(present(cohost)).toBe('presenting-already');
    expect(presentedBy()).toBeUndefined();
    expect(present(cohost, true)).toBeNull();
    expect([sharing(), presentedBy()]).toEqual([[], cohost]);
    expect(share(host)).toBe('presenting-already');
    expect(share(host, true)).toBeNull();
    expect([sharing(), presentedBy()]).toEqual([[host], undefined]);
    // One's own gives way without a question, and goes on where it was.
    expect(present(host)).toBeNull();
    speak(host, 'materials.turn', { page: 3 });
    expect(share(host)).toBeNull();
    expect(backstageOf(session.state).materials.items[0]).toMatchObject({ page: 3 });
    expect([sharing(), presentedBy()]).toEqual([[host], undefined]);
  });

  it('gives way to nothing when somebody else is made the presenter of whom it is (ST14)', () => {
    addDeck();
    share(host);
    expect(speak(cohost, 'materials.present', { material: deck, presenter: host })).toBeNull();
    expect([sharing(), presentedBy()]).toEqual([[], host]);
  });

  it('of a participant leaves a material where it is (ST15)', () => {
    comesOnScreen(ada);
    addDeck();
    present(host);
    expect(share(ada, true)).toBeNull();
    expect([sharing(), presentedBy()]).toEqual([[ada], host]);
    expect(speak(host, 'materials.stop')).toBeNull();
    share(ada);
    expect(present(cohost)).toBeNull();
    expect(sharing()).toEqual([ada]);
  });

  it('ends with entering again, leaving, and the end of presence, and does not come back (ST17)', () => {
    share(host);
    speak(host, 'stage.enter', { microphone: true, camera: true });
    expect(sharing()).toEqual([]);
    for (const end of [() => speak(host, 'stage.leave'), () => presence([], [host])]) {
      expect(share(host)).toBeNull();
      end();
      presence([{ person: host, as: 'speaker' }]);
      speak(host, 'stage.enter', { microphone: true, camera: true });
      expect(sharing()).toEqual([]);
    }
  });

  it('is ended by any speaker, and by no participant (ST18)', () => {
    comesOnScreen(ada);
    share(ada);
    share(host);
    expect(act(ada, 'stage.stop-screen', { person: host })).toBe('not-allowed');
    expect(speak(cohost, 'stage.stop-screen', { person: ada })).toBeNull();
    expect(speak(cohost, 'stage.stop-screen', { person: host })).toBeNull();
    expect(speak(cohost, 'stage.stop-screen', { person: ben })).toBeNull();
    expect(sharing()).toEqual([]);
  });
});

describe('a screen in a breakout room', () => {
  beforeEach(openTwo);

  it('is shared by anybody there, one at a time among participants (ST12, ST13)', () => {
    expect(share(ada)).toBeNull();
    expect(sharingIn('r1')).toEqual([ada]);
    expect(share(ben)).toBe('presenting-already');
    expect(act(ben, 'set-media', { screen: true })).toBe('presenting-already');
    expect(share(ben, true)).toBeNull();
    expect(sharingIn('r1')).toEqual([ben]);
    expect(share(cleo)).toBeNull();
    expect([sharingIn('r1'), sharingIn('r2'), sharing()]).toEqual([[ben], [cleo], []]);
    expect(act(cleo, 'set-media', { screen: false })).toBeNull();
    expect(act(cleo, 'stage.share-screen', { on: true })).toBeNull();
    expect(speak(host, 'stage.stop-screen', { person: cleo })).toBeNull();
    expect(sharingIn('r2')).toEqual([]);
  });

  it('of a participant never takes over from a speaker’s material or screen there (ST15)', () => {
    addDeck();
    direct('go', { room: 'r1' });
    present(host);
    expect(share(ada, true)).toBeNull();
    expect(roomOf(session.state, 'r1').materials.presented?.by).toBe(host);
    expect(share(host)).toBeNull();
    expect(roomOf(session.state, 'r1').materials.presented).toBeNull();
    expect(sharingIn('r1').sort()).toEqual([host, ada].sort());
    present(host);
    expect(sharingIn('r1')).toEqual([ada]);
  });

  it('is not carried from place to place (ST17)', () => {
    share(host);
    direct('go', { room: 'r1' });
    expect([sharing(), sharingIn('r1')]).toEqual([[], []]);
    share(host);
    expect(sharingIn('r1')).toEqual([host]);
    direct('go', { room: null });
    expect([sharing(), sharingIn('r1')]).toEqual([[], []]);
    // Away in a room, one is not in the way of those on the stage.
    expect(share(cohost)).toBeNull();
  });
});
