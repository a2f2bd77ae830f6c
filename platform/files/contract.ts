// Owns what other parts may know of stored files: they are named by the sha-256 of their bytes, and never change.
import type { Readable } from 'node:stream';

/** Received whole, and not stored yet: `store.keep` or `store.drop` ends it. */
export interface Received {
  path: string;
  hash: string;
  bytes: number;
}

export interface FileStore {
  /** Bytes that may be written now without taking the room that the rest of the server needs. */
  roomLeft(): Promise<number>;
  /** Writes what comes to a file of its own, at most `maxBytes`. Leaves nothing behind when it fails or is cut. */
  receive(from: Readable, maxBytes: number): Promise<Received>;
  /** Makes it durable under its hash. The same content twice is one file. */
  keep(received: Received): Promise<void>;
  drop(received: Received): Promise<void>;
  /** Takes in a kept file of another store on the same disk under a second name, without copying it: it is there until the last name is gone. False: that is not possible here. */
  share(hash: string, path: string): Promise<boolean>;
  /** Null: not here. */
  find(hash: string): Promise<{ path: string; bytes: number } | null>;
  /** Something that can be made again out of the file, e.g. a small picture of a page. It goes with the file. */
  readDerived(hash: string, name: string): Promise<Buffer | null>;
  /** Of everything that is derived from it. */
  derivedNames(hash: string): Promise<string[]>;
  writeDerived(hash: string, name: string, content: Uint8Array): Promise<void>;
  /** Every kept file, in no order. */
  list(): AsyncIterable<string>;
  remove(hash: string): Promise<void>;
  /** Ends what uploads of a killed server left, and what was derived from files that are gone. `olderThanMs`: younger uploads may be another server's. Resolves to the number of uploads. */
  sweep(olderThanMs: number): Promise<number>;
}

/** More came than may. */
export class TooManyBytes extends Error {}

/** The disk has no room, or this account of it. */
export function isDiskFull(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === 'ENOSPC' || code === 'EDQUOT';
}
