// Owns the histories behind the golden logs: by their commands every kind of stream stores every type of event that it has.
import { asker, createTalk, diagnostics, hana, nikolai, actor as talker } from '#features/support/testing.ts';
import type { Actor, LoggedEvent } from '#platform/log/contract.ts';
import { sessionDecider } from '#session/decider.ts';
import { backstageOf } from '#session/state.ts';
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
  system,
  visitor,
} from '#session/testing.ts';

type Body = Record<string, unknown>;
const on = { microphone: true, camera: true };
const off = { microphone: false, camera: false };
const file = { name: 'Deck', by: host, pages: 3, bytes: 9, file: 'ab'.repeat(32), aspect: 1.5 };
const [slides, more] = [person(201), person(202)];

/** The same history each time: ids are counted, and what is refused is a mistake in the history. */
function playing(session: TestSession) {
  let commands = 0;
  let minutes = -60;
  const send = (actor: Actor, type: string, body: Body, id = person(1000 + ++commands)) => {
    const refusal = session.send(actor, type, body, minutes, id);
    if (refusal) throw new Error(`${type} was refused: ${refusal}`);
  };
  return {
    at: (next: number) => {
      minutes = next;
    },
    speak: (who: string, type: string, body: Body = {}) => send(asSpeaker(who), type, body),
    act: (who: string, type: string, body: Body = {}) => send(asParticipant(who), type, body),
    server: (type: string, body: Body = {}) => send(system, type, body),
    presence: (arrived: { person: string; as: string }[], left: string[] = []) =>
      send(system, 'people.note-presence', { arrived, left }),
    /** Lets the servers fire what is due by then. */
    pass(next: number) {
      minutes = next;
      for (const timer of sessionDecider.timers(session.state))
        if (timer.dueAt <= at(next)) send(system, timer.command.type, timer.command.body, timer.id);
    },
  };
}

function prepare(session: TestSession, play: ReturnType<typeof playing>): void {
  session.fact([{ audience: 'all', type: 'lifecycle.rescheduled', body: { startsAt: at(0), durationMs: 3_600_000 } }]);
  play.server('materials.add', { material: slides, ...file });
  play.server('materials.add', { material: more, ...file });
  play.speak(host, 'materials.embed-video', { videoId: 'dQw4w9WgXcQ', startSeconds: 3, name: 'Video' });
  play.speak(host, 'materials.rename', { material: slides, name: 'Slides' });
  play.speak(host, 'materials.reorder', { material: more, before: slides });
  play.act(visitor, 'questions.ask', { text: 'Before the start?', anonymous: false });
  play.at(-10);
  play.presence([
    { person: host, as: 'speaker' },
    { person: visitor, as: 'participant' },
    { person: guest, as: 'participant' },
  ]);
  play.speak(host, 'stage.enter', on);
  play.speak(host, 'materials.present', { material: slides });
  play.speak(cohost, 'stage.enter', off);
  play.speak(host, 'lifecycle.start');
}

const firstMessage = (session: TestSession) =>
  session.events.find(({ type, audience }) => type === 'chat.sent' && audience === 'all')?.seq;

function chatAndAsk(session: TestSession, { speak, act }: ReturnType<typeof playing>): void {
  act(visitor, 'chat.send', { channel: 'everyone', text: 'Hello', mentions: [host] });
  speak(host, 'chat.send', { channel: 'everyone', text: 'Welcome' });
  speak(host, 'chat.send', { channel: 'backstage', text: 'All well?' });
  for (const type of ['chat.react', 'chat.take-back'])
    act(guest, type, { channel: 'everyone', seq: firstMessage(session), reaction: 'heart' });
  for (const type of ['chat.pause', 'chat.resume']) speak(host, type);
  speak(host, 'chat.set-pace', { messages: 9 });
  for (const type of ['chat.ban', 'chat.lift-ban']) speak(host, type, { person: guest });
  act(guest, 'questions.ask', { text: 'Anonymous?', anonymous: true });
  for (const type of ['questions.vote', 'questions.take-back']) act(guest, type, { question: 1 });
  act(guest, 'questions.vote', { question: 1 });
  speak(host, 'questions.set-answering', { question: 1, answering: true });
  speak(host, 'questions.set-answered', { question: 1, answered: true });
  speak(host, 'questions.set-options', { approval: true, anonymous: true });
  for (const text of ['To be approved', 'To be dropped']) act(visitor, 'questions.ask', { text, anonymous: true });
  speak(host, 'questions.approve', { question: 3 });
  for (const question of [3, 4]) speak(host, 'questions.delete', { question });
}

function present({ speak }: ReturnType<typeof playing>, video: string): void {
  speak(host, 'materials.turn', { page: 2 });
  for (const downloadable of [true, false]) speak(host, 'materials.set-downloadable', { material: slides, downloadable });
  speak(host, 'materials.rename', { material: slides, name: 'Renamed' });
  speak(host, 'materials.stop', {});
  speak(host, 'materials.present', { material: video });
  speak(host, 'materials.set-playback', { playing: true, positionMs: 4000, rate: 1 });
  speak(host, 'materials.stop', {});
  speak(host, 'materials.delete', { material: more });
  for (const shared of [true, false]) speak(host, 'stage.share-screen', { on: shared });
}

