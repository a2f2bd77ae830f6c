// Owns which streams this server follows: each once, as long as somebody here watches it.
import type { HubOptions } from './stream-hub.ts';
import { StreamHub } from './stream-hub.ts';

export interface HubRegistry {
  acquire(streamId: string): Promise<StreamHub>;
  /** Once for each `acquire` that succeeded. */
  release(streamId: string): void;
  readonly size: number;
  close(): void;
}

export function createHubRegistry(options: HubOptions): HubRegistry {
  const entries = new Map<string, { hub: Promise<StreamHub>; users: number }>();

  const release = (streamId: string) => {
    const entry = entries.get(streamId);
    if (!entry) return;
    entry.users--;
    if (entry.users > 0) return;
    entries.delete(streamId);
    void entry.hub.then(
      (hub) => hub.close(),
      () => undefined,
    );
  };

  return {
    async acquire(streamId) {
      const entry = entries.get(streamId) ?? { hub: StreamHub.open(streamId, options), users: 0 };
      entries.set(streamId, entry);
      entry.users++;
      try {
        return await entry.hub;
      } catch (error) {
        release(streamId);
        throw error;
      }
    },
    release,
    get size() {
      return entries.size;
    },
    close() {
      for (const { hub } of entries.values()) {
        void hub.then(
          (open) => open.close(),
          () => undefined,
        );
      }
      entries.clear();
    },
  };
}
