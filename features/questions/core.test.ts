// The numbered rules of SPEC.md, driven through the Session's decider as everything is: given a Session, when a command, then what is so.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#platform/log/contract.ts';
import { sessionDecider } from '#session/decider.ts';
import { allOf, backstageOf, evolveSlice, personOf } from '#session/state.ts';
import { asParticipant, asSpeaker, cohost, createTestSession, guest, host, person, received, visitor } from '#session/testing.ts';
import { maxQuestionLength, mostAsked, mostQuestions } from './contract.ts';
import { initialQuestions } from './core.ts';
import { openByRank } from './ranking.ts';

type Session = ReturnType<typeof createTestSession>;
const speaker = asSpeaker(host);
const asker = asParticipant(visitor);
const other = asParticipant(guest);
const ask = (session: Session, actor: Actor = asker, text = 'Why?', anonymous = false, minutes?: number) =>
  session.send(actor, 'questions.ask', { text, anonymous }, minutes);
const on = (session: Session, actor: Actor, type: string, question: number, body = {}) =>
  session.send(actor, `questions.${type}`, { question, ...body });
const all = (session: Session) => allOf(session.state).questions;
const back = (session: Session) => backstageOf(session.state).questions;
const own = (session: Session, who = visitor) => personOf(session.state, who).questions;
const setOptions = (session: Session, approval: boolean, anonymous: boolean) =>
  session.send(speaker, 'questions.set-options', { approval, anonymous });
/** Everything that a viewer of these audiences ever got, as text. */
const heard = (session: Session, ...audiences: Parameters<typeof received>[1][]) =>
  JSON.stringify(audiences.map((audience) => received(session.events, audience)));

describe('asking', () => {
  it('QA1 is possible before the start, while live, and not after the end', () => {
    const session = createTestSession();
    expect(ask(session)).toBeNull();
    session.send(speaker, 'lifecycle.start', {}, 0);
    expect(ask(session)).toBeNull();
    session.send(speaker, 'lifecycle.end');
    const { head } = session.snapshot;
    expect(ask(session)).toBe('session-ended');
    for (const type of ['vote', 'take-back', 'approve', 'delete']) expect(on(session, speaker, type, 1)).toBe('session-ended');
    expect(on(session, speaker, 'set-answered', 1, { answered: true })).toBe('session-ended');
    expect(setOptions(session, true, true)).toBe('session-ended');
    expect(session.snapshot.head).toBe(head);
    expect(ask(createTestSession([]))).toBe('session-not-scheduled');
  });

  it.each([
    ['', false],
    ['  \n ', false],
    ['x'.repeat(maxQuestionLength), true],
    ['x'.repeat(maxQuestionLength + 1), false],
    ['a\0b', false],
    ['a\ud800b', false],
    ['هل؟', true],
  ])('QA2 takes %j: %s', (text, taken) => {
    expect(sessionDecider.parseCommand('questions.ask', { text, anonymous: false }).ok).toBe(taken);
  });

  it('QA3 lets one person ask five within a minute, and says when the next is possible', () => {
    const session = createTestSession();
    for (let index = 0; index < mostAsked; index++) expect(ask(session, asker, `q${index}`, false, index * 0.1)).toBeNull();
    const decide = (now: string) =>
      sessionDecider.decide(
        session.state,
        { id: 'x', type: 'questions.ask', body: { text: 'more', anonymous: false } },
        asker,
        now,
      );
    const first = Date.parse(own(session).askedAt[0] ?? '');
    expect(decide(new Date(first + 30_000).toISOString())).toEqual({
      refusal: { code: 'asking-too-fast', details: { retryAfterSeconds: 30 } },
    });
    expect(decide(new Date(first + 60_000).toISOString())).toHaveProperty('events');
    expect(ask(session, other)).toBeNull();
    expect(own(session).askedAt).toHaveLength(mostAsked);
  });

  it('QA4 holds at most a thousand, waiting ones included; a deleted one makes room', () => {
    const session = createTestSession();
    const published = (question: number) => ({
      audience: 'all' as const,
      type: 'questions.published',
      body: { question, text: 'q', author: guest, askedAt: '2026-12-09T12:00:00.000Z' },
    });
    session.fact(Array.from({ length: mostQuestions - 1 }, (_, index) => published(index + 1)));
    setOptions(session, true, true);
    expect(ask(session)).toBeNull();
    expect(ask(session)).toBe('too-many-questions');
    expect(on(session, speaker, 'delete', 3)).toBeNull();
    expect(ask(session)).toBeNull();
  });
});

