// Owns the one exception to an append-only log: what a person wrote is overwritten where it is stored. Which words are theirs is each Decider's knowledge.
import type { Sql } from '#platform/db/contract.ts';
import type { Decider } from './contract.ts';
import { readEvents } from './rows.ts';

/** In every stream. Whoever has the state in memory has it still, until they read the log anew. Resolves to the number of events overwritten. */
export async function eraseWords(tx: Sql, deciders: readonly Decider[], personId: string): Promise<number> {
  const streams = await tx.query<{ id: string; kind: string }>(
    `select id, kind from streams s where exists (
       select 1 from stream_events e where e.stream_id = s.id and (e.audience = 'person:' || $1 or position($1 in e.body::text) > 0)
     ) order by id for update`,
    [personId],
  );
  let erased = 0;
  for (const { id, kind } of streams) {
    const decider = deciders.find((one) => one.kind === kind);
    if (!decider?.wordsOf) continue;
    const events = await readEvents(tx, decider, id, 0);
    const bodies = decider.wordsOf(events, personId);
    const rows = events.flatMap(({ rev, v }) => (bodies.has(rev) ? [{ rev, v, body: bodies.get(rev) }] : []));
    await tx.query(
      `update stream_events e set body = n.body, v = n.v
       from jsonb_to_recordset($2::jsonb) as n (rev bigint, v integer, body jsonb) where e.stream_id = $1 and e.rev = n.rev`,
      [id, JSON.stringify(rows)],
    );
    erased += rows.length;
  }
  return erased;
}