function comeOnScreen({ speak, act, pass, presence, at: goTo }: ReturnType<typeof playing>): void {
  act(visitor, 'requests.send', on);
  act(visitor, 'requests.withdraw');
  act(visitor, 'requests.send', on);
  speak(host, 'requests.approve', { person: visitor });
  act(visitor, 'requests.set-media', { camera: false });
  pass(1);
  speak(host, 'stage.mute', { person: visitor });
  act(visitor, 'stage.set-media', { microphone: true });
  speak(host, 'stage.remove', { person: visitor });
  speak(host, 'requests.invite', { person: guest });
  speak(host, 'requests.withdraw-invitation', { person: guest });
  for (const answer of ['requests.decline-invitation', 'requests.accept-invitation']) {
    speak(host, 'requests.invite', { person: guest });
    act(guest, answer, answer.startsWith('requests.accept') ? on : {});
  }
  act(guest, 'requests.cancel');
  goTo(3);
  act(guest, 'requests.send', off);
  speak(host, 'requests.decline', { person: guest });
  speak(host, 'requests.set-limit', { limit: 2 });
  for (const open of [false, true]) speak(host, 'requests.set-open', { open });
  goTo(5);
  act(guest, 'requests.send', off);
  presence([], [guest]);
}

/** A Session without breakout rooms, from its planning to its end by a speaker. */
export function fairSession(): LoggedEvent[] {
  const session = createTestSession();
  const play = playing(session);
  prepare(session, play);
  chatAndAsk(session, play);
  const video = backstageOf(session.state).materials.items.find((item) => item.kind === 'video')?.id ?? '';
  present(play, video);
  comeOnScreen(play);
  play.speak(host, 'chat.delete', { channel: 'everyone', seq: firstMessage(session) });
  for (const type of ['people.remove', 'people.readmit']) play.speak(host, type, { person: visitor });
  play.speak(cohost, 'stage.leave');
  play.speak(host, 'stage.leave');
  play.speak(host, 'stage.enter', on);
  play.speak(host, 'lifecycle.end');
  return session.events;
}

/** Rooms planned, opened, lived in and closed; then nobody is left, and the Session closes by itself. */
export function roomsSession(): LoggedEvent[] {
  const session = createTestSession();
  const play = playing(session);
  const { speak, act, pass, presence, at: goTo } = play;
  const rooms = (type: string, body: Body = {}) => speak(host, `breakouts.${type}`, body);
  goTo(0);
  speak(host, 'stage.enter', on);
  speak(host, 'lifecycle.start');
  presence([visitor, guest].map((one) => ({ person: one, as: 'participant' })));
  for (const name of ['North', 'South', 'West']) rooms('add-room', { name });
  rooms('rename-room', { room: 'r1', name: 'Harbour' });
  rooms('remove-room', { room: 'r3' });
  rooms('discard');
  for (const name of ['North', 'South']) rooms('add-room', { name });
  rooms('auto-assign', { how: 'even', seed: 1 });
  const [first, next] = backstageOf(session.state).breakouts.rooms.map(({ id }) => id);
  for (const [one, room] of [
    [visitor, null],
    [visitor, first],
    [guest, next],
  ])
    rooms('move', { person: one, room });
  rooms('set-options', { timerMs: 600_000, freeChoice: true });
  rooms('open');
  act(visitor, 'breakouts.set-media', { microphone: true, camera: true });
  act(visitor, 'chat.send', { channel: `room:${first}`, text: 'In the room' });
  act(visitor, 'breakouts.ask-for-help');
  act(visitor, 'breakouts.take-back-help');
  act(guest, 'breakouts.go', { room: first });
  rooms('set-options', { freeChoice: false });
  rooms('rename-room', { room: next, name: 'Lighthouse' });
  rooms('add-room', { name: 'East' });
  rooms('message-all', { text: 'Five minutes' });
  rooms('extend', { byMs: 60_000 });
  rooms('move', { person: guest, room: next });
  pass(0.5);
  rooms('close-room', { room: next });
  rooms('keep-open', { room: next });
  rooms('close-room', { room: next });
  pass(1);
  rooms('close');
  rooms('keep-open', { room: null });
  rooms('close');
  pass(2);
  pass(3);
  speak(host, 'stage.leave');
  pass(300);
  return session.events;
}

/** A conversation from its first word to its being reopened. */
export function supportTalk(): LoggedEvent[] {
  const talk = createTalk();
  const send = (who: string, type: string, body: Body = {}) => {
    const refusal = talk.send(talker(who), type, body);
    if (refusal) throw new Error(`${type} was refused: ${refusal}`);
  };
  send(asker, 'support.send', { text: 'My camera is black', diagnostics });
  send(asker, 'support.note-place', { place: { page: 'lobby', sessionId: null } });
  send(nikolai, 'support.take', { from: null });
  send(nikolai, 'support.send', { text: 'Is another page using it?' });
  for (const who of [asker, nikolai])
    send(who, 'support.read', { seq: talk.log.findLast(({ type }) => type === 'support.sent')?.seq });
  send(nikolai, 'support.hand-back');
  send(hana, 'support.take', { from: null });
  send(hana, 'support.resolve');
  send(hana, 'support.reopen');
  return talk.log;
}

export const histories = {
  'session-fair': fairSession,
  'session-rooms': roomsSession,
  support: supportTalk,
};
