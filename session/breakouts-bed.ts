// Owns a Session for the tests of breakout rooms: two speakers on stage, a crowd inside, time that passes as on a server. One at a time.
import { expect } from 'vitest';
import type { Actor } from '#platform/log/contract.ts';
import { sessionDecider } from './decider.ts';
import type { Placement } from './placement.ts';
import { placement } from './placement.ts';
import { allOf, backstageOf, roomOf } from './state.ts';
import type { TestSession } from './testing.ts';
import {
  asParticipant,
  asSpeaker,
  at,
  cohost,
  createTestSession,
  guest,
  host,
  minuteMs,
  person,
  supporter,
  system,
  visitor,
} from './testing.ts';

export const crowd = [visitor, guest, ...[13, 14, 15, 16].map(person)];
export const [ada, ben, cleo] = crowd as [string, string, string];
export const off = { microphone: false, camera: false };
export const on = { microphone: true, camera: true };

export let session: TestSession;
/** Minutes since the scheduled start. */
let clock: number;

export const speak = (who: string, type: string, body: Record<string, unknown> = {}) =>
  session.send(asSpeaker(who), type, body, clock);
export const direct = (type: string, body: Record<string, unknown> = {}, by = host) => speak(by, `breakouts.${type}`, body);
export const act = (who: string, type: string, body: Record<string, unknown> = {}) =>
  session.send(asParticipant(who), type.includes('.') ? type : `breakouts.${type}`, body, clock);
export const breakouts = () => allOf(session.state).breakouts;
export const plan = () => backstageOf(session.state).breakouts;
export const where = (): Record<string, string> => {
  const state = breakouts();
  return state.is === 'none' ? {} : state.where;
};
export const rooms = () => {
  const state = breakouts();
  return state.is === 'none' ? [] : state.rooms;
};
export const mediaIn = (room: string) => roomOf(session.state, room).breakouts.media;
export const presence = (arrived: { person: string; as: string }[], left: string[] = []) =>
  session.send(system, 'people.note-presence', { arrived, left }, clock);
export const joins = (...people: string[]) => presence(people.map((one) => ({ person: one, as: 'participant' })));
/** As the servers' timers do. */
export const fire = (type: string, body: Record<string, unknown> = {}) => session.send(system, type, body, clock);
export const wait = (ms: number) => {
  clock += ms / minuteMs;
};
/** Fires what is due, as the servers do. */
export function passTime(ms: number): void {
  wait(ms);
  for (const timer of sessionDecider.timers(session.state))
    if (timer.dueAt <= at(clock)) session.send(system, timer.command.type, timer.command.body, clock, timer.id);
}
export const viewer = (id: string): Actor => (id === host || id === cohost ? asSpeaker(id) : asParticipant(id));
export const placeOf = (id: string): Placement => placement(session.state, 's', id);

/** Two rooms: Ada and Ben in the first, Cleo in the second; the others stay. */
export function openTwo(): void {
  for (const name of ['Harbour', 'Lighthouse']) expect(direct('add-room', { name })).toBeNull();
  const [first, second] = plan().rooms.map(({ id }) => id);
  for (const [who, room] of [
    [ada, first],
    [ben, first],
    [cleo, second],
  ])
    expect(direct('move', { person: who, room })).toBeNull();
  expect(direct('open')).toBeNull();
}

/** An hour before, nobody there. */
export function beginScheduled(): void {
  session = createTestSession();
  clock = -60;
}

/** Live, with host and cohost on stage, and the crowd and a supporter watching. */
export function beginLive(): void {
  session = createTestSession();
  clock = 0;
  speak(host, 'stage.enter', on);
  speak(cohost, 'stage.enter', off);
  speak(host, 'lifecycle.start');
  joins(...crowd, supporter);
}
