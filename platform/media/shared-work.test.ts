// What many joins share: reads of the head, the following of a stream, the making of a LiveKit room, and who may see a stream.
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LoggedEvent, Snapshot } from '#platform/log/contract.ts';
import { createFreshReads } from './fresh-reads.ts';
import { createKnownRooms } from './known-rooms.ts';
import { createSight } from './sight.ts';
import { createWatches } from './watches.ts';

const snapshot = (head: number): Snapshot => ({ streamId: 's', head, heads: new Map(), state: {}, lastAt: null });

afterEach(() => {
  vi.useRealTimers();
});

describe('fresh reads', () => {
  function heldReads() {
    let head = 0;
    const pending: PromiseWithResolvers<void>[] = [];
    const read = createFreshReads({
      async read() {
        const began = head;
        const held = Promise.withResolvers<void>();
        pending.push(held);
        await held.promise;
        return snapshot(began);
      },
    });
    return { read, pending, commit: () => (head += 1) };
  }

  it('a read that began before the question is never the answer to it', async () => {
    const { read, pending, commit } = heldReads();
    const before = read('s');
    commit();
    const after = read('s');
    const alsoAfter = read('s');
    pending[0]?.resolve();
    expect((await before)?.head).toBe(0);
    await vi.waitUntil(() => pending.length === 2);
    pending[1]?.resolve();
    expect((await after)?.head).toBe(1);
    expect((await alsoAfter)?.head).toBe(1);
    expect(pending.length).toBe(2);
  });

  it('a failure is told to who asked, and not kept', async () => {
    let fails = true;
    const read = createFreshReads({ read: async () => (fails ? Promise.reject(new Error('away')) : snapshot(1)) });
    const first = read('s');
    const second = read('s');
    await expect(first).rejects.toThrow('away');
    await expect(second).rejects.toThrow('away');
    fails = false;
    expect((await read('s'))?.head).toBe(1);
  });
});

describe('watches', () => {
  function fakeLog() {
    const followers = new Set<(batch: LoggedEvent[], after: Snapshot) => void>();
    let follows = 0;
    const log = {
      fails: false,
      follow: async (_id: string, onBatch: (batch: LoggedEvent[], after: Snapshot) => void) => {
        follows += 1;
        if (log.fails) throw new Error('away');
        followers.add(onBatch);
        return () => void followers.delete(onBatch);
      },
    };
    return {
      log,
      followers,
      follows: () => follows,
      grow: (head: number) => followers.forEach((one) => void one([], snapshot(head))),
    };
  }

  it('follow a stream once for all, and let go with the last', async () => {
    const { log, followers, follows, grow } = fakeLog();
    const seen: number[] = [];
    const watches = createWatches(log, (_id, after) => seen.push(after.head));
    const [first, second] = await Promise.all([watches.hold('s'), watches.hold('s')]);
    expect(follows()).toBe(1);
    grow(7);
    expect(watches.latest('s')?.head).toBe(7);
    first?.();
    first?.();
    expect(followers.size).toBe(1);
    second?.();
    await vi.waitUntil(() => followers.size === 0);
    expect(watches.latest('s')).toBeNull();
    expect(seen).toEqual([7]);
  });

  it('try again after a failure', async () => {
    const { log, followers } = fakeLog();
    const watches = createWatches(log, () => undefined);
    log.fails = true;
    await expect(Promise.all([watches.hold('s'), watches.hold('s')])).rejects.toThrow('away');
    log.fails = false;
    await watches.hold('s');
    expect(followers.size).toBe(1);
    watches.stop();
    await vi.waitUntil(() => followers.size === 0);
  });
});

describe('known rooms', () => {
  it('are made once, and again when they were lost', async () => {
    const created: string[] = [];
    const rooms = createKnownRooms({
      async createRoom(room) {
        created.push(room);
      },
    });
    await Promise.all([rooms.ensure('a'), rooms.ensure('a'), rooms.ensure('b')]);
    expect(created).toEqual(['a', 'b']);
    rooms.replace(['a']);
    await Promise.all([rooms.ensure('a'), rooms.ensure('b')]);
    expect(created).toEqual(['a', 'b', 'b']);
    rooms.forget('a');
    await rooms.ensure('a');
    expect(created).toEqual(['a', 'b', 'b', 'a']);
  });

  it('a room that could not be made is tried again', async () => {
    let fails = true;
    const rooms = createKnownRooms({ createRoom: () => (fails ? Promise.reject(new Error('away')) : Promise.resolve()) });
    await expect(rooms.ensure('a')).rejects.toThrow('away');
    fails = false;
    await rooms.ensure('a');
  });
});

describe('sight', () => {
  it('a yes is remembered for a while, a no never', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    let asked = 0;
    let answer = false;
    const [anna, ben] = [randomUUID(), randomUUID()];
    const sight = createSight({
      async maySee() {
        asked += 1;
        return answer;
      },
    });
    expect(await sight.maySee('s', anna)).toBe(false);
    answer = true;
    expect(await sight.maySee('s', anna)).toBe(true);
    expect(await sight.maySee('s', anna)).toBe(true);
    expect(asked).toBe(2);
    answer = false;
    vi.advanceTimersByTime(60_001);
    expect(await sight.maySee('s', anna)).toBe(false);
    answer = true;
    expect(await sight.ask('s', ben)).toBe(true);
    answer = false;
    expect(await sight.maySee('s', ben)).toBe(true);
    expect(await sight.maySee('other', ben)).toBe(false);
  });

  it('nothing that was remembered or being answered outlives that somebody may have lost sight', async () => {
    const anna = randomUUID();
    let answer: Promise<boolean> = Promise.resolve(true);
    const sight = createSight({ maySee: () => answer });
    expect(await sight.maySee('s', anna)).toBe(true);
    sight.forget();
    const late = Promise.withResolvers<boolean>();
    answer = late.promise;
    const asked = sight.maySee('s', anna);
    sight.forget();
    late.resolve(true);
    expect(await asked).toBe(true);
    answer = Promise.resolve(false);
    expect(await sight.maySee('s', anna)).toBe(false);
  });

  it('names that are no person are never asked about', async () => {
    const sight = createSight({ maySee: () => Promise.reject(new Error('invalid input syntax for type uuid')) });
    for (const name of ['listener', '', `${randomUUID()}#twin`, '../x']) expect(await sight.maySee('s', name)).toBe(false);
  });
});
