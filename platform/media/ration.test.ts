// Entry by ration: as many as the burst at once, the others one after another in their order, and nobody for ever.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRation } from './ration.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new AbortController().signal;

describe('ration', () => {
  it('lets the burst in at once, then the rest at the rate, in order', async () => {
    const ration = createRation({ perSecond: 10, burst: 3, maxWaitMs: 10_000 });
    const entered: number[] = [];
    for (let at = 0; at < 8; at += 1) void ration.admit(never).then(() => entered.push(at));
    await vi.advanceTimersByTimeAsync(0);
    expect(entered).toEqual([0, 1, 2]);
    await vi.advanceTimersByTimeAsync(105);
    expect(entered).toEqual([0, 1, 2, 3]);
    await vi.advanceTimersByTimeAsync(405);
    expect(entered).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    ration.stop();
  });

  it('never lets more in than burst and rate allow, however they come', async () => {
    const ration = createRation({ perSecond: 100, burst: 20, maxWaitMs: 60_000 });
    let entered = 0;
    for (let round = 0; round < 50; round += 1) {
      for (let at = 0; at < 15; at += 1) void ration.admit(never).then(() => (entered += 1));
      await vi.advanceTimersByTimeAsync(20);
      expect(entered).toBeLessThanOrEqual(20 + (round + 1) * 2 + 1);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(entered).toBe(750);
    ration.stop();
  });

  it('does not keep anybody waiting too long', async () => {
    const ration = createRation({ perSecond: 0.001, burst: 0, maxWaitMs: 500 });
    const answer = ration.admit(never);
    await vi.advanceTimersByTimeAsync(500);
    expect(await answer).toBe(false);
    ration.stop();
  });

  it('forgets who gave up, so that their place is not lost', async () => {
    const ration = createRation({ perSecond: 10, burst: 0, maxWaitMs: 10_000 });
    const gaveUp = new AbortController();
    const first = ration.admit(gaveUp.signal);
    const second = ration.admit(never);
    gaveUp.abort();
    expect(await first).toBe(false);
    await vi.advanceTimersByTimeAsync(105);
    expect(await second).toBe(true);
    expect(await ration.admit(gaveUp.signal)).toBe(false);
    ration.stop();
  });

  it('lets nobody hang when it stops', async () => {
    const ration = createRation({ perSecond: 0.001, burst: 0, maxWaitMs: 10_000 });
    const answer = ration.admit(never);
    ration.stop();
    expect(await answer).toBe(false);
  });
});
