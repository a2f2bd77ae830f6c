// Owns older messages of a conversation over HTTP: what the state no longer holds. Who may read them is conversations.ts's.
import type { Sql } from '#platform/db/contract.ts';
import type { SupportMessage } from '../contract.ts';

interface Row {
  seq: number;
  at: string;
  body: { author: string; text?: unknown; shared?: boolean };
}

/** Oldest first; the newest `limit` of those before number `before`. */
export async function readOlder(sql: Sql, conversationId: string, before: number, limit: number): Promise<SupportMessage[]> {
  const rows = await sql.query<Row>(
    `select seq, at, body from stream_events
     where stream_id = $1 and audience = 'all' and type = 'support.sent' and seq < $2 order by seq desc limit $3`,
    [conversationId, before, limit],
  );
  return rows.reverse().map(({ seq, at, body: { author, text, shared } }) => {
    // An erased text is no text any more (SU15).
    return { seq, at, author, text: typeof text === 'string' ? text : '', shared: shared === true };
  });
}
