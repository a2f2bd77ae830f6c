// The rules CH5 to CH19 of SPEC.md, as tables: given a Session, when a command, then what is so. CH1 to CH4 are in session/rules.test.ts.
import { describe, expect, it } from 'vitest';
import type { Actor } from '#platform/log/contract.ts';
import { audiencesOf } from '#session/audiences.ts';
import { sessionDecider } from '#session/decider.ts';
import { allOf, backstageOf, personOf, roomOf } from '#session/state.ts';
import {
  asParticipant,
  asSpeaker,
  cohost,
  createTestSession,
  guest,
  host,
  person,
  received,
  system,
  visitor,
} from '#session/testing.ts';
import { recentMessages, usualPace } from './contract.ts';

type Session = ReturnType<typeof createTestSession>;

function live(): Session {
  const session = createTestSession();
  session.send(asSpeaker(host), 'lifecycle.start', {}, 0);
  const arrived = [host, visitor, guest].map((one) => ({ person: one, as: one === host ? 'speaker' : 'participant' }));
  session.send(system, 'people.note-presence', { arrived, left: [] });
  return session;
}
const say = (session: Session, actor: Actor, text: string, more: Record<string, unknown> = {}, minutes?: number) =>
  session.send(actor, 'chat.send', { channel: 'everyone', text, ...more }, minutes);
const messages = (session: Session) => allOf(session.state).chat.messages;
const last = (session: Session) => messages(session).at(-1);
const react = (session: Session, actor: Actor, seq: number | undefined, reaction = 'heart', type = 'chat.react') =>
  session.send(actor, type, { channel: 'everyone', seq, reaction });
const unchanged = (session: Session, act: () => unknown) => {
  const before = session.snapshot.head;
  expect(act()).toBeNull();
  expect(session.snapshot.head).toBe(before);
};

describe('deleted messages', () => {
  it('CH5 loses its words, whom it meant, and its reactions', () => {
    const session = live();
    say(session, asParticipant(visitor), 'one', { mentions: [guest] });
    const seq = last(session)?.seq;
    react(session, asParticipant(guest), seq);
    expect(last(session)).toMatchObject({ mentions: [guest], reactions: { heart: 1 } });
    session.send(asSpeaker(host), 'chat.delete', { channel: 'everyone', seq });
    expect(last(session)).toEqual({ seq, at: expect.any(String), author: visitor, text: '', deleted: true });
    expect(react(session, asParticipant(guest), seq, 'wow')).toBe('no-such-message');
  });

  it('CH7 the number of one that is no longer held is kept, a hundred of them', () => {
    const session = live();
    for (let index = 0; index < 2 * recentMessages + 5; index++) say(session, asSpeaker(host), `m${index}`);
    const oldest = messages(session)[0]?.seq ?? 0;
    for (let back = 1; back <= recentMessages + 3; back++)
      session.send(asSpeaker(host), 'chat.delete', { channel: 'everyone', seq: oldest - back });
    const { deletedEarlier } = allOf(session.state).chat;
    expect([deletedEarlier.length, deletedEarlier[0]]).toEqual([recentMessages, oldest - 4]);
    unchanged(session, () => session.send(asSpeaker(host), 'chat.delete', { channel: 'everyone', seq: oldest - 4 }));
  });
});

describe('replies and mentions', () => {
  it('CH8 a reply holds the number; one beyond the last message is refused', () => {
    const session = live();
    expect(say(session, asParticipant(visitor), 'x', { replyTo: 1 })).toBe('no-such-message');
    say(session, asParticipant(visitor), 'question');
    const seq = last(session)?.seq as number;
    expect(say(session, asSpeaker(host), 'answer', { replyTo: seq })).toBeNull();
    expect(last(session)).toMatchObject({ text: 'answer', replyTo: seq });
    expect(say(session, asSpeaker(host), 'answer', { replyTo: seq + 50 })).toBe('no-such-message');
    session.send(asSpeaker(host), 'chat.delete', { channel: 'everyone', seq });
    expect(say(session, asSpeaker(host), 'late answer', { replyTo: seq })).toBeNull();
  });

  it('CH9 mentions who is present, once, and never oneself', () => {
    const session = live();
    say(session, asParticipant(visitor), '@…', { mentions: [guest, guest, visitor, person(77)] });
    expect(last(session)?.mentions).toEqual([guest]);
    session.send(asSpeaker(host), 'chat.send', { channel: 'backstage', text: '@…', mentions: [cohost, guest] });
    expect(backstageOf(session.state).chat.messages[0]?.mentions).toEqual([cohost]);
    const many = Array.from({ length: 11 }, (_, index) => person(index));
    expect(sessionDecider.parseCommand('chat.send', { channel: 'everyone', text: 'x', mentions: many }).ok).toBe(false);
  });
});

