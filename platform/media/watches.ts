// Owns following streams on behalf of gate and reconciler: one subscription per stream, and its newest known state.
import type { Log, Snapshot } from '#platform/log/contract.ts';

export interface Watches {
  /** Follows the stream until released. Resolves when no later batch can be missed. */
  hold(streamId: string): Promise<() => void>;
  /** The state after the last batch seen, if there was one while followed. */
  latest(streamId: string): Snapshot | null;
  stop(): void;
}

interface Watch {
  holders: number;
  following: Promise<() => void>;
  latest: Snapshot | null;
}

export function createWatches(log: Pick<Log, 'follow'>, onChange: (streamId: string, after: Snapshot) => void): Watches {
  const watches = new Map<string, Watch>();

  const open = (streamId: string): Watch => {
    const watch: Watch = { holders: 0, latest: null, following: Promise.resolve(() => undefined) };
    watch.following = log.follow(streamId, (_batch, after) => {
      watch.latest = after;
      if (watches.get(streamId) === watch) onChange(streamId, after);
    });
    watches.set(streamId, watch);
    return watch;
  };

  const release = (streamId: string, watch: Watch) => {
    watch.holders -= 1;
    if (watch.holders > 0) return;
    if (watches.get(streamId) === watch) watches.delete(streamId);
    watch.following.then(
      (stopFollowing) => stopFollowing(),
      () => undefined,
    );
  };

  return {
    async hold(streamId) {
      const watch = watches.get(streamId) ?? open(streamId);
      watch.holders += 1;
      try {
        await watch.following;
      } catch (error) {
        release(streamId, watch);
        throw error;
      }
      let released = false;
      return () => {
        if (!released) release(streamId, watch);
        released = true;
      };
    },
    latest: (streamId) => watches.get(streamId)?.latest ?? null,
    stop() {
      for (const [streamId, watch] of watches) {
        watch.holders = 1;
        release(streamId, watch);
      }
    },
  };
}
