// Owns the words between the server and the process that reads one PDF.

export type ReadingOrder =
  | { kind: 'inspect'; path: string; maxPages: number }
  /** `first`: the page that somebody waits for. */
  | { kind: 'draw'; path: string; first: number; width: number };

export type Unreadable = 'encrypted' | 'damaged' | 'empty' | 'too-many-pages';

export type ReadingAnswer =
  | { kind: 'ready' }
  | { kind: 'read'; pages: number; aspect: number }
  | { kind: 'unreadable'; why: Unreadable }
  | { kind: 'thumbnail'; page: number; picture: Uint8Array }
  | { kind: 'done' };
