// Every command in every role, on the pure core: denied means refused, and nothing decided.
import { describe, expect, it } from 'vitest';
import type { Actor } from '#platform/log/contract.ts';
import { sessionCommands, sessionSystemCommands } from './decider.ts';
import type { Power, Role } from './powers.ts';
import { powers, roles } from './powers.ts';
import { asParticipant, asSpeaker, cohost, createTestSession, guest, host, supporter, system, visitor } from './testing.ts';

const actors: Record<Role, Actor> = {
  speaker: asSpeaker(host),
  participant: asParticipant(visitor),
  support: asParticipant(supporter),
  removed: asParticipant(guest),
  system,
};

const deck = '00000000-0000-7000-8000-0000000000d1';
const bodies: Record<Power, { type: string; body: Record<string, unknown> }> = {
  'lifecycle.start': { type: 'lifecycle.start', body: {} },
  'lifecycle.end': { type: 'lifecycle.end', body: {} },
  'lifecycle.close-unattended': { type: 'lifecycle.close-unattended', body: { timerId: 'x' } },
  'stage.enter': { type: 'stage.enter', body: { microphone: true, camera: true } },
  'stage.leave': { type: 'stage.leave', body: {} },
  'stage.set-media': { type: 'stage.set-media', body: { microphone: true } },
  'stage.share-screen': { type: 'stage.share-screen', body: { on: true } },
  'stage.stop-screen': { type: 'stage.stop-screen', body: { person: cohost } },
  'stage.mute': { type: 'stage.mute', body: { person: cohost } },
  'stage.remove': { type: 'stage.remove', body: { person: visitor } },
  'requests.send': { type: 'requests.send', body: { microphone: true, camera: true } },
  'requests.withdraw': { type: 'requests.withdraw', body: {} },
  'requests.cancel': { type: 'requests.cancel', body: {} },
  'requests.accept-invitation': { type: 'requests.accept-invitation', body: { microphone: true, camera: true } },
  'requests.decline-invitation': { type: 'requests.decline-invitation', body: {} },
  'requests.set-media': { type: 'requests.set-media', body: { camera: false } },
  'requests.approve': { type: 'requests.approve', body: { person: visitor } },
  'requests.decline': { type: 'requests.decline', body: { person: visitor } },
  'requests.invite': { type: 'requests.invite', body: { person: visitor } },
  'requests.withdraw-invitation': { type: 'requests.withdraw-invitation', body: { person: visitor } },
  'requests.set-open': { type: 'requests.set-open', body: { open: false } },
  'requests.set-limit': { type: 'requests.set-limit', body: { limit: 3 } },
  'requests.go-on-screen': { type: 'requests.go-on-screen', body: { timerId: 'x' } },
  'materials.present': { type: 'materials.present', body: { material: deck } },
  'materials.stop': { type: 'materials.stop', body: {} },
  'materials.turn': { type: 'materials.turn', body: { page: 2 } },
  'materials.set-playback': { type: 'materials.set-playback', body: { playing: true, positionMs: 0, rate: 1 } },
  'materials.rename': { type: 'materials.rename', body: { material: deck, name: 'Slides' } },
  'materials.delete': { type: 'materials.delete', body: { material: deck } },
  'materials.reorder': { type: 'materials.reorder', body: { material: deck, before: null } },
  'materials.set-downloadable': { type: 'materials.set-downloadable', body: { material: deck, downloadable: true } },
  'materials.embed-video': { type: 'materials.embed-video', body: { videoId: 'dQw4w9WgXcQ', startSeconds: 0, name: 'Tour' } },
  'materials.add': {
    type: 'materials.add',
    body: { material: deck, name: 'Slides', by: host, pages: 3, bytes: 9, file: 'ab'.repeat(32), aspect: 1.5 },
  },
  'people.remove': { type: 'people.remove', body: { person: visitor } },
  'people.readmit': { type: 'people.readmit', body: { person: guest } },
  'people.note-presence': { type: 'people.note-presence', body: { arrived: [], left: [] } },
  'chat.send': { type: 'chat.send', body: { channel: 'everyone', text: 'Hello' } },
  'chat.send-backstage': { type: 'chat.send', body: { channel: 'backstage', text: 'Hello' } },
  'chat.delete': { type: 'chat.delete', body: { channel: 'everyone', seq: 1 } },
  'chat.react': { type: 'chat.react', body: { channel: 'everyone', seq: 1, reaction: 'heart' } },
  'chat.take-back': { type: 'chat.take-back', body: { channel: 'everyone', seq: 1, reaction: 'heart' } },
  'chat.pause': { type: 'chat.pause', body: {} },
  'chat.resume': { type: 'chat.resume', body: {} },
  'chat.set-pace': { type: 'chat.set-pace', body: { messages: 1 } },
  'chat.ban': { type: 'chat.ban', body: { person: visitor } },
  'chat.lift-ban': { type: 'chat.lift-ban', body: { person: visitor } },
  'questions.ask': { type: 'questions.ask', body: { text: 'Why?', anonymous: false } },
  'questions.vote': { type: 'questions.vote', body: { question: 1 } },
  'questions.take-back': { type: 'questions.take-back', body: { question: 1 } },
  'questions.delete': { type: 'questions.delete', body: { question: 1 } },
  'questions.set-answered': { type: 'questions.set-answered', body: { question: 1, answered: true } },
  'questions.set-answering': { type: 'questions.set-answering', body: { question: 1, answering: true } },
  'questions.approve': { type: 'questions.approve', body: { question: 1 } },
  'questions.set-options': { type: 'questions.set-options', body: { approval: true, anonymous: false } },
  'breakouts.add-room': { type: 'breakouts.add-room', body: {} },
  'breakouts.remove-room': { type: 'breakouts.remove-room', body: { room: 'r1' } },
  'breakouts.rename-room': { type: 'breakouts.rename-room', body: { room: 'r1', name: 'Harbour' } },
  'breakouts.auto-assign': { type: 'breakouts.auto-assign', body: { how: 'even', seed: 1 } },
  'breakouts.move': { type: 'breakouts.move', body: { person: visitor, room: null } },
  'breakouts.set-options': { type: 'breakouts.set-options', body: { freeChoice: true } },
  'breakouts.discard': { type: 'breakouts.discard', body: {} },
  'breakouts.open': { type: 'breakouts.open', body: {} },
  'breakouts.extend': { type: 'breakouts.extend', body: { byMs: 60_000 } },
  'breakouts.message-all': { type: 'breakouts.message-all', body: { text: 'Two more minutes' } },
  'breakouts.dismiss-help': { type: 'breakouts.dismiss-help', body: { room: 'r1' } },
  'breakouts.close-room': { type: 'breakouts.close-room', body: { room: 'r1' } },
  'breakouts.close': { type: 'breakouts.close', body: {} },
  'breakouts.close-now': { type: 'breakouts.close-now', body: {} },
  'breakouts.keep-open': { type: 'breakouts.keep-open', body: { room: null } },
  'breakouts.go': { type: 'breakouts.go', body: { room: null } },
  'breakouts.set-media': { type: 'breakouts.set-media', body: { microphone: true } },
  'breakouts.ask-for-help': { type: 'breakouts.ask-for-help', body: {} },
  'breakouts.take-back-help': { type: 'breakouts.take-back-help', body: {} },
  'breakouts.end-timer': { type: 'breakouts.end-timer', body: { timerId: 'x' } },
  'breakouts.finish-closing': { type: 'breakouts.finish-closing', body: { timerId: 'x' } },
  'breakouts.settle-moves': { type: 'breakouts.settle-moves', body: { timerId: 'x' } },
};

