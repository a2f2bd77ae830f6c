// Owns sharing one statement among all who ask the same question within a moment: a crowd that comes back would otherwise wait for a statement each, one after the other.
// An answer is never older than its question: each statement begins after all whose keys are in it have asked. What to ask stays the caller's.
import { DatabaseAway } from './contract.ts';
import { refuseInsideTransaction } from './open-transaction.ts';

/** A crowd does not come in one turn of the server: who asks so soon after a statement waits for others, until then and no longer. */
const gatherMs = 5;
/** Asked at once; also what one statement holds the database for. */
const mostKeys = 500;

interface Waiting<Key, Answer> {
  key: Key;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/** `ask` answers in the order of its keys. Where a shared statement is refused, each is asked alone: one bad key is not the others' trouble. */
export function shareLookups<Key, Answer>(ask: (keys: readonly Key[]) => Promise<Answer[]>): (key: Key) => Promise<Answer> {
  let waiting: Waiting<Key, Answer>[] = [];
  let planned = false;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  const settle = async (group: readonly Waiting<Key, Answer>[]): Promise<void> => {
    try {
      const answers = await ask(group.map(({ key }) => key));
      if (answers.length !== group.length) throw new Error(`${answers.length} answers to ${group.length} questions`);
      for (const [index, one] of group.entries()) one.resolve(answers[index] as Answer);
    } catch (error) {
      // Each alone would wait for a database that is away again.
      if (group.length === 1 || error instanceof DatabaseAway) for (const one of group) one.reject(error);
      else for (const one of group) await settle([one]);
    }
  };
  // Nobody waits for an earlier statement: on a server's many connections, a slow one must not hold up the next.
  const askAll = () => {
    planned = false;
    askedAtMs = performance.now();
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += mostKeys) void settle(all.slice(from, from + mostKeys));
  };

  return async (key) => {
    refuseInsideTransaction();
    return new Promise<Answer>((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (planned) return;
      planned = true;
      const waitMs = askedAtMs + gatherMs - performance.now();
      // After all that the sockets have brought in this turn, at the earliest.
      if (waitMs <= 0) setImmediate(askAll);
      else setTimeout(askAll, waitMs);
    });
  };
}
