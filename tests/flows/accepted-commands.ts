// Owns looking in the database for commands that were accepted: it keeps only their keys, so one must know what to look for.
import type { Sql } from '#platform/db/contract.ts';
import { commandKey } from '#platform/log/rows.ts';

export interface SentCommand {
  stream: string;
  personId: string;
  id: string;
}

/** Those of `sent` that the database holds as accepted. */
export async function acceptedOf(sql: Sql, sent: readonly SentCommand[]): Promise<SentCommand[]> {
  const streams = [...new Set(sent.map(({ stream }) => stream))];
  const rows = await sql.query<{ key: string }>(
    `select command as key from stream_events where stream_id = any($1::uuid[]) and command is not null
     union all select key from stream_commands where stream_id = any($1::uuid[])`,
    [streams],
  );
  const stored = new Set(rows.map((row) => row.key));
  return sent.filter(({ stream, personId, id }) =>
    stored.has(commandKey(stream, { kind: 'person', personId, as: 'participant' }, id)),
  );
}
