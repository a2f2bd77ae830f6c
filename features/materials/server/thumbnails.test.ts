// Proves that small pictures come in the end, whatever cut the drawing short, and that nobody waits for somebody else's deck.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FileStore } from '#platform/files/contract.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import { deck } from '#tests/materials/decks.ts';
import type { PagesToDraw, PdfReader } from './pdf-reader.ts';
import { createPdfReader } from './pdf-reader.ts';
import { createThumbnails } from './thumbnails.ts';

let folder: string;
let store: FileStore;
let ends: (() => void)[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stagedoor-thumbnails-'));
  store = await openFileStore(folder);
  ends = [];
});
afterEach(() => {
  for (const end of ends) end();
  rmSync(folder, { recursive: true });
});

async function keep(bytes: Uint8Array): Promise<string> {
  const received = await store.receive(Readable.from([bytes]), bytes.length);
  await store.keep(received);
  return received.hash;
}
type How = Awaited<ReturnType<PdfReader['drawPages']>>;
/** Draws whatever is asked for, until `cut` says that it met a limit. Notes in which order. */
function readerThat(cut: (page: number) => How | null, drawn: string[], pageMs = 0): PdfReader {
  const drawPages = async (path: string, { next, onPage }: PagesToDraw): Promise<How> => {
    for (;;) {
      await sleep(pageMs);
      const page = next();
      if (page === null) return 'over';
      const how = cut(page);
      if (how) return how;
      drawn.push(`${path.slice(-8)} ${page}`);
      onPage(page, Buffer.from(`picture ${page}`));
    }
  };
  return { drawPages } as unknown as PdfReader;
}

test('a limit that ends the drawing leaves no page missing: it goes on where it was cut', async () => {
  const reader = createPdfReader({ drawMs: 3000 });
  ends.push(reader.close);
  const hash = await keep(deck({ pages: 40 }));
  const drawn: number[] = [];
  const runs: string[] = [];
  // Each page is held up, so that the limit is met again and again.
  const slow: PdfReader = {
    ...reader,
    drawPages: async (path, { next, onPage }) => {
      const how = await reader.drawPages(path, {
        next: () => {
          const until = performance.now() + 100;
          while (performance.now() < until);
          return next();
        },
        onPage: (page, picture) => {
          drawn.push(page);
          onPage(page, picture);
        },
      });
      runs.push(how);
      return how;
    },
  };
  const thumbnails = createThumbnails({ store, reader: slow });
  thumbnails.prepare(hash, 40);
  await expect.poll(() => store.derivedNames(hash), { timeout: 50_000 }).toHaveLength(40);
  expect(runs.filter((how) => how === 'cut').length).toBeGreaterThan(0);
  expect(new Set(drawn).size).toBe(40);
  expect(await thumbnails.page(hash, 40, 40)).toBeInstanceOf(Buffer);
});

test('a page that ends every reader is given up, and only that one', async () => {
  const drawn: string[] = [];
  const hash = await keep(deck({ pages: 4 }));
  const thumbnails = createThumbnails({ store, reader: readerThat((page) => (page === 2 ? 'cut' : null), drawn) });
  const pictures = await Promise.all([1, 2, 3, 4].map((page) => thumbnails.page(hash, page, 4)));
  expect(pictures.map((one) => one && String(one))).toEqual(['picture 1', null, 'picture 3', 'picture 4']);
  expect(drawn).toHaveLength(3);
  expect(await thumbnails.page(hash, 2, 4)).toBeNull();
});

test('a file that can’t be opened is not tried for every person', async () => {
  let opened = 0;
  const hash = await keep(deck({ pages: 2 }));
  const cut = () => {
    opened++;
    return 'unreadable' as const;
  };
  const thumbnails = createThumbnails({ store, reader: readerThat(cut, []) });
  expect([await thumbnails.page(hash, 1, 2), await thumbnails.page(hash, 2, 2), opened]).toEqual([null, null, 1]);
});

test('what somebody waits for comes first: before the rest of its deck, and before a deck that nobody waits for', async () => {
  const drawn: string[] = [];
  const [long, short] = [await keep(deck({ pages: 30, seed: 1 })), await keep(deck({ pages: 2, seed: 2 }))];
  const thumbnails = createThumbnails({ store, reader: readerThat(() => null, drawn, 10) });
  thumbnails.prepare(long, 30);
  const asked = [thumbnails.page(long, 30, 30), thumbnails.page(short, 1, 2)];
  expect((await Promise.all(asked)).map(String)).toEqual(['picture 30', 'picture 1']);
  await expect.poll(() => store.derivedNames(long)).toHaveLength(30);
  await expect.poll(() => store.derivedNames(short)).toHaveLength(2);
  const last = drawn.findLastIndex((one) => one.startsWith(`${long.slice(-8)} `));
  expect(drawn.indexOf(`${long.slice(-8)} 30`)).toBeLessThan(last);
  expect(drawn.indexOf(`${short.slice(-8)} 1`)).toBeLessThan(last);
});

test('what could not be kept is drawn again when somebody asks', async () => {
  let isFull = true;
  const hash = await keep(deck({ pages: 1 }));
  const full: FileStore = {
    ...store,
    writeDerived: async (...one) =>
      isFull ? Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' })) : store.writeDerived(...one),
  };
  const thumbnails = createThumbnails({ store: full, reader: readerThat(() => null, []) });
  expect(await thumbnails.page(hash, 1, 1)).toBeNull();
  isFull = false;
  // Who asks while the failed turn still ends is told with it, and asks again.
  await vi.waitFor(async () => expect(String(await thumbnails.page(hash, 1, 1))).toBe('picture 1'), { timeout: 20_000 });
});

test('after a restart only what is missing is drawn', async () => {
  const drawn: string[] = [];
  const hash = await keep(deck({ pages: 3 }));
  await store.writeDerived(hash, 'page-1.webp', Buffer.from('kept'));
  const thumbnails = createThumbnails({ store, reader: readerThat(() => null, drawn) });
  expect(String(await thumbnails.page(hash, 3, 3))).toBe('picture 3');
  expect(String(await thumbnails.page(hash, 2, 3))).toBe('picture 2');
  expect([String(await thumbnails.page(hash, 1, 3)), drawn.length]).toEqual(['kept', 2]);
});
