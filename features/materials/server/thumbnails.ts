// Owns small pictures of pages: drawn once per file and kept beside it, what somebody waits for first, deck by deck in turns. The drawing itself is pdf-reader.ts's.
import type { FileStore } from '#platform/files/contract.ts';
import type { PdfReader } from './pdf-reader.ts';

const longestWaitMs = 15_000;
/** While another deck is waited for, one has so many pages in its turn. */
const pagesInTurn = 12;
/** A machine that is busy may take too long to open a deck once. */
const mostFailures = 3;
/** Files of which everything that can be drawn was drawn, so that a page that fails is not tried for every person. */
const remembered = 1000;

export interface Thumbnails {
  /** `later`: not so soon. Null: this page can't be drawn. `pages`: how many the file has. */
  page(hash: string, page: number, pages: number): Promise<Buffer | 'later' | null>;
  /** Begins to draw all of it, for nobody in particular. */
  prepare(hash: string, pages: number): void;
}

interface Deck {
  hash: string;
  /** Not tried yet, in order; those that are kept already are found out when its turn comes. */
  missing: Set<number>;
  /** Neither kept nor known to be impossible. */
  open: Set<number>;
  isLookedThrough: boolean;
  /** How often in a row it was cut before any page was begun. */
  failures: number;
  /** Who waits for which page, in the order in which they came. */
  waiting: Map<number, Set<() => void>>;
  /** Something could not be kept: it is drawn again when somebody asks. */
  isIncomplete: boolean;
}

const nameOf = (page: number) => `page-${page}.webp`;

export function createThumbnails({ store, reader }: { store: FileStore; reader: PdfReader }): Thumbnails {
  /** Under way, in the order of their turns. */
  const decks = new Map<string, Deck>();
  const drawn = new Set<string>();
  let isDrawing = false;

  const isWanted = ({ waiting }: Deck) => waiting.size > 0;
  const isWantedBeside = (deck: Deck) => [...decks.values()].some((other) => other !== deck && isWanted(other));
  const wake = (deck: Deck, page: number) => {
    deck.open.delete(page);
    for (const one of deck.waiting.get(page) ?? []) one();
    deck.waiting.delete(page);
  };
  const end = (deck: Deck, isDone: boolean) => {
    decks.delete(deck.hash);
    if (isDone && !deck.isIncomplete) drawn.add(deck.hash);
    if (drawn.size > remembered) drawn.delete(drawn.values().next().value as string);
    for (const page of [...deck.waiting.keys()]) wake(deck, page);
  };

  const drawAll = async () => {
    if (isDrawing) return;
    isDrawing = true;
    for (;;) {
      const all = [...decks.values()];
      const deck = all.find(isWanted) ?? all[0];
      if (!deck) break;
      const how = await drawTurn({ store, reader }, deck, (page) => wake(deck, page), isWantedBeside).catch(
        () => 'lost' as const,
      );
      if (how !== 'more') end(deck, how === 'done');
      else if (decks.delete(deck.hash)) decks.set(deck.hash, deck);
    }
    isDrawing = false;
  };
  const begin = (hash: string, pages: number): Deck => {
    const all = Array.from({ length: pages }, (_, index) => index + 1);
    const deck: Deck = {
      hash,
      missing: new Set(all),
      open: new Set(all),
      isLookedThrough: false,
      failures: 0,
      waiting: new Map(),
      isIncomplete: false,
    };
    decks.set(hash, deck);
    // Not before whoever asked is waiting.
    queueMicrotask(() => void drawAll());
    return deck;
  };

  return {
    async page(hash, page, pages) {
      const there = await store.readDerived(hash, nameOf(page));
      if (there) return there;
      if (drawn.has(hash)) return store.readDerived(hash, nameOf(page));
      const deck = decks.get(hash) ?? begin(hash, pages);
      const inTime = !deck.open.has(page) || (await waitFor(deck, page));
      return (await store.readDerived(hash, nameOf(page))) ?? (inTime ? null : 'later');
    },
    prepare(hash, pages) {
      if (!drawn.has(hash) && !decks.has(hash)) begin(hash, pages);
    },
  };
}

/** Resolves to whether it was tried in time. */
function waitFor({ waiting }: Deck, page: number): Promise<boolean> {
  return new Promise((resolve) => {
    const all = waiting.get(page) ?? new Set();
    waiting.set(page, all);
    const wake = () => {
      clearTimeout(clock);
      resolve(true);
    };
    const clock = setTimeout(() => {
      all.delete(wake);
      if (all.size === 0 && waiting.get(page) === all) waiting.delete(page);
      resolve(false);
    }, longestWaitMs);
    all.add(wake);
  });
}

/** As many pages as its turn has; `lost`: there is no way to go on. */
async function drawTurn(
  { store, reader }: { store: FileStore; reader: PdfReader },
  deck: Deck,
  wake: (page: number) => void,
  isWantedBeside: (deck: Deck) => boolean,
): Promise<'done' | 'more' | 'lost'> {
  const { hash, missing, waiting } = deck;
  const file = await store.find(hash);
  if (!file) return 'lost';
  await lookThrough(store, deck, wake);
  let asked: number | null = null;
  let tried = 0;
  const writes: Promise<unknown>[] = [];
  const mustGiveWay = () => tried > 0 && isWantedBeside(deck) && (waiting.size === 0 || tried >= pagesInTurn);
  const how = await reader.drawPages(file.path, {
    next: () => {
      asked = mustGiveWay() ? null : ([...waiting.keys()].find((page) => missing.has(page)) ?? [...missing][0] ?? null);
      return asked;
    },
    onPage: (page, picture) => {
      asked = null;
      tried++;
      missing.delete(page);
      const kept = picture && store.writeDerived(hash, nameOf(page), picture);
      const noteFailure = () => {
        deck.isIncomplete = true;
      };
      writes.push(
        Promise.resolve(kept)
          .catch(noteFailure)
          .then(() => wake(page)),
      );
    },
  });
  await Promise.all(writes);
  if (how === 'closed') return 'lost';
  deck.failures = how === 'cut' && asked === null && tried === 0 ? deck.failures + 1 : 0;
  if (deck.failures >= mostFailures) return 'done';
  // Nothing came of a whole run that began with this page: it is the page's fault.
  if (how === 'cut' && asked !== null && tried === 0) {
    missing.delete(asked);
    wake(asked);
  }
  return how === 'unreadable' || missing.size === 0 ? 'done' : 'more';
}

async function lookThrough(store: FileStore, deck: Deck, wake: (page: number) => void): Promise<void> {
  if (deck.isLookedThrough) return;
  const kept = new Set(await store.derivedNames(deck.hash));
  deck.isLookedThrough = true;
  for (const page of [...deck.missing]) {
    if (!kept.has(nameOf(page))) continue;
    deck.missing.delete(page);
    wake(page);
  }
}
