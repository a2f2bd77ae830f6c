// Owns a cache of what ids stand for: asks for the missing ones together, a moment later, each only once. What an entry is, the caller knows.
import { useEffect, useSyncExternalStore } from 'react';

export interface Directory<Entry> {
  /** Undefined until known; null when the server does not know the id. */
  get(id: string): Entry | null | undefined;
  /** Asks for what is not known yet. */
  need(ids: Iterable<string>): void;
  /** Grows with each answer. */
  version(): number;
  subscribe(listener: () => void): () => void;
}

export interface DirectoryOptions<Entry> {
  load(ids: string[]): Promise<Entry[]>;
  /** At most so many ids in one request. */
  batch: number;
}

const collectMs = 20;
const retryMs = 3000;

export function createDirectory<Entry extends { id: string }>({ load, batch }: DirectoryOptions<Entry>): Directory<Entry> {
  const entries = new Map<string, Entry | null>();
  const wanted = new Set<string>();
  const asked = new Set<string>();
  const listeners = new Set<() => void>();
  let planned = false;
  let version = 0;

  const ask = async (ids: string[]) => {
    try {
      const found = await load(ids);
      for (const id of ids) entries.set(id, null);
      for (const entry of found) entries.set(entry.id, entry);
      version += 1;
      for (const listener of [...listeners]) listener();
    } catch {
      // The network is away: the same ids are asked for again, because names must not stay missing.
      for (const id of ids) wanted.add(id);
      plan(retryMs);
    } finally {
      for (const id of ids) asked.delete(id);
    }
  };

  function plan(afterMs: number) {
    if (planned) return;
    planned = true;
    setTimeout(flush, afterMs);
  }

  function flush() {
    planned = false;
    const ids = [...wanted];
    wanted.clear();
    for (let index = 0; index < ids.length; index += batch) {
      const some = ids.slice(index, index + batch);
      for (const id of some) asked.add(id);
      void ask(some);
    }
  }

  return {
    get: (id) => entries.get(id),
    need(ids) {
      for (const id of ids) if (!entries.has(id) && !asked.has(id)) wanted.add(id);
      if (wanted.size > 0) plan(collectMs);
    },
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The component renders again when entries arrive; `ids` are asked for. */
export function useDirectory<Entry>(directory: Directory<Entry>, ids: readonly string[]): Directory<Entry> {
  useSyncExternalStore(directory.subscribe, directory.version);
  useEffect(() => directory.need(ids), [directory, ids]);
  return directory;
}