describe('what others must not know', () => {
  it('QA5 an anonymous question has its author backstage and for the author only', () => {
    const session = createTestSession();
    expect(ask(session, asker, 'Salary?', true)).toBeNull();
    expect(all(session).questions).toMatchObject([{ number: 1, text: 'Salary?', author: null, votes: 0 }]);
    expect(back(session).authors).toEqual({ 1: visitor });
    expect(own(session).mine).toMatchObject([{ number: 1, anonymous: true, waitingText: null }]);
    expect(heard(session, 'all', `person:${guest}`)).not.toContain(visitor);
  });

  it('QA5 is refused where it is not allowed', () => {
    const session = createTestSession();
    setOptions(session, false, false);
    expect(ask(session, asker, 'Salary?', true)).toBe('not-anonymously');
    expect(ask(session)).toBeNull();
  });

  it('QA6 with approval it waits, unseen by others, until a speaker lets it through', () => {
    const session = createTestSession();
    setOptions(session, true, true);
    expect(ask(session, asker, 'Secret words', true)).toBeNull();
    expect(all(session).questions).toEqual([]);
    expect(own(session).mine).toMatchObject([{ number: 1, waitingText: 'Secret words' }]);
    expect(back(session).waiting).toMatchObject([{ number: 1, author: visitor, anonymous: true }]);
    expect(heard(session, 'all', `person:${guest}`)).not.toContain('Secret words');
    for (const type of ['vote', 'take-back', 'delete']) expect(on(session, other, type, 1)).toBe('no-such-question');
    expect(on(session, asker, 'vote', 1)).toBe('no-such-question');
    expect(on(session, asker, 'approve', 1)).toBe('not-allowed');
    const askedAt = back(session).waiting[0]?.at;
    session.send(speaker, 'lifecycle.start', {}, 0);
    expect(on(session, speaker, 'approve', 1)).toBeNull();
    expect(all(session).questions).toMatchObject([{ number: 1, text: 'Secret words', author: null, at: askedAt }]);
    expect([back(session).waiting, back(session).authors]).toEqual([[], { 1: visitor }]);
    expect(own(session).mine).toMatchObject([{ waitingText: null }]);
    expect(heard(session, 'all')).not.toContain(visitor);
  });

  it('QA6 two speakers approve at once: it is published once', () => {
    const session = createTestSession();
    setOptions(session, true, true);
    ask(session);
    expect(on(session, speaker, 'approve', 1)).toBeNull();
    expect(on(session, asSpeaker(cohost), 'approve', 1)).toBeNull();
    expect(all(session).questions).toHaveLength(1);
    expect(on(session, speaker, 'approve', 2)).toBe('no-such-question');
  });

  it('QA6 a speaker’s own is published at once, and switching approval off publishes nothing', () => {
    const session = createTestSession();
    setOptions(session, true, true);
    ask(session, speaker, 'From the stage');
    ask(session);
    setOptions(session, false, true);
    ask(session, other, 'Third');
    expect(all(session).questions.map((one) => one.number)).toEqual([1, 3]);
    on(session, speaker, 'approve', 2);
    expect(all(session).questions.map((one) => one.number)).toEqual([1, 2, 3]);
    expect(ask(session, asParticipant(host), 'As a listener')).toBeNull();
  });
});

describe('votes', () => {
  it('QA7 count once per person, can be taken back, and say nothing of whose', () => {
    const session = createTestSession();
    ask(session);
    for (const voter of [asker, other, other, speaker]) expect(on(session, voter, 'vote', 1)).toBeNull();
    expect(all(session).questions[0]?.votes).toBe(3);
    expect([own(session).votes, own(session, guest).votes]).toEqual([[1], [1]]);
    const { head } = session.snapshot;
    on(session, other, 'vote', 1);
    expect(session.snapshot.head).toBe(head);
    for (let index = 0; index < 2; index++) expect(on(session, other, 'take-back', 1)).toBeNull();
    expect(all(session).questions[0]?.votes).toBe(2);
    expect(heard(session, 'all')).not.toContain(guest);
    expect(on(session, other, 'vote', 9)).toBe('no-such-question');
  });

  it('QA7 random storms: the count is the number of people whose vote it is', () => {
    const step = fc.record({ who: fc.integer({ min: 11, max: 16 }), question: fc.integer({ min: 1, max: 3 }), up: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const session = createTestSession();
        for (const text of ['a', 'b', 'c']) ask(session, asker, text);
        for (const { who, question, up } of steps) on(session, asParticipant(person(who)), up ? 'vote' : 'take-back', question);
        for (const { number, votes } of all(session).questions) {
          const voters = [11, 12, 13, 14, 15, 16].filter((who) => own(session, person(who)).votes.includes(number));
          expect(votes).toBe(voters.length);
        }
      }),
    );
  });

  it('QA7 one vote among five hundred touches one question', () => {
    let slice: unknown = { questions: initialQuestions };
    const event = (seq: number, type: string, body: Record<string, unknown>) => ({
      seq,
      type,
      v: 1,
      at: '2026-12-09T12:00:00.000Z',
      body,
    });
    for (let question = 1; question <= 500; question++) {
      const body = { question, text: `q${question}`, author: guest, askedAt: '' };
      slice = evolveSlice('all', slice, event(question, 'questions.published', body));
    }
    const before = (slice as { questions: typeof initialQuestions }).questions.questions;
    const counted = event(501, 'questions.counted', { question: 250, votes: 7 });
    const after = (evolveSlice('all', slice, counted) as { questions: typeof initialQuestions }).questions.questions;
    expect(after.filter((one, index) => one !== before[index])).toEqual([{ ...before[249], votes: 7 }]);
    expect(JSON.stringify(counted).length).toBeLessThan(130);
  });

  it('QA8 rank by votes, then by age, never by words', () => {
    const session = createTestSession();
    for (const text of ['ä', 'b', 'A']) ask(session, asker, text);
    on(session, other, 'vote', 3);
    expect(openByRank(all(session)).map((one) => one.number)).toEqual([3, 1, 2]);
    on(session, other, 'vote', 2);
    expect(openByRank(all(session)).map((one) => one.number)).toEqual([2, 3, 1]);
    on(session, speaker, 'set-answering', 1, { answering: true });
    expect(openByRank(all(session)).map((one) => one.number)).toEqual([1, 2, 3]);
  });
});

