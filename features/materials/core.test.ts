// The rules of SPEC.md for what is decided about materials, each on the whole Session's pure core.
import { describe, expect, it } from 'vitest';
import { presentedByPlace } from '#session/materials-view.ts';
import { allOf, backstageOf, roomOf } from '#session/state.ts';
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
  received,
  system,
  visitor,
} from '#session/testing.ts';
import { cleanName, materialsCommands, mostMaterials, positionAt } from './contract.ts';

const deck = person(201);
const talk = person(202);
const video = person(203);
const h = asSpeaker(host);
const c = asSpeaker(cohost);

const pdf = (material: string, name: string, pages: number, by = host) => ({
  material,
  name,
  by,
  pages,
  bytes: 1000,
  file: material.replaceAll('-', '').padEnd(64, '0'),
  aspect: 1.5,
});
const add = (session: TestSession, material: string, name: string, pages: number, by = host) =>
  session.send(system, 'materials.add', pdf(material, name, pages, by), undefined, material);

/** Two decks and a video in the list, two speakers on stage. */
function backstage(): TestSession {
  const session = createTestSession();
  for (const one of [host, cohost]) session.send(asSpeaker(one), 'stage.enter', { microphone: true, camera: true }, -30);
  add(session, deck, 'Deck', 12);
  add(session, talk, 'Talk', 3, cohost);
  session.send(h, 'materials.embed-video', { videoId: 'dQw4w9WgXcQ', startSeconds: 30, name: 'Tour' }, undefined, video);
  return session;
}
function live(): TestSession {
  const session = backstage();
  expect(session.send(h, 'lifecycle.start', {}, 0)).toBeNull();
  session.send(system, 'people.note-presence', {
    arrived: [visitor, guest].map((one) => ({ person: one, as: 'participant' })),
    left: [],
  });
  return session;
}
const items = (session: TestSession) => backstageOf(session.state).materials.items;
const names = (session: TestSession) => items(session).map((one) => one.name);
const shown = (session: TestSession) => allOf(session.state).materials.presented;
const rehearsed = (session: TestSession) => backstageOf(session.state).materials.presented;
const present = (session: TestSession, actor = h, body: object = {}, minutes?: number) =>
  session.send(actor, 'materials.present', { material: deck, ...body }, minutes);

