// Owns which stored file belongs to which material, as rows beside the log: so files go with their Session, and shared ones stay while used.
import type { Db, Sql } from '#platform/db/contract.ts';
import type { FileStore, Received } from '#platform/files/contract.ts';

/** Any number, the same in every server; the second half of the lock's name is the file's hash. */
const lockNumber = 7_363_602;
const lockFile = (tx: Sql, hash: string) => tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [lockNumber, hash]);

export interface FileOwner {
  sessionId: string;
  materialId: string;
}

/** The row first: from then on the sweep leaves the file alone, and one that is swept this moment is put there again. */
export async function keepFile(
  db: Db,
  store: FileStore,
  { sessionId, materialId }: FileOwner,
  received: Received,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockFile(tx, received.hash);
    await tx.query(
      `insert into material_files (session_id, material_id, hash, bytes) values ($1, $2, $3, $4)
       on conflict (session_id, material_id) do nothing`,
      [sessionId, materialId, received.hash, received.bytes],
    );
  });
  try {
    await store.keep(received);
  } catch (error) {
    await forgetFile(db, { sessionId, materialId });
    throw error;
  }
}

export async function forgetFile(db: Db, { sessionId, materialId }: FileOwner): Promise<void> {
  await db.query('delete from material_files where session_id = $1 and material_id = $2', [sessionId, materialId]);
}

/** A row whose material the log never heard of belongs to an upload that was cut between the two; after so long it is not under way. */
const uploadIsOver = "interval '1 hour'";

/** Takes away the rows of deleted materials, then every file that no row names. Resolves to the number of files. */
export async function sweepFiles(db: Db, store: FileStore): Promise<number> {
  await db.query(
    `delete from material_files f where exists (
       select 1 from stream_events e where e.stream_id = f.session_id and e.audience = 'backstage'
         and e.type = 'materials.deleted' and e.body->>'material' = f.material_id::text)
     or (f.added_at < clock_timestamp() - ${uploadIsOver} and not exists (
       select 1 from stream_events e where e.stream_id = f.session_id and e.audience = 'backstage'
         and e.type = 'materials.added' and e.body->'material'->>'id' = f.material_id::text))`,
  );
  const named = new Set((await db.query<{ hash: string }>('select distinct hash from material_files')).map((row) => row.hash));
  let removed = 0;
  for await (const hash of store.list()) {
    if (named.has(hash)) continue;
    const removal = await db.transaction(async (tx) => {
      await lockFile(tx, hash);
      const [used] = await tx.query('select 1 from material_files where hash = $1 limit 1', [hash]);
      if (used) return false;
      await store.remove(hash);
      return true;
    });
    if (removal) removed++;
  }
  return removed;
}
