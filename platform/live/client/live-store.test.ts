// The browser's end of a live stream against a fake socket: what is held after any order of frames, cuts and repeats; commands that survive breaks.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClientMessage, ServerMessage } from '#platform/live/protocol.ts';
import type { Audience, AudienceEvent } from '#platform/log/contract.ts';
import { pauseMs } from './connection.ts';
import { LiveStore } from './live-store.ts';

type List = string[];
const folding = {
  initialSlice: (): List => [],
  evolveSlice: (_audience: Audience, slice: unknown, event: AudienceEvent): List => [
    ...(slice as List),
    event.body.word as string,
  ],
};

class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  sent: ClientMessage[] = [];
  closedByUs = false;
  send(text: string) {
    this.sent.push(JSON.parse(text) as ClientMessage);
  }
  close() {
    this.closedByUs = true;
  }
  say(message: ServerMessage) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  get commands() {
    return this.sent.filter((message) => message.t === 'command');
  }
}

const now = '2026-12-09T13:00:00.000Z';
const welcome: ServerMessage = { t: 'welcome', v: 1, now, build: 'a', personId: 'me' };
const event = (seq: number, word = `w${seq}`): AudienceEvent => ({ seq, type: 'list.added', v: 1, at: now, body: { word } });
const frame = (from: number, to: number, audience: Audience = 'all'): ServerMessage => ({
  t: 'frame',
  audience,
  from,
  to,
  events: Array.from({ length: to - from + 1 }, (_, index) => event(from + index)),
});
const words = (to: number): List => Array.from({ length: to }, (_, index) => `w${index + 1}`);

let sockets: FakeSocket[] = [];
let store: LiveStore;
const last = () => sockets.at(-1) as FakeSocket;
const onTooOld = vi.fn();

function start(): LiveStore {
  return new LiveStore({
    ...folding,
    url: 'ws://test/live',
    streamId: 's',
    as: 'participant',
    onTooOld,
    random: () => 1,
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
  });
}
const connect = () => {
  last().onopen?.();
  last().say(welcome);
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(Date.parse(now) + 5000);
  sockets = [];
  onTooOld.mockClear();
  store = start();
});
afterEach(() => {
  store.close();
  vi.useRealTimers();
});

describe('frames', () => {
  it('folds a slice and what follows, skips what is known, and forgets on gone', () => {
    connect();
    last().say({ t: 'slice', audience: 'all', seq: 2, state: words(2) });
    last().say(frame(2, 4));
    last().say(frame(1, 3));
    expect(store.read().slices.all).toEqual(words(4));
    last().say(frame(1, 1, 'backstage'));
    expect(store.read().slices.backstage).toEqual(['w1']);
    last().say({ t: 'gone', audience: 'backstage' });
    expect(store.read().slices).toEqual({ all: words(4) });
  });

  it('says hello again with what it has when a frame is missing, once until the answer', () => {
    connect();
    last().say(frame(1, 2));
    last().say(frame(5, 5));
    last().say(frame(6, 6));
    const hellos = last().sent.filter((message) => message.t === 'hello');
    expect(hellos).toHaveLength(2);
    expect(hellos[1]).toMatchObject({ have: [{ audience: 'all', seq: 2 }] });
    last().say(welcome);
    last().say(frame(3, 6));
    expect(store.read().slices.all).toEqual(words(6));
  });

  it('tells its readers only when something changed', () => {
    connect();
    last().say(frame(1, 2));
    const before = store.read();
    const listener = vi.fn();
    store.subscribe(listener);
    last().say(frame(1, 2));
    last().say({ t: 'pong', now });
    expect(listener).not.toHaveBeenCalled();
    expect(store.read()).toBe(before);
  });

  it('holds the same slices as one who missed nothing, whatever is lost, repeated and cut', () => {
    const step = fc.record({
      grow: fc.integer({ min: 0, max: 3 }),
      audience: fc.constantFrom<Audience>('all', 'backstage'),
      fate: fc.constantFrom('deliver', 'lose', 'repeat', 'cut'),
      whole: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        store.close();
        sockets = [];
        const mine = start();
        const heads = new Map<Audience, number>();
        const answer = (socket: FakeSocket, whole: boolean) => {
          const hello = socket.sent.findLast((message) => message.t === 'hello');
          socket.sent = [];
          if (hello?.t !== 'hello') return;
          socket.say(welcome);
          for (const [audience, head] of heads) {
            const known = hello.have.find((one) => one.audience === audience)?.seq ?? 0;
            if (whole) socket.say({ t: 'slice', audience, seq: head, state: words(head) });
            else if (known < head) socket.say(frame(known + 1, head, audience));
          }
        };
        last().onopen?.();
        answer(last(), false);
        for (const { grow, audience, fate, whole } of steps) {
          const from = (heads.get(audience) ?? 0) + 1;
          const to = from + grow;
          heads.set(audience, to);
          if (fate === 'cut') {
            last().onclose?.({ code: 1006 });
            vi.advanceTimersByTime(10_000);
            last().onopen?.();
          } else if (fate !== 'lose') last().say(frame(from, to, audience));
          if (fate === 'repeat') last().say(frame(Math.max(1, from - 2), to, audience));
          answer(last(), whole);
        }
        last().onclose?.({ code: 1006 });
        vi.advanceTimersByTime(10_000);
        last().onopen?.();
        answer(last(), false);
        expect(mine.read().slices).toEqual(Object.fromEntries(Array.from(heads, ([audience, head]) => [audience, words(head)])));
        mine.close();
      }),
      { numRuns: 200 },
    );
  });
});

