// Owns writing the rows of one table to its file of a backup: compressed, counted, synced.
import { createWriteStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** What one look into the database gave: rows as lines, and how many. */
export interface Lines {
  text: string | null;
  rows: number;
}

export class RowFile {
  rows = 0;
  readonly #into = new PassThrough();
  readonly #written: Promise<void>;

  constructor(path: string) {
    this.#written = pipeline(this.#into, createGzip(), createWriteStream(path, { flush: true }));
    // Told by `write` and `end`.
    this.#written.catch(() => undefined);
  }

  async write({ text, rows }: Lines): Promise<void> {
    if (text === null) return;
    this.rows += rows;
    const hasRoom = new Promise<void>((resolve) => {
      if (this.#into.write(`${text}\n`)) resolve();
      else this.#into.once('drain', resolve);
    });
    await Promise.race([hasRoom, this.#written]);
  }

  async end(): Promise<void> {
    this.#into.end();
    await this.#written;
  }

  /** Closes it in whatever state it is. */
  async abandon(): Promise<void> {
    this.#into.destroy();
    await this.#written.catch(() => undefined);
  }
}