describe('reactions', () => {
  it('CH10 counts each person once; who it was only they learn', () => {
    const session = live();
    say(session, asSpeaker(host), 'hello');
    const seq = last(session)?.seq as number;
    for (const actor of [asParticipant(visitor), asParticipant(guest), asSpeaker(host)])
      expect(react(session, actor, seq)).toBeNull();
    unchanged(session, () => react(session, asParticipant(visitor), seq));
    react(session, asParticipant(visitor), seq, 'wow');
    expect(last(session)?.reactions).toEqual({ heart: 3, wow: 1 });
    expect(personOf(session.state, visitor).chat.reactions).toEqual({ [`everyone:${seq}`]: ['heart', 'wow'] });
    expect(JSON.stringify(received(session.events, 'all').filter((one) => one.type === 'chat.reacted'))).not.toContain(visitor);
    expect(react(session, asParticipant(visitor), seq, 'heart', 'chat.take-back')).toBeNull();
    unchanged(session, () => react(session, asParticipant(visitor), seq, 'heart', 'chat.take-back'));
    expect(last(session)?.reactions).toEqual({ heart: 2, wow: 1 });
    for (const actor of [asParticipant(guest), asSpeaker(host)]) react(session, actor, seq, 'heart', 'chat.take-back');
    react(session, asParticipant(visitor), seq, 'wow', 'chat.take-back');
    expect(last(session)?.reactions).toBeUndefined();
    expect(personOf(session.state, visitor).chat.reactions).toEqual({});
  });

  it('CH11 go to the last hundred messages; what is kept of mine stays bounded', () => {
    const session = live();
    for (let index = 0; index < 3 * recentMessages; index++) {
      say(session, asSpeaker(host), `m${index}`);
      react(session, asParticipant(visitor), last(session)?.seq);
    }
    expect(Object.keys(personOf(session.state, visitor).chat.reactions)).toHaveLength(recentMessages);
    const oldest = messages(session)[0]?.seq as number;
    expect(react(session, asParticipant(guest), oldest - 1)).toBe('message-too-old');
    expect(react(session, asParticipant(guest), oldest)).toBeNull();
    expect(react(session, asParticipant(guest), 100_000)).toBe('no-such-message');
    unchanged(session, () => react(session, asParticipant(visitor), oldest));
  });

  it('CH2 participants cannot react or delete backstage, nor learn what is there', () => {
    const session = live();
    session.send(asSpeaker(host), 'chat.send', { channel: 'backstage', text: 'psst' });
    for (const type of ['chat.react', 'chat.take-back', 'chat.delete']) {
      for (const seq of [1, 2])
        expect(session.send(asParticipant(visitor), type, { channel: 'backstage', seq, reaction: 'heart' })).toBe('not-allowed');
    }
  });
});

