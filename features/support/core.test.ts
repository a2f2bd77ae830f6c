// The rules of SPEC.md, one by one.
import { describe, expect, it } from 'vitest';
import { ownOf, supportAudiences, supportDecider, talkOf, teamOf } from './core.ts';
import { actor, asker, createTalk, diagnostics, hana, nikolai, secondsAfter, stranger, system } from './testing.ts';

const [person, nik, han] = [actor(asker), actor(nikolai), actor(hana)];
const summaryOf = (talk: ReturnType<typeof createTalk>) => supportDecider.summary(talk.state);

function begun(text = 'My microphone is not found') {
  const talk = createTalk();
  expect(talk.send(person, 'support.send', { text })).toBeNull();
  return talk;
}

describe('who', () => {
  it('SU1 is not at the desk before the first message', () => {
    const talk = createTalk();
    expect(summaryOf(talk)).toMatchObject({ sent: 0, waitingSince: null });
    for (const type of ['support.take', 'support.resolve', 'support.reopen', 'support.hand-back'])
      expect(talk.send(nik, type, { from: null })).toBe('support-not-begun');
    expect(talk.send(nik, 'support.send', { text: 'Hello' })).toBe('support-not-begun');
  });

  it('SU2 gives the person no slice of the team, the team none of the person, strangers nothing', () => {
    const { state } = begun();
    expect(supportAudiences(state, person)).toEqual(['all', `person:${asker}`]);
    expect(supportAudiences(state, nik)).toEqual(['all', 'backstage']);
    expect(supportAudiences(state, actor(stranger))).toEqual([]);
    expect(supportAudiences(state, system)).toEqual([]);
    expect(supportAudiences({}, person)).toEqual([]);
  });

  it('SU2 takes slices and powers from whoever loses the role', () => {
    const talk = begun();
    talk.fact([{ audience: 'backstage', type: 'support.team-set', body: { team: [hana] } }]);
    expect(supportAudiences(talk.state, nik)).toEqual([]);
    expect(talk.send(nik, 'support.take', { from: null })).toBe('not-allowed');
    expect(talk.send(han, 'support.take', { from: null })).toBeNull();
  });

  it('SU2 one of the team who needs help is the person of their own conversation', () => {
    const talk = begun();
    talk.fact([{ audience: 'backstage', type: 'support.team-set', body: { team: [asker, hana] } }]);
    expect(supportAudiences(talk.state, person)).not.toContain('backstage');
    expect(talk.send(person, 'support.take', { from: null })).toBe('not-allowed');
  });
});

describe('messages', () => {
  it.each([
    ['', 'bad-message'],
    ['   \n ', 'bad-message'],
    ['x'.repeat(2001), 'bad-message'],
    ['a\0b', 'bad-message'],
    ['\ud800', 'bad-message'],
    ['x'.repeat(2000), null],
    ['  <b>kept</b> as **it** is  ', null],
  ])('SU3 %#', (text, refusal) => {
    expect(createTalk().send(person, 'support.send', { text })).toBe(refusal);
  });

  it('SU3 keeps the text as it was written, but for the space around it', () => {
    expect(talkOf(begun('  <b>**x**</b> ').state).messages[0]?.text).toBe('<b>**x**</b>');
  });

  it('SU4 twenty in a minute, and says when the next one may come', () => {
    const talk = createTalk();
    for (let index = 0; index < 20; index++) {
      talk.at(index);
      expect(talk.send(person, 'support.send', { text: `${index}` })).toBeNull();
    }
    talk.at(30);
    const command = { id: 'x', type: 'support.send', body: { text: 'more' } };
    expect(supportDecider.decide(talk.state, command, person, talk.now)).toEqual({
      refusal: { code: 'support-too-many', details: { retryAfterSeconds: 30 } },
    });
    expect(talk.send(nik, 'support.send', { text: 'One after the other' })).toBeNull();
    talk.at(60);
    expect(talk.send(person, 'support.send', { text: 'more' })).toBeNull();
  });

  it('SU5 diagnostics reach only the team, and the message says that they came with it', () => {
    const talk = createTalk();
    talk.send(person, 'support.send', { text: 'Help', diagnostics });
    expect(teamOf(talk.state).shared).toEqual({ at: secondsAfter(0), diagnostics });
    expect(talk.log.filter((event) => JSON.stringify(event).includes('Firefox')).map((event) => event.audience)).toEqual([
      'backstage',
    ]);
    expect(talkOf(talk.state).messages[0]?.shared).toBe(true);
    talk.send(person, 'support.send', { text: 'Again', diagnostics: { ...diagnostics, browser: 'Chrome 150' } });
    expect(teamOf(talk.state).shared?.diagnostics.browser).toBe('Chrome 150');
  });

  it('SU5 refuses fields that nobody was shown', () => {
    const more = { ...diagnostics, cookies: 'x' };
    expect(createTalk().send(person, 'support.send', { text: 'Help', diagnostics: more })).toBe('bad-message');
  });

  it('SU6 writing reopens a resolved one, for anybody', () => {
    const talk = begun();
    talk.send(nik, 'support.send', { text: 'Done' });
    talk.send(nik, 'support.resolve');
    expect(talkOf(talk.state)).toMatchObject({ takenBy: null, waitingSince: null, resolvedAt: secondsAfter(0) });
    talk.at(90);
    talk.send(person, 'support.send', { text: 'Not quite' });
    expect(talkOf(talk.state)).toMatchObject({ takenBy: null, waitingSince: secondsAfter(90), resolvedAt: null });
  });

  it('SU14 holds the last 200 messages', () => {
    const talk = createTalk();
    for (let index = 0; index < 210; index++) {
      talk.at(index * 10);
      talk.send(person, 'support.send', { text: `${index}` });
    }
    const { messages, sent } = talkOf(talk.state);
    expect([messages.length, messages[0]?.text, sent]).toEqual([200, '10', 210]);
  });

  it('SU15 folds what was erased as empty', () => {
    const talk = createTalk();
    const erased = { erased: true };
    talk.fact([
      { audience: 'all', type: 'support.sent', body: { author: asker, text: erased } },
      { audience: 'backstage', type: 'support.diagnostics-shared', body: { diagnostics: 'erased' } },
    ]);
    expect(talkOf(talk.state).messages[0]).toMatchObject({ author: asker, text: '' });
    expect(teamOf(talk.state).shared).toBeNull();
  });
});

