// One person's words in a Session: exactly theirs, and what is left folds to a Session that goes on.
import { expect, it } from 'vitest';
import { emptySnapshot, fold } from '#platform/log/fold.ts';
import { sessionDecider } from './decider.ts';
import { wordsOf } from './erasing.ts';
import type { SessionState } from './state.ts';
import { allOf, backstageOf } from './state.ts';
import { asParticipant, asSpeaker, createTestSession, guest, host, person, visitor } from './testing.ts';

it('everything that a person said is erased, anonymous questions too, and nothing of others', () => {
  const session = createTestSession();
  const act = (who: string, type: string, body: Record<string, unknown>) =>
    expect(session.send(who === host ? asSpeaker(host) : asParticipant(who), type, body)).toBeNull();
  session.send(asSpeaker(host), 'stage.enter', { microphone: true, camera: true }, -5);
  act(host, 'lifecycle.start', {});
  for (const who of [visitor, guest, host]) act(who, 'chat.send', { channel: 'everyone', text: `chat of ${who}` });
  for (const who of [visitor, guest]) act(who, 'questions.ask', { text: `question of ${who}`, anonymous: who === visitor });
  act(host, 'questions.set-options', { approval: true, anonymous: true });
  for (const who of [visitor, guest]) act(who, 'questions.ask', { text: `waiting of ${who}`, anonymous: true });
  act(guest, 'questions.vote', { question: 1 });
  act(host, 'questions.set-answering', { question: 1, answering: true });

  const bodies = wordsOf(session.events, visitor);
  expect([...bodies.values()].map(({ text }) => text)).toEqual(['', '', '', '']);
  const erased = session.events.map((event) => ({ ...event, body: bodies.get(event.rev) ?? event.body }));
  expect(wordsOf(erased, visitor).size).toBe(0);
  expect(JSON.stringify(erased)).not.toContain(`of ${visitor}`);
  for (const kept of ['chat', 'question', 'waiting']) expect(JSON.stringify(erased)).toContain(`${kept} of ${guest}`);

  const state = fold(sessionDecider, emptySnapshot(person(0)), erased).state as SessionState;
  const { chat, questions } = allOf(state);
  expect(chat.messages.map(({ deleted }) => deleted)).toEqual([true, false, false]);
  expect(questions.questions.map(({ number }) => number)).toEqual([2]);
  expect(questions.answering).toBeNull();
  expect(backstageOf(state).questions.waiting.map(({ author }) => author)).toEqual([guest]);
  expect(Math.max(questions.last, backstageOf(state).questions.last)).toBe(4);
});
