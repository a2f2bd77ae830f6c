// Whether a tab has a media connection: what the state says, what the server answers, and who gives way to whom. Real calls are proven in tests/browser.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallEvents } from './media-call.ts';
import type { MediaIntent } from './media-client.ts';
import { MediaClient } from './media-client.ts';
import type { Livekit } from './publisher.ts';

interface FakeCall {
  events: CallEvents;
  sent: unknown[];
  closed: boolean;
}
let calls: FakeCall[] = [];
let client: MediaClient;
const load = vi.fn(async () => ({}) as Livekit);
const off = { track: null, on: false };
const wanted: MediaIntent = {
  ...{ connect: true, standing: 'live', self: 'me', place: null, onStage: ['ada'], hasPictures: false },
  ...{ camera: off, microphone: off },
};
const settle = () => vi.advanceTimersByTimeAsync(0);
const last = () => calls.at(-1) as FakeCall;

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  load.mockClear();
  client = new MediaClient({
    url: 'https://test/media/s',
    load,
    random: () => 1,
    createCall: (_livekit, _url, _places, events) => {
      const call: FakeCall = { events, sent: [], closed: false };
      calls.push(call);
      return {
        connect: async () => undefined,
        roomName: () => null,
        awaitPicture: () => undefined,
        withdraw: () => undefined,
        send: (camera, microphone) => call.sent.push({ camera, microphone }),
        setOnStage: (persons) => call.sent.push(persons),
        placesChanged: () => undefined,
        close: () => {
          call.closed = true;
        },
      };
    },
  });
});
afterEach(() => {
  client.stop();
  vi.useRealTimers();
});

const connected = async (intent = wanted) => {
  client.follow(intent);
  await settle();
  last().events.onConnected();
};

describe('media client', () => {
  it('fetches ahead, and connects only when the state gives a place', async () => {
    client.prepare();
    client.follow({ ...wanted, connect: false });
    await settle();
    expect(load).toHaveBeenCalledTimes(1);
    expect(calls).toHaveLength(0);
    await connected();
    expect(load).toHaveBeenCalledTimes(1);
    expect(last().sent).toEqual([{ camera: off, microphone: off }, ['ada']]);
    expect(client.read().status).toEqual({ is: 'connected' });
    client.follow({ ...wanted, connect: false });
    expect(last().closed).toBe(true);
    expect(client.read().status).toEqual({ is: 'idle' });
  });

  it('tells when a connection that is being made has its first answer, and never lets one wait for long', async () => {
    await expect(client.whenAnswered(1000)).resolves.toBeUndefined();
    client.follow(wanted);
    await settle();
    const order: string[] = [];
    const wait = (longestMs: number, name: string) => void client.whenAnswered(longestMs).then(() => order.push(name));
    wait(300, 'impatient');
    wait(60_000, 'patient');
    await vi.advanceTimersByTimeAsync(299);
    expect(order).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(order).toEqual(['impatient']);
    last().events.onAnswered();
    await settle();
    expect(order).toEqual(['impatient', 'patient']);
  });

  it('opens another connection, with growing pauses, when one is lost for good', async () => {
    await connected();
    for (const pause of [300, 600, 1200]) {
      last().events.onEnded('lost');
      const count = calls.length;
      expect(client.read().status.is).toBe('reconnecting');
      await vi.advanceTimersByTimeAsync(pause - 1);
      expect(calls).toHaveLength(count);
      await vi.advanceTimersByTimeAsync(1);
      expect(calls).toHaveLength(count + 1);
    }
    last().events.onConnected();
    expect(client.read().status.is).toBe('connected');
  });

  it('does not try again while the state has no place for it any more', async () => {
    await connected();
    last().events.onEnded('lost');
    client.follow({ ...wanted, connect: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(1);
  });

  it('after a committed no it asks again only when the state has changed', async () => {
    client.follow(wanted);
    await settle();
    last().events.onEnded('no');
    client.follow({ ...wanted, onStage: [] });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(1);
    expect(client.read().status).toEqual({ is: 'refused' });
    client.follow({ ...wanted, standing: 'live, on stage' });
    await settle();
    expect(calls).toHaveLength(2);
  });

  it('gives way to another tab, and comes back only by a click', async () => {
    await connected();
    last().events.onEnded('elsewhere');
    client.follow({ ...wanted, standing: 'other' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(1);
    expect(client.read().status).toEqual({ is: 'elsewhere' });
    client.continueHere();
    await settle();
    expect(calls).toHaveLength(2);
    expect(client.read().status).toEqual({ is: 'connecting' });
  });

  it('tries again when the code could not be fetched', async () => {
    load.mockRejectedValueOnce(new Error('offline'));
    client.follow(wanted);
    await settle();
    expect(calls).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(300);
    expect(calls).toHaveLength(1);
  });
});
