// Owns sharing reads of the committed head: whoever asks gets a read that began after they asked, together with all who asked meanwhile.
import type { Log, Snapshot } from '#platform/log/contract.ts';

export type FreshRead = (streamId: string) => Promise<Snapshot | null>;

export function createFreshReads(log: Pick<Log, 'read'>): FreshRead {
  const running = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Promise<Snapshot | null>>();

  const start = (streamId: string): Promise<Snapshot | null> => {
    const read = log.read(streamId);
    const settled = read.then(
      () => undefined,
      () => undefined,
    );
    running.set(streamId, settled);
    void settled.then(() => {
      if (running.get(streamId) === settled) running.delete(streamId);
    });
    return read;
  };

  return (streamId) => {
    const queued = waiting.get(streamId);
    if (queued) return queued;
    const current = running.get(streamId);
    if (!current) return start(streamId);
    const next = current.then(() => {
      waiting.delete(streamId);
      return start(streamId);
    });
    waiting.set(streamId, next);
    return next;
  };
}