describe('the list', () => {
  it('MA1 holds what was uploaded and embedded, at most 100', () => {
    const session = backstage();
    expect(items(session)).toMatchObject([
      { kind: 'pdf', id: deck, pages: 12, by: host, downloadable: false },
      { kind: 'pdf', id: talk, by: cohost },
      { kind: 'video', id: video, videoId: 'dQw4w9WgXcQ', startSeconds: 30 },
    ]);
    for (let index = items(session).length; index < mostMaterials; index++) add(session, person(300 + index), 'More', 1);
    expect(add(session, person(999), 'Too many', 1)).toBe('materials-full');
  });

  it('MA2 takes nothing of who is no longer a speaker, and nothing after the end; it is kept in order all the same', () => {
    const session = live();
    expect(add(session, person(204), 'X', 1, visitor)).toBe('not-allowed');
    session.send(h, 'lifecycle.end');
    expect(add(session, person(204), 'X', 1)).toBe('session-ended');
    expect(present(session)).toBe('session-ended');
    expect(session.send(c, 'materials.rename', { material: deck, name: 'Later' })).toBeNull();
    expect(session.send(c, 'materials.delete', { material: talk })).toBeNull();
    expect(names(session)).toEqual(['Later', 'Tour']);
  });

  it('MA3 is renamed, reordered and shortened by any speaker', () => {
    const session = backstage();
    session.send(c, 'materials.reorder', { material: video, before: deck });
    expect(names(session)).toEqual(['Tour', 'Deck', 'Talk']);
    session.send(c, 'materials.reorder', { material: deck, before: null });
    expect(names(session)).toEqual(['Tour', 'Talk', 'Deck']);
    expect(session.send(c, 'materials.reorder', { material: deck, before: person(999) })).toBe('no-such-material');
    for (const type of ['rename', 'delete', 'reorder', 'set-downloadable'])
      expect(session.send(c, `materials.${type}`, { material: person(999), before: null })).toBe('no-such-material');
    expect(session.send(c, 'materials.set-downloadable', { material: video, downloadable: true })).toBe('not-a-presentation');
  });

  it.each([
    ['  Q3/Q4\tplans  ', 'Q3/Q4 plans'],
    ['a\0b\u202Efdp.exe', 'abfdp.exe'],
    ['\u200f\u2066x\u2069\ud800', 'x'],
    ['می\u200cخواهم 👩\u200d👩\u200d👧', 'می\u200cخواهم 👩\u200d👩\u200d👧'],
    ['x'.repeat(300), 'x'.repeat(100)],
  ])('MA3 cleans the name %j', (raw, clean) => {
    expect(cleanName(raw)).toBe(clean);
  });

  it('MA3 takes no name that is empty when it is clean', () => {
    const rename = materialsCommands['materials.rename'];
    expect(rename.safeParse({ material: deck, name: '\u202e ' }).success).toBe(false);
    expect(rename.parse({ material: deck, name: ' New ' })).toMatchObject({ name: 'New' });
  });

  it('MA4 reaches no participant: neither list nor rehearsal nor what is not shown', () => {
    const session = backstage();
    present(session);
    session.send(h, 'lifecycle.start', {}, 0);
    const all = JSON.stringify(received(session.events, 'all'));
    expect(all).toContain('"Deck"');
    for (const secret of ['Talk', talk, 'Tour', 'dQw4w9WgXcQ']) expect(all).not.toContain(secret);
  });

  it('MA4 offers a PDF to everybody as long as its downloading is allowed', () => {
    const session = live();
    session.send(h, 'materials.set-downloadable', { material: talk, downloadable: true });
    expect(allOf(session.state).materials.downloads).toMatchObject([{ id: talk, downloadable: true }]);
    session.send(h, 'materials.rename', { material: talk, name: 'Final' });
    expect(allOf(session.state).materials.downloads).toMatchObject([{ name: 'Final' }]);
    session.send(c, 'materials.set-downloadable', { material: talk, downloadable: false });
    expect(allOf(session.state).materials.downloads).toEqual([]);
    session.send(h, 'materials.set-downloadable', { material: talk, downloadable: true });
    session.send(h, 'materials.delete', { material: talk });
    expect(allOf(session.state).materials.downloads).toEqual([]);
  });
});

