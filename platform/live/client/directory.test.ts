// The directory's cache: one request for many, each id once, again after a failure.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDirectory } from './directory.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const entry = (id: string) => ({ id, name: `Name of ${id}` });

it('asks for many together, at most as many as allowed, and for each only once', async () => {
  const load = vi.fn(async (ids: string[]) => ids.filter((id) => id !== 'x').map(entry));
  const directory = createDirectory({ load, batch: 2 });
  directory.need(['a', 'b']);
  directory.need(['b', 'x']);
  await vi.advanceTimersByTimeAsync(20);
  expect(load.mock.calls).toEqual([[['a', 'b']], [['x']]]);
  expect(directory.get('a')).toEqual(entry('a'));
  expect(directory.get('x')).toBeNull();
  directory.need(['a', 'b', 'x']);
  await vi.advanceTimersByTimeAsync(20);
  expect(load).toHaveBeenCalledTimes(2);
});

it('asks again after a failure', async () => {
  const load = vi.fn(async (ids: string[]) => ids.map(entry));
  load.mockRejectedValueOnce(new Error('away'));
  const directory = createDirectory({ load, batch: 100 });
  const heard = vi.fn();
  directory.subscribe(heard);
  directory.need(['a']);
  await vi.advanceTimersByTimeAsync(20);
  expect(directory.get('a')).toBeUndefined();
  await vi.advanceTimersByTimeAsync(3000);
  expect(directory.get('a')).toEqual(entry('a'));
  expect(heard).toHaveBeenCalledTimes(1);
});
