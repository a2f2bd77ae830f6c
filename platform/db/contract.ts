// Owns what every other part may know of the database: text, parameters, rows. Which database it is stays in this folder.

export interface Sql {
  /** One statement in PostgreSQL's dialect with $1… parameters. Rows as plain objects; jsonb parsed; timestamptz as ISO 8601 strings in UTC; bigint as number. */
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}

export interface Db extends Sql {
  readonly kind: 'embedded' | 'server';
  /** Commits when `work` resolves, rolls back when it throws. Not nested. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /** Sends a hint to every listener, this process included. `payload` up to 8,000 bytes. */
  notify(channel: string, payload: string): Promise<void>;
  /** Re-listens by itself after a lost connection; hints sent meanwhile are lost. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