describe('connection', () => {
  it('comes back with growing pauses, and begins anew once it was welcome', () => {
    for (const wait of [300, 600, 1200]) {
      last().onclose?.({ code: 1006 });
      const count = sockets.length;
      vi.advanceTimersByTime(wait - 1);
      expect(sockets).toHaveLength(count);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(count + 1);
    }
    connect();
    last().onclose?.({ code: 4000 });
    vi.advanceTimersByTime(300);
    expect(sockets).toHaveLength(5);
    expect(pauseMs(20, () => 1)).toBe(5000);
    expect(pauseMs(20, () => 0)).toBe(2500);
  });

  it('says since when it is reconnecting, and keeps what it holds', () => {
    connect();
    last().say(frame(1, 1));
    last().onclose?.({ code: 1006 });
    expect(store.read()).toMatchObject({ status: { is: 'reconnecting', since: Date.now() }, slices: { all: ['w1'] } });
    vi.advanceTimersByTime(300);
    connect();
    expect(last().sent[0]).toMatchObject({ t: 'hello', have: [{ audience: 'all', seq: 1 }] });
    expect(store.read().status.is).toBe('open');
  });

  it('pings every ten seconds and gives a silent socket up within twenty', () => {
    connect();
    vi.advanceTimersByTime(10_000);
    expect(last().sent.at(-1)).toEqual({ t: 'ping' });
    last().say({ t: 'pong', now });
    vi.advanceTimersByTime(10_000);
    const silent = last();
    vi.advanceTimersByTime(10_000);
    expect(silent.closedByUs).toBe(true);
    expect(store.read().status.is).toBe('reconnecting');
  });

  it('trusts an open socket less when the browser says that the network changed', () => {
    const events = new EventTarget();
    vi.stubGlobal('window', events);
    vi.stubGlobal('document', new EventTarget());
    const mine = start();
    connect();
    const socket = last();
    vi.advanceTimersByTime(1000);
    events.dispatchEvent(new Event('offline'));
    expect(socket.sent.at(-1)).toEqual({ t: 'ping' });
    vi.advanceTimersByTime(3000);
    expect(mine.read().status.is).toBe('reconnecting');
    const count = sockets.length;
    events.dispatchEvent(new Event('online'));
    expect(sockets).toHaveLength(count + 1);
    mine.close();
    vi.unstubAllGlobals();
  });

  it('gives up a socket that never opens', () => {
    vi.advanceTimersByTime(10_300);
    expect(sockets).toHaveLength(2);
  });

  it('knows the server clock', () => {
    connect();
    expect(store.serverNow()).toBe(Date.parse(now));
    vi.advanceTimersByTime(1500);
    expect(store.serverNow()).toBe(Date.parse(now) + 1500);
  });

  it('does not come back when the server says so, and says why', () => {
    connect();
    last().onclose?.({ code: 4401 });
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
    expect(store.read().status).toEqual({ is: 'closed', code: 4401 });
    expect(onTooOld).not.toHaveBeenCalled();
  });

  it('asks to be loaded anew when it is too old, by close code or by version', () => {
    last().onopen?.();
    last().say({ ...welcome, v: 2 });
    expect(onTooOld).toHaveBeenCalledTimes(1);
    expect(store.read().status).toEqual({ is: 'closed', code: 4426 });
    const other = start();
    last().onclose?.({ code: 4426 });
    expect(onTooOld).toHaveBeenCalledTimes(2);
    other.close();
  });
});

describe('commands', () => {
  it('wait for the welcome, and are sent again with the same id until they are answered', async () => {
    const answer = store.submit('chat.send', { text: 'hello' });
    last().onopen?.();
    expect(last().commands).toHaveLength(0);
    last().say(welcome);
    const [first] = last().commands;
    last().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(300);
    connect();
    expect(last().commands).toEqual([first]);
    last().say({ t: 'ack', id: first?.t === 'command' ? first.id : '' });
    await expect(answer).resolves.toBeUndefined();
    last().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(300);
    connect();
    expect(last().commands).toHaveLength(0);
  });

  it('reject with the refusal', async () => {
    connect();
    const answer = store.submit('lifecycle.start', {});
    const [sent] = last().commands;
    const id = sent?.t === 'command' ? sent.id : '';
    last().say({ t: 'refused', id, refusal: { code: 'too-early-to-start', details: { possibleAt: now } } });
    await expect(answer).rejects.toMatchObject({ code: 'too-early-to-start', details: { possibleAt: now } });
  });

  it('are sent again when they came too fast', async () => {
    connect();
    const answer = store.submit('chat.send', { text: 'x' });
    const [sent] = last().commands;
    const id = sent?.t === 'command' ? sent.id : '';
    last().say({ t: 'refused', id, refusal: { code: 'too-fast', details: { retryAfterMs: 50 } } });
    vi.advanceTimersByTime(50);
    expect(last().commands).toEqual([sent, sent]);
    last().say({ t: 'ack', id });
    await expect(answer).resolves.toBeUndefined();
  });

  it('reject when no answer can come any more', async () => {
    connect();
    const answer = store.submit('chat.send', { text: 'x' });
    last().onclose?.({ code: 4401 });
    await expect(answer).rejects.toMatchObject({ code: 'signed-out' });
    await expect(store.submit('chat.send', { text: 'y' })).rejects.toMatchObject({ code: 'signed-out' });
  });
});