describe('moderation', () => {
  it('CH12 while it is paused only speakers write and react; taking back and Backstage go on', () => {
    const session = live();
    say(session, asParticipant(visitor), 'before');
    const seq = last(session)?.seq;
    react(session, asParticipant(visitor), seq);
    expect(session.send(asParticipant(visitor), 'chat.pause')).toBe('not-allowed');
    expect(session.send(asSpeaker(host), 'chat.pause')).toBeNull();
    unchanged(session, () => session.send(asSpeaker(cohost), 'chat.pause'));
    expect(say(session, asParticipant(visitor), 'x')).toBe('chat-paused');
    expect(say(session, asParticipant(host), 'x')).toBe('chat-paused');
    expect(react(session, asParticipant(guest), seq)).toBe('chat-paused');
    expect(react(session, asParticipant(visitor), seq, 'heart', 'chat.take-back')).toBeNull();
    expect(say(session, asSpeaker(host), 'a word')).toBeNull();
    expect(session.send(asSpeaker(host), 'chat.send', { channel: 'backstage', text: 'psst' })).toBeNull();
    expect(session.send(asSpeaker(cohost), 'chat.resume')).toBeNull();
    unchanged(session, () => session.send(asSpeaker(host), 'chat.resume'));
    expect(say(session, asParticipant(visitor), 'x')).toBeNull();
  });

  it('CH13 a banned person is told, and neither writes nor reacts; others do not learn of it', () => {
    const session = live();
    say(session, asSpeaker(host), 'hello');
    const seq = last(session)?.seq;
    expect(session.send(asSpeaker(host), 'chat.ban', { person: cohost })).toBe('cannot-ban-a-speaker');
    expect(session.send(asSpeaker(host), 'chat.ban', { person: visitor })).toBeNull();
    unchanged(session, () => session.send(asSpeaker(cohost), 'chat.ban', { person: visitor }));
    expect(say(session, asParticipant(visitor), 'x')).toBe('banned-from-chat');
    expect(react(session, asParticipant(visitor), seq)).toBe('banned-from-chat');
    expect(personOf(session.state, visitor).chat.banned).toBe(true);
    for (const audience of audiencesOf(session.state, asParticipant(guest)))
      expect(JSON.stringify(received(session.events, audience))).not.toContain('banned');
    expect(session.send(asSpeaker(cohost), 'chat.lift-ban', { person: visitor })).toBeNull();
    unchanged(session, () => session.send(asSpeaker(cohost), 'chat.lift-ban', { person: visitor }));
    expect(personOf(session.state, visitor).chat.banned).toBe(false);
    expect(say(session, asParticipant(visitor), 'thanks')).toBeNull();
  });

  it('CH16 a ban outlasts leaving, and ends where one speaks', () => {
    const session = live();
    session.send(asSpeaker(host), 'chat.ban', { person: visitor });
    session.send(system, 'people.note-presence', { arrived: [], left: [visitor] });
    session.send(system, 'people.note-presence', { arrived: [{ person: visitor, as: 'participant' }], left: [] });
    expect(say(session, asParticipant(visitor), 'x')).toBe('banned-from-chat');
    session.fact([{ audience: 'all', type: 'lifecycle.roster-set', body: { speakers: [host, visitor], support: [] } }]);
    expect(say(session, asSpeaker(visitor), 'x')).toBeNull();
    expect(say(session, asParticipant(visitor), 'x')).toBe('banned-from-chat');
  });
});

describe('pace', () => {
  const second = 1 / 60;

  it('CH14 five in five seconds, and then the seconds to wait; speakers go on', () => {
    const session = live();
    for (let index = 0; index < usualPace; index++)
      expect(say(session, asParticipant(visitor), `m${index}`, {}, 1 + index * second)).toBeNull();
    expect(say(session, asParticipant(visitor), 'sixth')).toBe('chatting-too-fast');
    const decision = sessionDecider.decide(
      session.state,
      { id: 'x', type: 'chat.send', body: { channel: 'everyone', text: 'x' } },
      asParticipant(visitor),
      session.snapshot.lastAt as string,
    );
    expect(decision).toEqual({ refusal: { code: 'chatting-too-fast', details: { retryAfterSeconds: 1 } } });
    expect(say(session, asParticipant(guest), 'another person')).toBeNull();
    for (let index = 0; index < 20; index++) expect(say(session, asSpeaker(host), `m${index}`)).toBeNull();
    expect(say(session, asParticipant(visitor), 'sixth', {}, 1 + 5 * second)).toBeNull();
  });

  it('CH14 deleting does not earn another one', () => {
    const session = live();
    for (let index = 0; index < usualPace; index++) say(session, asParticipant(visitor), `m${index}`);
    session.send(asParticipant(visitor), 'chat.delete', { channel: 'everyone', seq: last(session)?.seq });
    expect(say(session, asParticipant(visitor), 'sixth')).toBe('chatting-too-fast');
  });

  it('CH15 speakers set it', () => {
    const session = live();
    expect(session.send(asSpeaker(host), 'chat.set-pace', { messages: 1 })).toBeNull();
    expect(say(session, asParticipant(visitor), 'one')).toBeNull();
    expect(say(session, asParticipant(visitor), 'two')).toBe('chatting-too-fast');
    session.send(asSpeaker(host), 'chat.set-pace', { messages: 1000 });
    for (let index = 0; index < 30; index++) expect(say(session, asParticipant(visitor), `m${index}`)).toBeNull();
  });
});

