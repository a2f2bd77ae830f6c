// Owns disabling and enabling an account: no login of it lives on, none begins. What follows in Sessions is handed in.
import type { Db } from '#platform/db/contract.ts';
import type { AccountStanding, StandingConsequences, StandingOutcome } from '../contract.ts';
import type { AccountLogins } from './logins.ts';

export interface StandingDeps {
  db: Db;
  logins: Pick<AccountLogins, 'endAll' | 'tell'>;
  consequences: StandingConsequences;
}

export function createStanding({ db, logins, consequences }: StandingDeps): AccountStanding {
  const set = async (email: string, disabled: boolean): Promise<StandingOutcome> => {
    const outcome = await db.transaction(async (tx) => {
      // Takes the account's lock: a login that begins at this moment comes before, and ends with the others, or finds it disabled.
      const [account] = await tx.query<{ personId: string; disabled: boolean }>(
        'select person_id as "personId", disabled_at is not null as disabled from accounts where email = $1 for update',
        [email.trim().toLowerCase()],
      );
      if (!account) return 'unknown';
      if (account.disabled === disabled) return 'unchanged';
      await tx.query('update accounts set disabled_at = case when $2::boolean then clock_timestamp() end where person_id = $1', [
        account.personId,
        disabled,
      ]);
      const ended = disabled ? await logins.endAll(tx, account.personId) : [];
      return { ended, after: await consequences(tx, account.personId) };
    });
    if (typeof outcome === 'string') return outcome;
    await logins.tell(outcome.ended);
    await outcome.after();
    return 'changed';
  };
  return { disable: (email) => set(email, true), enable: (email) => set(email, false) };
}
