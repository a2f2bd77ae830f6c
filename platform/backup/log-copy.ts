// Owns copying the log in short looks while it grows: first all up to the heads of one moment, which never changes again, then in one short transaction what came since.
import type { Sql } from '#platform/db/contract.ts';
import { BackupError } from './layout.ts';
import type { Lines, RowFile } from './row-file.ts';
import type { Table } from './tables.ts';
import { lineOf } from './tables.ts';

export const logTables = ['stream_events', 'stream_commands'] as const;

/** Each holds the embedded database for some milliseconds. */
const rowsAtOnce = 500;

interface Copied {
  head: number;
  /** The row's version: it is another one whenever the stream was written, also where its head stayed. */
  version: string;
  /** Lines of the commands accepted at `head`: more of them may still come. */
  atHead: string[];
}

export interface LogCopyOptions {
  sql: Sql;
  events: { table: Table; file: RowFile };
  commands: { table: Table; file: RowFile };
  /** Awaited between two looks. */
  pause: () => Promise<void>;
}

const readStreams = (sql: Sql) =>
  sql.query<{ id: string; head: number; version: string }>('select id, head, xmin::text as version from streams');

export class LogCopy {
  readonly #options: LogCopyOptions;
  readonly #copied = new Map<string, Copied>();

  constructor(options: LogCopyOptions) {
    this.#options = options;
  }

  /** Takes as long as it takes; others write meanwhile. */
  async copyMost(): Promise<void> {
    for (const { id, head, version } of await readStreams(this.#options.sql)) {
      const copied: Copied = { head, version, atHead: [] };
      await this.#copyEvents(id, head);
      await this.#copyCommands(id, copied);
      this.#copied.set(id, copied);
    }
  }

  /** What came since, as the transaction sees it. Only reads: the disk must not hold the transaction up. */
  async readRest(tx: Sql): Promise<{ events: Lines[]; commands: Lines[] }> {
    const rest = { events: [] as Lines[], commands: [] as Lines[] };
    const now = await readStreams(tx);
    const there = new Set(now.map(({ id }) => id));
    if ([...this.#copied.keys()].some((id) => !there.has(id)))
      throw new BackupError('A Session was deleted while it was saved. Run this again.');
    for (const { id, version } of now) {
      const copied = this.#copied.get(id);
      if (copied?.version === version) continue;
      rest.events.push(await this.#readEvents(tx, id, copied?.head ?? 0, null));
      rest.commands.push(await this.#readLateCommands(tx, id, copied ?? { head: 0, atHead: [] }));
    }
    return rest;
  }

  async #copyEvents(id: string, head: number): Promise<void> {
    const { sql, events, pause } = this.#options;
    for (let after = 0; after < head; after += rowsAtOnce) {
      await events.file.write(await this.#readEvents(sql, id, after, Math.min(head, after + rowsAtOnce)));
      await pause();
    }
  }

  /** In steps of the head, beginning with those accepted before the first event. */
  async #copyCommands(id: string, copied: Copied): Promise<void> {
    const { sql, commands, pause } = this.#options;
    const line = lineOf(commands.table);
    for (let after = -1; after < copied.head; after += rowsAtOnce) {
      const [page] = await sql.query<Lines & { atHead: string[] | null }>(
        `select string_agg(${line}, E'\\n') as text, count(*) as rows, json_agg(${line}) filter (where head = $2) as "atHead"
         from stream_commands where stream_id = $1 and head <= $2 and head > $3 and head <= $4`,
        [id, copied.head, after, after + rowsAtOnce],
      );
      if (page) await commands.file.write(page);
      copied.atHead.push(...(page?.atHead ?? []));
      await pause();
    }
  }

  async #readEvents(sql: Sql, id: string, after: number, to: number | null): Promise<Lines> {
    const [page] = await sql.query<Lines>(
      `select string_agg(${lineOf(this.#options.events.table)}, E'\\n') as text, count(*) as rows
       from stream_events where stream_id = $1 and rev > $2 and rev <= coalesce($3::bigint, 9223372036854775807)`,
      [id, after, to],
    );
    return page ?? { text: null, rows: 0 };
  }

  async #readLateCommands(tx: Sql, id: string, { head, atHead }: Pick<Copied, 'head' | 'atHead'>): Promise<Lines> {
    const line = lineOf(this.#options.commands.table);
    const [page] = await tx.query<Lines>(
      `select string_agg(${line}, E'\\n') as text, count(*) as rows
       from stream_commands where stream_id = $1 and head >= $2 and not (head = $2 and ${line} = any($3::text[]))`,
      [id, head, atHead],
    );
    return page ?? { text: null, rows: 0 };
  }
}
