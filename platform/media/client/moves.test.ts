// A change of place, against calls in memory: no gap, no two places, there and back, failures, other tabs. Real calls are proven in tests/browser.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallEvents } from './media-call.ts';
import type { MediaIntent } from './media-client.ts';
import { MediaClient } from './media-client.ts';
import type { Livekit, Wanted } from './publisher.ts';
import { longestWaitMs } from './two-calls.ts';

interface FakeCall {
  place: string | null;
  /** What the server made of an address without a place. */
  name: string | null;
  events: CallEvents;
  /** What it sends; null: nothing, and it has taken back what it did. */
  sends: { camera: Wanted; microphone: Wanted } | null;
  /** Who is seen and heard on it. */
  shows: readonly string[];
  awaits: readonly string[];
  closed: boolean;
}
let calls: FakeCall[] = [];
let client: MediaClient;
const camera = { track: { kind: 'video' } as MediaStreamTrack, on: true };
const microphone = { track: { kind: 'audio' } as MediaStreamTrack, on: true };
const main: MediaIntent = {
  ...{ connect: true, standing: 'live main', self: 'me', place: 'main', onStage: ['ada', 'me'], hasPictures: true },
  ...{ camera, microphone },
};
const inRoom = (place: string, change: Partial<MediaIntent> = {}): MediaIntent => ({
  ...main,
  ...{ place, standing: `live ${place}`, onStage: ['ben', 'me'], ...change },
});
const settle = () => vi.advanceTimersByTimeAsync(0);
const open = () => calls.filter((call) => !call.closed);
const at = (place: string) => calls.findLast((call) => call.place === place) as FakeCall;
/** The voice is in one place, and so is what is heard. */
const isNowhereTwice = () => {
  expect(open().filter((call) => call.sends).length).toBeLessThanOrEqual(1);
  expect(open().filter((call) => call.shows.length > 0).length).toBeLessThanOrEqual(1);
};