describe('presenting', () => {
  it('MA5, MA6 shows one thing at a time; taking over asks first', () => {
    const session = live();
    expect(present(session)).toBeNull();
    expect(shown(session)).toMatchObject({ material: { id: deck, pages: 12 }, by: host, page: 1, playback: null });
    expect(shown(session)?.material).not.toHaveProperty('addedAt');
    expect(present(session, c, { material: talk })).toBe('presenting-already');
    expect(session.send(c, 'materials.stop')).toBe('presenting-already');
    expect(present(session, h, { material: talk })).toBeNull();
    expect(present(session, c, { material: talk, takeOver: true })).toBeNull();
    expect(shown(session)).toMatchObject({ material: { id: talk }, by: cohost });
    expect(session.send(h, 'materials.stop', { takeOver: true })).toBeNull();
    expect(shown(session)).toBeNull();
    expect(present(session, h, { material: person(999) })).toBe('no-such-material');
  });

  it('MA7 starts another speaker’s deck for them: they turn its pages', () => {
    const session = live();
    expect(present(session, h, { material: talk, presenter: cohost })).toBeNull();
    expect(shown(session)).toMatchObject({ by: cohost });
    expect(session.send(c, 'materials.turn', { page: 2 })).toBeNull();
    expect(session.send(h, 'materials.turn', { page: 3 })).toBe('not-the-presenter');
    for (const presenter of [visitor, person(3)]) expect(present(session, c, { presenter })).toBe('presenter-not-here');
    expect(shown(session)).toMatchObject({ by: cohost, page: 2 });
  });

  it('MA8 is turned by the presenter, within the pages', () => {
    const session = live();
    expect(session.send(h, 'materials.turn', { page: 2 })).toBe('nothing-presented');
    present(session, h, { page: 12 });
    expect(session.send(h, 'materials.turn', { page: 13 })).toBe('no-such-page');
    expect(present(session, h, { page: 13 })).toBe('no-such-page');
    expect(session.send(asParticipant(visitor), 'materials.turn', { page: 1 })).toBe('not-the-presenter');
    expect(session.send(h, 'materials.turn', { page: 7 })).toBeNull();
    expect(shown(session)?.page).toBe(7);
    present(session, h, { material: video });
    expect(session.send(h, 'materials.turn', { page: 1 })).toBe('not-a-presentation');
  });

  it('MA9 goes on where it was put away, and stays at its page when it is taken over', () => {
    const session = live();
    present(session, h, { page: 5 });
    present(session, h, { material: talk });
    present(session);
    expect(shown(session)?.page).toBe(5);
    session.send(h, 'materials.turn', { page: 6 });
    present(session, c, { takeOver: true });
    expect(shown(session)).toMatchObject({ by: cohost, page: 6 });
    session.send(c, 'materials.stop');
    present(session, h, { page: 2 });
    expect(shown(session)?.page).toBe(2);
  });

  it('MA12 changes nothing by repeating', () => {
    const session = live();
    present(session);
    session.send(h, 'materials.set-downloadable', { material: deck, downloadable: true });
    const before = session.snapshot;
    present(session);
    session.send(h, 'materials.turn', { page: 1 });
    session.send(h, 'materials.rename', { material: deck, name: 'Deck' });
    session.send(h, 'materials.set-downloadable', { material: deck, downloadable: true });
    session.send(h, 'materials.reorder', { material: deck, before: talk });
    session.send(h, 'materials.reorder', { material: video, before: null });
    add(session, deck, 'Deck', 12);
    expect(session.snapshot).toBe(before);
  });

  it('MA13, MA14 a new name reaches what is shown, deleting ends it', () => {
    const session = live();
    present(session);
    session.send(c, 'materials.rename', { material: deck, name: 'New' });
    session.send(c, 'materials.set-downloadable', { material: deck, downloadable: true });
    expect(shown(session)?.material).toMatchObject({ name: 'New', downloadable: true });
    session.send(c, 'materials.delete', { material: deck });
    expect(shown(session)).toBeNull();
    expect(names(session)).toEqual(['Talk', 'Tour']);
  });
});

describe('a video', () => {
  it('MA10, MA11 begins paused where its link says, and is where position, rate and time put it', () => {
    const session = live();
    present(session, h, { material: video }, 1);
    expect(shown(session)?.playback).toMatchObject({ playing: false, positionMs: 30_000, rate: 1 });
    const set = (actor: typeof h, body: object, minutes: number) =>
      session.send(actor, 'materials.set-playback', { ...body }, minutes);
    expect(set(c, { playing: true, positionMs: 30_000, rate: 1.5 }, 2)).toBeNull();
    const playback = shown(session)?.playback;
    expect(playback && positionAt(playback, at(4))).toBe(30_000 + 180_000);
    expect(set(asParticipant(visitor), { playing: false, positionMs: 0, rate: 1 }, 4)).toBe('not-the-presenter');
    present(session, c, { material: video, takeOver: true }, 4);
    expect(shown(session)).toMatchObject({ by: cohost, playback: { playing: true, positionMs: 210_000, rate: 1.5, at: at(4) } });
    expect(set(h, { playing: false, positionMs: 5000, rate: 1 }, 5)).toBeNull();
    const paused = shown(session)?.playback;
    expect(paused && positionAt(paused, at(50))).toBe(5000);
    present(session, c, {}, 51);
    expect(set(h, { playing: true, positionMs: 0, rate: 1 }, 52)).toBe('not-a-video');
  });

  it('MA11 a clock that runs behind never moves it back', () => {
    expect(positionAt({ playing: true, positionMs: 1000, rate: 1, at: at(1) }, at(0))).toBe(1000);
  });
});