describe('in breakout rooms', () => {
  /** `visitor` is in r1, `guest` and `host` in r2. */
  function inRooms(): Session {
    const session = live();
    for (const name of ['Harbour', 'Rail yard']) session.send(asSpeaker(host), 'breakouts.add-room', { name });
    session.send(asSpeaker(host), 'breakouts.move', { person: visitor, room: 'r1' });
    session.send(asSpeaker(host), 'breakouts.move', { person: guest, room: 'r2' });
    session.send(asSpeaker(host), 'breakouts.open', {});
    session.send(asSpeaker(host), 'breakouts.go', { room: 'r2' });
    return session;
  }
  const sayIn = (session: Session, actor: Actor, channel: string, more: Record<string, unknown> = {}) =>
    session.send(actor, 'chat.send', { channel, text: 'Do we assume that it is closed?', ...more });
  const roomChat = (session: Session, room: string) => roomOf(session.state, room).chat;

  it('CH17 what is said in a room is held by those who are in it, and by nobody else', () => {
    const session = inRooms();
    expect(sayIn(session, asParticipant(visitor), 'room:r1')).toBeNull();
    expect(roomChat(session, 'r1').messages).toMatchObject([{ author: visitor }]);
    expect(messages(session)).toEqual([]);
    expect(audiencesOf(session.state, asParticipant(visitor))).toContain('room:r1');
    for (const other of [asParticipant(guest), asSpeaker(host)])
      expect(audiencesOf(session.state, other)).not.toContain('room:r1');
  });

  it('CH17 nobody reaches into another room', () => {
    const session = inRooms();
    sayIn(session, asParticipant(visitor), 'room:r1');
    const target = { channel: 'room:r1', seq: roomChat(session, 'r1').messages[0]?.seq };
    for (const other of [asParticipant(guest), asSpeaker(host)]) {
      expect(sayIn(session, other, 'room:r1')).toBe('not-in-a-room');
      expect(session.send(other, 'chat.delete', target)).toBe('not-in-a-room');
      expect(session.send(other, 'chat.react', { ...target, reaction: 'heart' })).toBe('not-in-a-room');
    }
    session.send(asSpeaker(host), 'breakouts.go', { room: 'r1' });
    expect(session.send(asSpeaker(host), 'chat.delete', target)).toBeNull();
  });

  it('CH18 a participant in a room does not write in the main call, a speaker may', () => {
    const session = inRooms();
    expect(say(session, asParticipant(visitor), 'hello')).toBe('in-a-breakout-room');
    expect(say(session, asSpeaker(host), 'hello')).toBeNull();
  });

  it('CH19 a pause does not silence rooms; ban and pace do; mentions are of those who belong there', () => {
    const session = inRooms();
    session.send(asSpeaker(host), 'chat.pause', {});
    expect(sayIn(session, asParticipant(visitor), 'room:r1', { mentions: [guest] })).toBeNull();
    expect(roomChat(session, 'r1').messages.at(-1)).not.toHaveProperty('mentions');
    expect(sayIn(session, asParticipant(guest), 'room:r2', { mentions: [host] })).toBeNull();
    expect(roomChat(session, 'r2').messages.at(-1)).toHaveProperty('mentions', [host]);
    for (let index = 1; index < usualPace; index++) sayIn(session, asParticipant(visitor), 'room:r1');
    expect(sayIn(session, asParticipant(visitor), 'room:r1')).toBe('chatting-too-fast');
    session.send(asSpeaker(host), 'chat.ban', { person: guest });
    expect(sayIn(session, asParticipant(guest), 'room:r2')).toBe('banned-from-chat');
  });
});