beforeEach(async () => {
  vi.useFakeTimers();
  calls = [];
  client = new MediaClient({
    url: 'https://test/media/s',
    load: async () => ({}) as Livekit,
    random: () => 1,
    createCall: (_livekit, url, _places, events) => {
      const place = new URL(url).searchParams.get('place');
      const onEnded: CallEvents['onEnded'] = (reason) => {
        call.closed = true;
        events.onEnded(reason);
      };
      const told = { ...events, onEnded };
      const call: FakeCall = { place, name: null, events: told, sends: null, shows: [], awaits: [], closed: false };
      calls.push(call);
      return {
        connect: async () => undefined,
        roomName: () => call.name,
        send: (sentCamera, sentMicrophone) => Object.assign(call, { sends: { camera: sentCamera, microphone: sentMicrophone } }),
        withdraw: () => Object.assign(call, { sends: null }),
        setOnStage: (persons) => Object.assign(call, { shows: persons }),
        awaitPicture: (persons) => Object.assign(call, { awaits: persons }),
        placesChanged: () => undefined,
        close: () => Object.assign(call, { closed: true, sends: null }),
      };
    },
  });
  client.follow(main);
  await settle();
  at('main').events.onConnected();
});
afterEach(() => {
  client.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const arrive = async (place: string) => {
  await settle();
  at(place).events.onAnswered();
  at(place).events.onConnected();
};

describe('a move', () => {
  it('keeps what is seen and heard until the first picture of the next place, and then leaves the former', async () => {
    client.follow(inRoom('r1'));
    await arrive('r1');
    expect(at('r1').awaits).toEqual(['ben', 'me']);
    expect(at('main')).toMatchObject({ closed: false, shows: ['ada', 'me'] });
    expect(at('r1').shows).toEqual([]);
    expect(client.read()).toMatchObject({ status: { is: 'connected' }, moving: true });
    at('r1').events.onPicture();
    expect(at('main').closed).toBe(true);
    expect(at('r1').shows).toEqual(['ben', 'me']);
    expect(client.read()).toMatchObject({ status: { is: 'connected' }, moving: false });
  });

  it('takes the voice out of the former place at once, and sends in the next from the beginning', async () => {
    expect(at('main').sends).toEqual({ camera, microphone });
    const muted = { track: null, on: false };
    client.follow(inRoom('r1', { camera: muted, microphone: muted }));
    expect(at('main').sends).toBeNull();
    isNowhereTwice();
    await settle();
    expect(at('r1').sends).toEqual({ camera: muted, microphone: muted });
    isNowhereTwice();
  });

  it('is complete at once where nobody sends a picture, and after a while where none comes', async () => {
    client.follow(inRoom('r1', { hasPictures: false }));
    await arrive('r1');
    expect(client.read().moving).toBe(false);
    client.follow(inRoom('r2'));
    await arrive('r2');
    await vi.advanceTimersByTimeAsync(longestWaitMs - 1);
    expect(client.read().moving).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(client.read().moving).toBe(false);
    expect(open()).toEqual([at('r2')]);
  });

  it('is complete at once in a hidden tab, which is sent no pictures', async () => {
    vi.stubGlobal('document', { hidden: true });
    client.follow(inRoom('r1'));
    await arrive('r1');
    expect(open()).toEqual([at('r1')]);
  });

  it('is complete when those whose pictures were awaited switch them off', async () => {
    client.follow(inRoom('r1'));
    await arrive('r1');
    client.follow(inRoom('r1', { hasPictures: false }));
    expect(open()).toEqual([at('r1')]);
  });

  it('shows who speaks where I am heard, and no longer who spoke before', async () => {
    at('main').events.onSpeaking(new Set(['ada']));
    client.follow(inRoom('r1'));
    await arrive('r1');
    at('r1').events.onSpeaking(new Set(['ben']));
    expect(client.read().speaking).toEqual(new Set(['ada']));
    at('r1').events.onPicture();
    expect(client.read().speaking).toEqual(new Set(['ben']));
  });

  it('there and back before it was complete stays where it was, and sends again', async () => {
    client.follow(inRoom('r1'));
    await arrive('r1');
    client.follow(main);
    expect(open()).toEqual([at('main')]);
    expect(at('main').sends).toEqual({ camera, microphone });
    expect(client.read()).toMatchObject({ status: { is: 'connected' }, moving: false });
    at('r1').events.onPicture();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(2);
  });

  it('chained goes to the last place named, from wherever it is shown', async () => {
    client.follow(inRoom('r1'));
    await settle();
    client.follow(inRoom('r2'));
    await arrive('r2');
    expect(at('r1').closed).toBe(true);
    isNowhereTwice();
    at('r2').events.onPicture();
    expect(open()).toEqual([at('r2')]);
  });

  it('of somebody who is not connected yet goes straight to the next place', async () => {
    client.follow(inRoom('r1', { connect: false }));
    client.follow(inRoom('r1'));
    await settle();
    client.follow(inRoom('r2'));
    await settle();
    expect(open()).toEqual([at('r2')]);
    at('r2').events.onConnected();
    expect(at('r2').shows).toEqual(['ben', 'me']);
  });

  it('is none when the server had let me into the right place before the state came', async () => {
    client.follow({ ...main, connect: false });
    client.follow({ ...main, place: null });
    await settle();
    const early = calls.at(-1) as FakeCall;
    early.name = 'r1';
    early.events.onAnswered();
    early.events.onConnected();
    client.follow(inRoom('r1'));
    await settle();
    expect(open()).toEqual([early]);
    expect(client.read().moving).toBe(false);
  });
});

describe('a move that fails', () => {
  it('leaves me where I was, usable, and is tried again with growing pauses', async () => {
    client.follow(inRoom('r1'));
    await settle();
    for (const pause of [300, 600]) {
      at('r1').events.onEnded('lost');
      expect(client.read()).toMatchObject({ status: { is: 'connected' }, moving: true });
      expect(at('main')).toMatchObject({ closed: false, sends: null });
      const count = calls.length;
      await vi.advanceTimersByTimeAsync(pause);
      expect(calls).toHaveLength(count + 1);
    }
    await arrive('r1');
    at('r1').events.onPicture();
    expect(open()).toEqual([at('r1')]);
  });

  it('and whose former place ends says that it reconnects, and goes on with the next', async () => {
    client.follow(inRoom('r1'));
    await settle();
    at('main').events.onMending();
    expect(client.read().status.is).toBe('connected');
    at('main').events.onEnded('lost');
    expect(client.read().status.is).toBe('reconnecting');
    await arrive('r1');
    expect(client.read()).toMatchObject({ status: { is: 'connected' }, moving: false });
    expect(at('r1').shows).toEqual(['ben', 'me']);
    expect(calls).toHaveLength(2);
  });

  it('shows the next place at once when the former ends while its picture is awaited', async () => {
    client.follow(inRoom('r1'));
    await arrive('r1');
    at('main').events.onEnded('lost');
    expect(client.read()).toMatchObject({ status: { is: 'connected' }, moving: false });
    expect(at('r1').shows).toEqual(['ben', 'me']);
  });

  it('after a committed no it asks again only when the state has changed', async () => {
    client.follow(inRoom('r1'));
    await settle();
    at('r1').events.onEnded('no');
    client.follow(inRoom('r1', { onStage: [] }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(2);
    client.follow(inRoom('r2'));
    await settle();
    expect(calls).toHaveLength(3);
  });

  it('after a no is refused once the former place ends too', async () => {
    client.follow(inRoom('r1'));
    await settle();
    at('r1').events.onEnded('no');
    at('main').events.onEnded('lost');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.read().status).toEqual({ is: 'refused' });
  });

  it('does not wait out an old pause when another place is named', async () => {
    client.follow(inRoom('r1'));
    await settle();
    at('r1').events.onEnded('lost');
    client.follow(inRoom('r2'));
    await settle();
    expect(calls.at(-1)?.place).toBe('r2');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(3);
  });
});

describe('another tab of mine', () => {
  it.each(['main', 'r1'])('that takes over at %s during a move takes over both', async (place) => {
    client.follow(inRoom('r1'));
    await arrive('r1');
    at(place).events.onEnded('elsewhere');
    const other = at(place === 'r1' ? 'main' : 'r1');
    expect(other.closed).toBe(true);
    expect(client.read()).toMatchObject({ status: { is: 'elsewhere' }, moving: false });
    client.follow(inRoom('r2'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(2);
  });
});
