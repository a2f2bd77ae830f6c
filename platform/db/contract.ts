// Owns what every other part may know of the database: text, parameters, rows. Which database it is stays in this folder.

export interface Sql {
  /**
   * One statement in PostgreSQL's dialect with $1… parameters; without `params` it may be several, and the rows are the last one's.
   * Parameters: arrays become PostgreSQL arrays (`= any($1::uuid[])`); JSON goes as `JSON.stringify(value)` with `$1::jsonb`.
   * Rows are plain objects: jsonb parsed, timestamptz as `2026-11-23T19:03:34.000Z`, bigint and numeric as numbers, date and the rest as text.
   * Errors carry PostgreSQL's SQLSTATE as `code`, and `constraint`.
   */
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}

export interface Db extends Sql {
  readonly kind: 'embedded' | 'server';
  /** Commits when `work` resolves, rolls back when it throws. Not nested: inside, only `tx` may be asked. Embedded: one at a time. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /** Sends a hint to every listener, this process included. `payload` up to 8,000 bytes. */
  notify(channel: string, payload: string): Promise<void>;
  /** Re-listens by itself after a lost connection; hints sent meanwhile are lost. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Whether a statement failed because of this unique, foreign key or check constraint. */
export function violates(error: unknown, constraint: string): boolean {
  const { code, constraint: broken } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return typeof code === 'string' && code.startsWith('23') && broken === constraint;
}

/** The database could not be asked, or gave no answer: whether a commit under way was stored is unknown, and the next statement would fare no better. */
export class DatabaseAway extends Error {
  constructor(cause: unknown) {
    super(`The database is away: ${(cause as Error)?.message ?? cause}`, { cause });
    this.name = 'DatabaseAway';
  }
}

/** The database has no room left: nothing of the statement, or of its transaction, was stored. */
export function isFull(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '53100';
}
