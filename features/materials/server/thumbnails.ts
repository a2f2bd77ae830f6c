// Owns small pictures of pages: drawn once per file, when somebody first asks or an upload is done, and kept beside the file.
import type { FileStore } from '#platform/files/contract.ts';
import type { PdfReader } from './pdf-reader.ts';

const longestWaitMs = 15_000;
/** Files of which everything that can be drawn was drawn, so that a page that fails is not tried for every person. */
const remembered = 1000;

export interface Thumbnails {
  /** Null: this page can't be drawn, or not so soon. */
  page(hash: string, page: number): Promise<Buffer | null>;
  /** Begins to draw all of it, for nobody in particular. */
  prepare(hash: string): void;
}

interface Drawing {
  /** Ends when everything that can be drawn is drawn. */
  over: Promise<void>;
  waiting: Map<number, (() => void)[]>;
}

const nameOf = (page: number) => `page-${page}.webp`;

export function createThumbnails({ store, reader }: { store: FileStore; reader: PdfReader }): Thumbnails {
  const drawings = new Map<string, Drawing>();
  const drawn = new Set<string>();

  const draw = (hash: string, first: number): Drawing => {
    const waiting: Drawing['waiting'] = new Map();
    const work = async () => {
      const file = await store.find(hash);
      const writes: Promise<unknown>[] = [];
      if (file)
        await reader.drawThumbnails(file.path, first, (page, picture) => {
          const written = store.writeDerived(hash, nameOf(page), picture).catch(() => undefined);
          const wakeAll = () => {
            for (const wake of waiting.get(page) ?? []) wake();
          };
          writes.push(written.then(wakeAll));
        });
      await Promise.all(writes);
    };
    const over = work()
      .catch(() => undefined)
      .then(() => {
        drawings.delete(hash);
        drawn.add(hash);
        if (drawn.size > remembered) drawn.delete(drawn.values().next().value as string);
      });
    const drawing = { over, waiting };
    drawings.set(hash, drawing);
    return drawing;
  };

  return {
    async page(hash, page) {
      const there = await store.readDerived(hash, nameOf(page));
      if (there) return there;
      if (drawn.has(hash)) return store.readDerived(hash, nameOf(page));
      const { over, waiting } = drawings.get(hash) ?? draw(hash, page);
      await new Promise<void>((resolve) => {
        const clock = setTimeout(resolve, longestWaitMs);
        const wake = () => {
          clearTimeout(clock);
          resolve();
        };
        waiting.set(page, [...(waiting.get(page) ?? []), wake]);
        void over.then(wake);
      });
      return store.readDerived(hash, nameOf(page));
    },
    prepare(hash) {
      if (!drawn.has(hash) && !drawings.has(hash)) draw(hash, 1);
    },
  };
}
