// The end of one connection: what it is taken for, whenever LiveKit's word comes.
import { EventEmitter } from 'node:events';
import * as livekit from 'livekit-client';
import { expect, test, vi } from 'vitest';
import type { EndReason } from './media-call.ts';
import { MediaCall, reconnectPolicy } from './media-call.ts';
import type { Livekit } from './publisher.ts';

const { DisconnectReason, RoomEvent } = livekit;

function makeCall() {
  const ends: EndReason[] = [];
  const poor: string[][] = [];
  const connecting = Promise.withResolvers<void>();
  const room = Object.assign(new EventEmitter(), {
    connect: () => connecting.promise,
    disconnect: vi.fn(async () => undefined),
    remoteParticipants: new Map(),
    localParticipant: Object.assign(new EventEmitter(), { trackPublications: new Map() }),
  });
  const none = () => undefined;
  const events = {
    onAnswered: none,
    onConnected: none,
    onMending: none,
    onPicture: none,
    onEnded: (reason: EndReason) => ends.push(reason),
    onSpeaking: none,
    onPoor: (persons: ReadonlySet<string>) => poor.push([...persons]),
  };
  const call = new MediaCall(livekit as unknown as Livekit, room as unknown as livekit.Room, 'ws://x', new Map(), events);
  return { call, room, connecting, ends, poor };
}

test('somebody who is replaced while still connecting is elsewhere, and does not take the place back', async () => {
  const { call, room, connecting, ends } = makeCall();
  const connected = call.connect();
  room.emit(RoomEvent.Disconnected, DisconnectReason.DUPLICATE_IDENTITY);
  connecting.reject(new Error('the peer connection was closed'));
  await connected;
  expect(ends).toEqual(['elsewhere']);
});

test('somebody who is replaced later is elsewhere; a lost connection is lost', async () => {
  for (const [reason, end] of [
    [DisconnectReason.DUPLICATE_IDENTITY, 'elsewhere'],
    [DisconnectReason.SERVER_SHUTDOWN, 'lost'],
  ] as const) {
    const { call, room, connecting, ends } = makeCall();
    const connected = call.connect();
    connecting.resolve();
    await connected;
    room.emit(RoomEvent.Disconnected, reason);
    expect(ends).toEqual([end]);
  }
});

test('the gate that knows of a newer opening is told from one that says no', async () => {
  for (const [code, end] of [
    ['elsewhere', 'elsewhere'],
    ['session-ended', 'no'],
  ] as const) {
    const { call, connecting, ends } = makeCall();
    const connected = call.connect();
    connecting.reject(livekit.ConnectionError.notAllowed(JSON.stringify({ error: { code, details: {} } }), 403));
    await connected;
    expect(ends).toEqual([end]);
  }
});

test('a connect that fails without a word is lost', async () => {
  const { call, connecting, ends } = makeCall();
  const connected = call.connect();
  connecting.reject(new Error('no network'));
  await connected;
  expect(ends).toEqual(['lost']);
});

test('LiveKit tries again soon however long it was away, and gives up for a new connection of ours in the end', () => {
  const pauses = Array.from({ length: 11 }, (_, retryCount) => reconnectPolicy.nextRetryDelayInMs({ retryCount, elapsedMs: 0 }));
  expect(pauses[0]).toBeLessThanOrEqual(300);
  for (const pause of pauses.slice(0, 10)) expect(pause).toBeLessThanOrEqual(2500);
  expect(pauses[10]).toBeNull();
});

test('who has a poor or lost connection is told, each change once', () => {
  const { room, poor } = makeCall();
  const { ConnectionQuality } = livekit;
  const say = (quality: string, identity: string) => room.emit(RoomEvent.ConnectionQualityChanged, quality, { identity });
  say(ConnectionQuality.Good, 'ada');
  say(ConnectionQuality.Poor, 'ada');
  say(ConnectionQuality.Lost, 'ada');
  say(ConnectionQuality.Lost, 'ben');
  say(ConnectionQuality.Excellent, 'ada');
  expect(poor).toEqual([['ada'], ['ada', 'ben'], ['ben']]);
});
