// Timers that fail or are refused: tried again at longer and longer intervals, and in nobody's way.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseAway } from '#platform/db/contract.ts';
import type { Outcome, Timer } from './contract.ts';
import { DueTimers } from './due-timers.ts';
import { emptySnapshot } from './fold.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 27) + seconds * 1000).toISOString();
const timer = (id: string, dueSeconds = 0): Timer => ({ id, dueAt: at(dueSeconds), command: { type: 'ring', body: {} } });

let timers: Record<string, Timer[]>;
let head: number;
let tried: string[];
let answer: (id: string) => Promise<Outcome>;
let due: DueTimers;
const logger = { warn: vi.fn() };

beforeEach(() => {
  timers = {};
  head = 1;
  tried = [];
  answer = async () => ({ ok: true, head: 2 });
  logger.warn.mockClear();
  due = new DueTimers({
    logger,
    read: async (streamId) => {
      const known = timers[streamId];
      if (!known) throw new Error('cannot be read');
      return { snapshot: { ...emptySnapshot(streamId), head }, timers: known };
    },
    fire: (_streamId, { id }) => {
      tried.push(id);
      return answer(id);
    },
  });
});

/** One turn of polling: what was tried in it. */
async function turn(seconds: number, ...streams: string[]): Promise<string[]> {
  tried = [];
  const rows = streams.map((id) => ({ id, head, now: at(seconds) }));
  for (const { id, now } of due.worthALook(rows)) await due.fire(id, now);
  return tried;
}
const refused = async (): Promise<Outcome> => ({ ok: false, refusal: { code: 'timer-obsolete' } });

describe('a timer that is refused', () => {
  it('is tried again after 1, 2, 4 … seconds, at most 30, with one line in the log for each', async () => {
    timers.s = [timer('stuck')];
    answer = refused;
    const tries: number[] = [];
    for (let second = 0; second <= 100; second += 1) if ((await turn(second, 's')).length > 0) tries.push(second);
    expect(tries).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
    expect(logger.warn).toHaveBeenCalledTimes(tries.length);
    expect(due.stepsBack('s', 'stuck')).toBe(true);
    answer = async () => ({ ok: true, head: 2 });
    expect(await turn(121, 's')).toEqual(['stuck']);
    expect(due.stepsBack('s', 'stuck')).toBe(false);
  });

  it('keeps no other of its stream waiting, neither one that becomes due nor one that is new', async () => {
    timers.s = [timer('stuck'), timer('soon', 2)];
    answer = (id) => (id === 'stuck' ? refused() : Promise.resolve({ ok: true, head: 2 }));
    for (const second of [0, 1]) expect(await turn(second, 's')).toEqual(['stuck']);
    expect(await turn(2, 's')).toEqual(['soon']);
    timers.s = [timer('stuck'), timer('new', 2)];
    head = 5;
    expect(await turn(2, 's')).toEqual(['new']);
  });

  it('is forgotten with the last timer of its stream that is due', async () => {
    timers.s = [timer('stuck')];
    answer = refused;
    await turn(0, 's');
    expect(await turn(0.5, 's')).toEqual([]);
    await turn(0.5);
    expect(due.stepsBack('s', 'stuck')).toBe(false);
  });
});

describe('a stream or a timer that throws', () => {
  it('holds up nobody', async () => {
    timers.later = [timer('fails'), timer('rings')];
    answer = (id) => (id === 'fails' ? Promise.reject(new Error('broken')) : Promise.resolve({ ok: true, head: 2 }));
    expect(await turn(0, 'unreadable', 'later')).toEqual(['fails', 'rings']);
    timers.later = [timer('fails')];
    expect(await turn(0.5, 'unreadable', 'later')).toEqual([]);
    expect(await turn(1, 'unreadable', 'later')).toEqual(['fails']);
    expect(logger.warn).toHaveBeenCalledTimes(4);
  });

  it('while the database is away, nothing is held against anybody', async () => {
    timers.s = [timer('rings')];
    answer = () => Promise.reject(new DatabaseAway(new Error('gone')));
    await expect(turn(0, 's')).rejects.toThrow('away');
    answer = async () => ({ ok: true, head: 2 });
    expect(await turn(0, 's')).toEqual(['rings']);
  });
});