describe('what ends a presentation', () => {
  const presentedByHost = () => {
    const session = live();
    present(session, h, { page: 4 });
    return session;
  };

  it.each<[string, (session: TestSession) => unknown]>([
    ['leaving the Session', (session) => session.send(system, 'people.note-presence', { arrived: [], left: [host] })],
    ['leaving the stage', (session) => session.send(h, 'stage.leave')],
    [
      'coming back as a participant',
      (session) => session.send(system, 'people.note-presence', { arrived: [{ person: host, as: 'participant' }], left: [] }),
    ],
    [
      'being no longer a speaker',
      (session) => session.fact([{ audience: 'all', type: 'lifecycle.roster-set', body: { speakers: [cohost], support: [] } }]),
    ],
    ['the end of the Session', (session) => session.send(c, 'lifecycle.end')],
  ])('MA15, MA17 %s', (_name, happen) => {
    const session = presentedByHost();
    happen(session);
    expect(shown(session)).toBeNull();
    expect(items(session)[0]?.page).toBe(4);
  });

  it('MA15 nobody else’s', () => {
    const session = presentedByHost();
    session.send(c, 'stage.leave');
    session.send(system, 'people.note-presence', { arrived: [], left: [cohost, visitor] });
    expect(shown(session)).toMatchObject({ by: host, page: 4 });
  });
});

describe('places', () => {
  it('MA5, MA16 rehearses backstage, and the start carries it to everybody', () => {
    const session = backstage();
    present(session, c, { page: 3 });
    expect(shown(session)).toBeNull();
    expect(rehearsed(session)).toMatchObject({ by: cohost, page: 3 });
    session.send(h, 'lifecycle.start', {}, 0);
    expect(shown(session)).toMatchObject({ material: { id: deck }, by: cohost, page: 3 });
    expect(rehearsed(session)).toBeNull();
    expect(session.send(c, 'materials.turn', { page: 4 })).toBeNull();
  });

  it('MA5, MA8, MA15, MA17, MA18 shows in a breakout room what belongs to those inside', () => {
    const session = live();
    present(session, h, { page: 2 });
    session.send(h, 'breakouts.add-room', {});
    const room = backstageOf(session.state).breakouts.rooms[0]?.id ?? '';
    session.send(h, 'breakouts.move', { person: visitor, room });
    session.send(h, 'breakouts.set-options', { sharePresented: true });
    expect(session.send(h, 'breakouts.open', {}, 1)).toBeNull();
    const inside = () => roomOf(session.state, room).materials.presented;
    expect(inside()).toMatchObject({ by: host, page: 2 });
    expect(session.send(asParticipant(visitor), 'materials.turn', { page: 9 })).toBeNull();
    expect([inside()?.page, shown(session)?.page]).toEqual([9, 2]);
    expect(session.send(asParticipant(guest), 'materials.turn', { page: 9 })).toBe('not-the-presenter');
    expect(session.send(h, 'breakouts.go', { room })).toBeNull();
    expect(present(session, h, { material: video })).toBeNull();
    expect(session.send(asParticipant(visitor), 'materials.set-playback', { playing: true, positionMs: 0, rate: 1 })).toBeNull();
    expect([inside()?.material.id, shown(session)?.material.id]).toEqual([video, deck]);
    session.send(h, 'breakouts.go', { room: null });
    expect(inside()?.material.id).toBe(video);
    session.send(h, 'materials.delete', { material: video });
    expect(inside()).toBeNull();
  });

  it('MA17 the end of breakout rooms and of the Session ends what is shown in them', () => {
    for (const end of ['breakouts.close-now', 'lifecycle.end']) {
      const session = live();
      present(session);
      session.send(h, 'breakouts.add-room', {});
      session.send(h, 'breakouts.set-options', { sharePresented: true });
      session.send(h, 'breakouts.open', {}, 1);
      expect(presentedByPlace(session.state).size).toBe(2);
      if (end === 'breakouts.close-now') session.send(h, 'breakouts.close');
      expect(session.send(h, end)).toBeNull();
      expect([...presentedByPlace(session.state).keys()]).toEqual(end === 'lifecycle.end' ? [] : ['all']);
    }
  });
});
