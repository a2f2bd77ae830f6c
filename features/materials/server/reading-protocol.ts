// Owns the words between the server and the process that reads one PDF.

export type ReadingOrder = { kind: 'inspect'; path: string; maxPages: number } | { kind: 'draw'; path: string; width: number };
/** After `opened`, one at a time. */
export interface PageOrder {
  kind: 'page';
  page: number;
}

export type Unreadable = 'encrypted' | 'damaged' | 'empty' | 'too-many-pages';

export type ReadingAnswer =
  | { kind: 'ready' }
  | { kind: 'read'; pages: number; aspect: number }
  | { kind: 'unreadable'; why: Unreadable }
  | { kind: 'opened' }
  /** Null: this page can't be drawn. */
  | { kind: 'thumbnail'; page: number; picture: Uint8Array | null };