describe('who answers', () => {
  it('SU7 answering takes it; then nobody else answers or resolves', () => {
    const talk = begun();
    expect(talk.send(nik, 'support.send', { text: 'Hello' })).toBeNull();
    expect(talkOf(talk.state).takenBy).toBe(nikolai);
    expect(talk.send(han, 'support.send', { text: 'Hello too' })).toBe('support-taken');
    expect(talk.send(han, 'support.resolve')).toBe('support-taken');
  });

  it('SU8 the first counts, the second learns who it was', () => {
    const talk = begun();
    expect(talk.send(nik, 'support.take', { from: null })).toBeNull();
    const command = { id: 'x', type: 'support.take', body: { from: null } };
    const refusal = { code: 'support-taken', details: { by: nikolai } };
    expect(supportDecider.decide(talk.state, command, han, talk.now)).toEqual({ refusal });
    const head = talk.log.length;
    expect(talk.send(nik, 'support.take', { from: null })).toBeNull();
    expect(talk.log.length).toBe(head);
  });

  it('SU8 takes over from a colleague by name', () => {
    const talk = begun();
    talk.send(nik, 'support.take', { from: null });
    expect(talk.send(han, 'support.take', { from: nikolai })).toBeNull();
    expect(talkOf(talk.state).takenBy).toBe(hana);
    expect(talk.send(nik, 'support.send', { text: 'I' })).toBe('support-taken');
  });

  it('SU9 SU10 waits since the first message without an answer', () => {
    const talk = begun();
    talk.at(5);
    talk.send(person, 'support.send', { text: 'Anybody?' });
    expect(talkOf(talk.state).waitingSince).toBe(secondsAfter(0));
    talk.send(nik, 'support.take', { from: null });
    expect(talk.send(han, 'support.hand-back')).toBe('support-not-yours');
    talk.at(9);
    expect(talk.send(nik, 'support.hand-back')).toBeNull();
    expect(talkOf(talk.state)).toMatchObject({ takenBy: null, waitingSince: secondsAfter(0) });
    talk.send(nik, 'support.send', { text: 'Me again' });
    expect(talkOf(talk.state).waitingSince).toBeNull();
    talk.at(20);
    talk.send(nik, 'support.hand-back');
    expect(talkOf(talk.state).waitingSince).toBe(secondsAfter(20));
  });

  it('SU11 resolving and reopening twice change nothing; who reopens has it', () => {
    const talk = begun();
    talk.send(nik, 'support.resolve');
    const head = talk.log.length;
    expect(talk.send(han, 'support.resolve')).toBeNull();
    expect(talk.log.length).toBe(head);
    expect(talk.send(nik, 'support.send', { text: 'By the way' })).toBe('support-resolved');
    expect(talk.send(nik, 'support.take', { from: null })).toBe('support-resolved');
    expect(talk.send(han, 'support.reopen')).toBeNull();
    expect(talkOf(talk.state)).toMatchObject({ takenBy: hana, resolvedAt: null });
    expect(talk.send(nik, 'support.reopen')).toBeNull();
    expect(talkOf(talk.state).takenBy).toBe(hana);
  });
});

describe('what was read, and where', () => {
  it('SU12 goes forward only, never beyond what there is', () => {
    const talk = begun();
    talk.send(nik, 'support.send', { text: 'Hello' });
    const last = talkOf(talk.state).messages.at(-1)?.seq ?? 0;
    talk.send(person, 'support.read', { seq: 999 });
    expect(ownOf(talk.state, asker).readTo).toBe(last);
    talk.send(person, 'support.read', { seq: 1 });
    expect(ownOf(talk.state, asker).readTo).toBe(last);
  });

  it('SU12 only who has it reads for the team', () => {
    const talk = begun();
    talk.send(nik, 'support.take', { from: null });
    expect(summaryOf(talk).unread).toBe(true);
    talk.send(han, 'support.read', { seq: 99 });
    expect(summaryOf(talk).unread).toBe(true);
    talk.send(nik, 'support.read', { seq: 99 });
    expect(summaryOf(talk).unread).toBe(false);
    talk.send(person, 'support.send', { text: 'And' });
    expect(summaryOf(talk).unread).toBe(true);
  });

  it('SU13 the place is told while the conversation is open, and only when it changes', () => {
    const talk = createTalk();
    const lobby = { place: { page: 'lobby', sessionId: null } };
    talk.send(person, 'support.note-place', lobby);
    expect(teamOf(talk.state).place).toBeNull();
    talk.send(person, 'support.send', { text: 'Help' });
    talk.send(person, 'support.note-place', lobby);
    talk.send(person, 'support.note-place', lobby);
    expect(talk.log.filter((event) => event.type === 'support.place-noted')).toHaveLength(1);
    talk.send(nik, 'support.resolve');
    talk.send(person, 'support.note-place', { place: { page: 'program', sessionId: null } });
    expect(teamOf(talk.state).place?.place.page).toBe('lobby');
  });

  it('the summary holds no text', () => {
    expect(JSON.stringify(summaryOf(begun('a secret word')))).not.toContain('secret');
  });
});