describe('moderation', () => {
  it('QA9 ticking and unticking, which ends answering live', () => {
    const session = createTestSession();
    ask(session);
    on(session, speaker, 'set-answering', 1, { answering: true });
    expect(on(session, speaker, 'set-answered', 1, { answered: true })).toBeNull();
    expect(all(session)).toMatchObject({ answering: null, questions: [{ answered: true }] });
    const { head } = session.snapshot;
    expect(on(session, asSpeaker(cohost), 'set-answered', 1, { answered: true })).toBeNull();
    expect(session.snapshot.head).toBe(head);
    expect(on(session, speaker, 'set-answered', 1, { answered: false })).toBeNull();
    expect(all(session).questions[0]?.answered).toBe(false);
  });

  it('QA10 at most one is being answered live, and none that is answered', () => {
    const session = createTestSession();
    ask(session, asker, 'one');
    ask(session, asker, 'two');
    on(session, speaker, 'set-answering', 1, { answering: true });
    on(session, asSpeaker(cohost), 'set-answering', 2, { answering: true });
    expect(all(session).answering).toBe(2);
    // The first speaker ends what is no longer theirs: the other's stays.
    expect(on(session, speaker, 'set-answering', 1, { answering: false })).toBeNull();
    expect(all(session).answering).toBe(2);
    on(session, speaker, 'set-answered', 1, { answered: true });
    expect(on(session, speaker, 'set-answering', 1, { answering: true })).toBe('already-answered');
    expect(on(session, speaker, 'set-answering', 2, { answering: false })).toBeNull();
    expect(all(session).answering).toBeNull();
  });

  it('QA11 speakers delete any, others their own, also anonymous and waiting ones; numbers are not used again', () => {
    const session = createTestSession();
    ask(session, asker, 'one', true);
    ask(session, asker, 'two');
    expect(on(session, other, 'delete', 1)).toBe('not-your-question');
    on(session, other, 'vote', 1);
    on(session, speaker, 'set-answering', 1, { answering: true });
    expect(on(session, asker, 'delete', 1)).toBeNull();
    expect(on(session, asker, 'delete', 1)).toBe('no-such-question');
    expect(on(session, other, 'vote', 1)).toBe('no-such-question');
    expect(all(session)).toMatchObject({ answering: null, questions: [{ number: 2 }] });
    expect(back(session).authors).toEqual({});
    expect(on(session, speaker, 'delete', 2)).toBeNull();
    expect(own(session).mine).toEqual([]);
    setOptions(session, true, true);
    ask(session, asker, 'three');
    expect(back(session).waiting[0]?.number).toBe(3);
    expect(on(session, asker, 'delete', 3)).toBeNull();
    ask(session, asker, 'four');
    expect(on(session, speaker, 'delete', 4)).toBeNull();
    expect([back(session).waiting, own(session).mine]).toEqual([[], []]);
    setOptions(session, false, true);
    ask(session, other, 'five');
    expect(all(session).questions.map((one) => one.number)).toEqual([5]);
  });

  it('QA12 begins without approval, anonymous allowed; switching to what is so changes nothing', () => {
    const session = createTestSession();
    expect(all(session).options).toEqual({ approval: false, anonymous: true });
    const { head } = session.snapshot;
    expect(setOptions(session, false, true)).toBeNull();
    expect(session.snapshot.head).toBe(head);
    expect(session.send(asker, 'questions.set-options', { approval: true, anonymous: true })).toBe('not-allowed');
  });
});