function liveSession() {
  const session = createTestSession();
  session.send(asSpeaker(cohost), 'stage.enter', { microphone: true, camera: true });
  session.send(asSpeaker(cohost), 'lifecycle.start', {}, 0);
  session.send(asSpeaker(cohost), 'people.remove', { person: guest });
  return session;
}

describe('role matrix', () => {
  it('has a row for every command', () => {
    const commands = [...Object.keys(sessionCommands), ...Object.keys(sessionSystemCommands)];
    expect(new Set(Object.values(bodies).map((one) => one.type))).toEqual(new Set(commands));
    expect(new Set(Object.keys(bodies))).toEqual(new Set(Object.keys(powers)));
  });

  for (const power of Object.keys(powers) as Power[]) {
    for (const role of roles) {
      const allowed = (powers[power] as readonly Role[]).includes(role);
      it(`${role} ${allowed ? 'may' : 'may not'} ${power}`, () => {
        const session = liveSession();
        const before = session.snapshot;
        const { type, body } = bodies[power];
        const refusal = session.send(actors[role], type, body);
        if (allowed) {
          expect(['not-allowed', 'removed']).not.toContain(refusal);
        } else {
          expect(refusal).toBe(role === 'removed' ? 'removed' : 'not-allowed');
          expect(session.snapshot).toBe(before);
        }
      });
    }
  }

  it('takes a speaker who joined as a participant for a participant', () => {
    const session = liveSession();
    expect(session.send(asParticipant(host), 'lifecycle.end')).toBe('not-allowed');
    expect(session.send(asSpeaker(host), 'lifecycle.end')).toBeNull();
  });

  it('takes somebody who claims to be a speaker for what they are', () => {
    expect(liveSession().send(asSpeaker(visitor), 'lifecycle.end')).toBe('not-allowed');
  });
});
