// Owns erasing a person: their words in every log, and all rows that name them. Ids stay in the logs, and lead to nobody.
import type { Db, Sql } from '#platform/db/contract.ts';
import type { Decider } from '#platform/log/contract.ts';
import { eraseWords } from '#platform/log/erasure.ts';

export interface ErasingParts {
  db: Db;
  deciders: readonly Decider[];
  /** What other capabilities keep of the person beside the log. */
  forget(tx: Sql, personId: string): Promise<void>;
}

/** Resolves to the number of things that they had said. A second time changes nothing. */
export async function erasePerson({ db, deciders, forget }: ErasingParts, personId: string): Promise<number> {
  return db.transaction(async (tx) => {
    const said = await eraseWords(tx, deciders, personId);
    await forget(tx, personId);
    // Account, logins, roles, registrations go with it.
    await tx.query('delete from persons where id = $1', [personId]);
    return said;
  });
}
